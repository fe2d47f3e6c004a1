/* manage.h - what pages and shell show of a tool's credentials. */
#pragma once
#include "web/operation.h"

struct xapi_secret { str key, secret; bool waits; instant ends; };
struct xapi_client_shown { str key, name, scopes, state, purpose, maker, confirmer; instant made, ends; bool mine, works, waits, reads_all; };
struct xapi_clients { list clients; int64_t working, waiting; str endpoint; };
