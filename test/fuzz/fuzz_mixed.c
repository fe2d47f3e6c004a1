/* fuzz_mixed.c - multipart/mixed: the first line is the Content-Type, the rest the body; every part lies inside it, in order. */
#include <stdlib.h>
#include "base/arena.h"
#include "http/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	str type, body = { 0 };
	list parts;
	size_t where;
	if (str_cut((str){ (const char *)data, size }, '\n', &type, &body) && http_mixed_read(a, type, body, &parts, &where) == OK) {
		const char *at = body.at;
		for (each(const struct http_mixed, p, parts)) {
			if (p->body.at < at || p->body.at + p->body.len > body.at + body.len)
				abort();
			at = p->body.at + p->body.len;
		}
	}
	arena_free(a);
	return 0;
}
