/* fuzz_form.c - any bytes through the form reader; what it reads must survive being written and read again. */
#include "http/http.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define must(condition) do { if (!(condition)) abort(); } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *a = arena_new();
	struct buffer again = { 0 };
	list parts = { 0 }, same = { 0 };
	size_t where = 0;
	if (http_form_read(a, (str){ (const char *)bytes, size }, &parts, &where) != OK) {
		must(where < size && !parts.count);
	} else {
		for (each(struct http_part, p, parts)) {
			must(utf8_is_valid(p->name) && utf8_is_valid(p->value) && !p->file.at);
			http_encode(&again, p->name);
			buffer_add_char(&again, '=');
			http_encode(&again, p->value);
			buffer_add_char(&again, '&');
		}
		must(http_form_read(a, buffer_text(&again), &same, &where) == OK && same.count == parts.count);
		for (size_t i = 0; i < same.count; i++) {
			struct http_part *p = list_item(parts, struct http_part, i), *q = list_item(same, struct http_part, i);
			must(str_eq(p->name, q->name) && str_eq(p->value, q->value));
		}
	}
	buffer_done(&again);
	arena_free(a);
	return 0;
}
