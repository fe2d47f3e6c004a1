/* wijzer.h - the program as the machine sees it: main and the tests' harness start from here. */
#pragma once
#include "web/web.h"

extern const struct web_app wijzer_app;
