/* about.c - which versions of xAPI are spoken here: the one resource for everybody. */
#include "protocol.h"

struct about_query { str version; };
RECORD(about_query, XAPI_VERSION(about_query));

OPERATION(xapi_about, about_query, raw_reply,
	.route = "GET /xapi/about",
	.allow = "public",
	.protocol = &xapi_protocol,
	.reply = RAW,
	.doc = "The versions of xAPI that are spoken here.")
{
	(void)c;
	(void)in;
	out->type = S("application/json");
	buffer_add(&out->body, S("{\"version\":[\"2.0.0\",\"1.0.3\",\"1.0.2\",\"1.0.1\",\"1.0.0\"],\"extensions\":{}}"));
	return OK;
}
