/* keeps.c - the kinds of data about people that features declared, in the order of features. */
#include "keeps.h"

extern const struct keep *const __start_wijzer_keeps[] __attribute__((weak));
extern const struct keep *const __stop_wijzer_keeps[] __attribute__((weak));

RECORD(keep_person, FIELD(keep_person, person), FIELD(keep_person, their_account, .optional = true), FIELD(keep_person, person_id), FIELD(keep_person, name),
	FIELD(keep_person, email), FIELD(keep_person, pseudonym), FIELD(keep_person, number));
RECORD(keep_terms, FIELD(keep_terms, left_before), FIELD(keep_terms, older_day), FIELD(keep_terms, older), FIELD(keep_terms, unused_day),
	FIELD(keep_terms, unused), FIELD(keep_terms, batch));

size_t keeps_count(void)
{
	return (size_t)(__stop_wijzer_keeps - __start_wijzer_keeps);
}

const struct keep *keeps_at(size_t i)
{
	return __start_wijzer_keeps[i];
}
