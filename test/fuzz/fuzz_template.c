/* fuzz_template.c - whatever a template holds, the compiler answers with C or with a line and a reason. */
#include "template/template.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct buffer out = { 0 }, why = { 0 };
	/* Half of the inputs begin in the middle, because few mutations find the first line by themselves. */
	str text = text_join(a, size && data[0] & 1 ? S("{page p}") : S(""), (str){ (const char *)data, size });
	bool fine = !utf8_is_valid(text) || template_compile(a, "a.html", text, &out, &why);
	if (!fine && (!why.len || !str_starts(buffer_text(&why), S("a.html:"))))
		abort();
	buffer_done(&out);
	buffer_done(&why);
	arena_free(a);
	return 0;
}
