/* fuzz_multipart.c - any Content-Type (the first line) and any body through the multipart reader. */
#include "http/http.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define must(condition) do { if (!(condition)) abort(); } while (0)

static bool lies_in(str part, str whole)
{
	return part.at >= whole.at && part.at + part.len <= whole.at + whole.len;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *a = arena_new();
	list parts = { 0 };
	size_t where = 0;
	str type, body;
	if (!str_cut((str){ (const char *)bytes, size }, '\n', &type, &body))
		body = S("");
	if (http_multipart_read(a, type, body, &parts, &where) != OK) {
		must(where <= body.len && !parts.count);
	} else {
		for (each(struct http_part, p, parts)) {
			must(p->name.at && utf8_is_valid(p->name) && lies_in(p->value, body));
			must(p->file.at || utf8_is_valid(p->value));
			must(!p->file.len || (!memchr(p->file.at, '/', p->file.len) && !memchr(p->file.at, '\\', p->file.len)));
		}
	}
	arena_free(a);
	return 0;
}
