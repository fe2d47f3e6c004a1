/* keeps.c - the kinds of data about people that features declared, in the order of features. */
#include "keeps.h"
#include <string.h>

extern const struct keep *const __start_wijzer_keeps[] __attribute__((weak));
extern const struct keep *const __stop_wijzer_keeps[] __attribute__((weak));

RECORD(keep_person, FIELD(keep_person, person), FIELD(keep_person, their_account, .optional = true), FIELD(keep_person, person_id), FIELD(keep_person, name),
	FIELD(keep_person, email), FIELD(keep_person, pseudonym), FIELD(keep_person, number), FIELD(keep_person, everything));
RECORD(keep_terms, FIELD(keep_terms, left_before), FIELD(keep_terms, older_day), FIELD(keep_terms, older), FIELD(keep_terms, unused_day),
	FIELD(keep_terms, unused), FIELD(keep_terms, batch));

size_t keeps_count(void)
{
	return (size_t)(__stop_wijzer_keeps - __start_wijzer_keeps);
}

const struct keep *keeps_at(size_t i)
{
	/* A compiler may turn the order of one file around; its entries stand beside each other all the same. */
	const struct keep *const *all = __start_wijzer_keeps;
	size_t from = i, until = i + 1;
	while (from > 0 && !strcmp(all[from - 1]->file, all[i]->file))
		from--;
	while (until < keeps_count() && !strcmp(all[until]->file, all[i]->file))
		until++;
	for (size_t at = from; at < until; at++) {
		size_t before = from;
		for (size_t other = from; other < until; other++)
			before += all[other]->line < all[at]->line;
		if (before == i)
			return all[at];
	}
	return all[i];
}
