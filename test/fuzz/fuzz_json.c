/* fuzz_json.c - whatever arrives as JSON: read, and if it was good, written and read the same. */
#include <stdlib.h>
#include "base/buffer.h"
#include "fuzz_record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ctx c = { .arena = arena_new(), .today = date_of(2026, 11, 23) };
	struct whole first, second;
	if (record_read_json(&c, &whole_record, (str){ (const char *)data, size }, &first) == OK) {
		struct buffer b = { 0 };
		first.password = (str){ 0 };                   /* secrets are not written */
		record_write_json(&b, &whole_record, &first);
		if (record_read_json(&c, &whole_record, buffer_text(&b), &second) != OK ||
			record_difference(c.arena, &whole_record, &first, &second).count)
			abort();
		buffer_done(&b);
	}
	fuzz_said(&c);
	arena_free(c.arena);
	return 0;
}
