/* alternate.h - xAPI 1.0.3's way around old browsers: any request as a form that is posted. */
#pragma once
#include "web/protocol.h"

/* "POST …?method=PUT" with headers, parameters and content in a form becomes the request it stands for. Others are left alone. INVALID with what is wrong. */
enum status xapi_alternate(struct ctx *c, struct http_request *r) must_use;
