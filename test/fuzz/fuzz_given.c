/* fuzz_given.c - whatever a form may send: lines of name=value. What was read must pass the checks and the readers again. */
#include <stdlib.h>
#include "base/buffer.h"
#include "fuzz_record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ctx c = { .arena = arena_new(), .today = date_of(2026, 11, 23) };
	struct whole first, second;
	list given = { 0 };
	bool lenient = size && data[0] & 1;
	for (str line, rest = { (const char *)data, size }; rest.len; ) {
		str_cut(rest, '\n', &line, &rest);
		struct given *g = list_add(c.arena, &given, struct given);
		str_cut(line, '=', &g->name, &g->value);
	}
	if (record_read(&c, &whole_record, &given, lenient, &first) == OK) {
		struct buffer b = { 0 };
		first.password = (str){ 0 };
		if (record_check(&c, &whole_record, &first) != OK)
			abort();
		record_write_json(&b, &whole_record, &first);
		if (record_read_json(&c, &whole_record, buffer_text(&b), &second) != OK ||
			record_difference(c.arena, &whole_record, &first, &second).count)
			abort();
		buffer_clear(&b);
		csv_write_row(&b, &whole_record, &first, true);
		buffer_done(&b);
	}
	fuzz_said(&c);
	arena_free(c.arena);
	return 0;
}
