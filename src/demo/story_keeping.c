/* story_keeping.c - terms that wait for a decision, somebody who left last week, somebody who asked by letter to be erased, a mistake that was reported. */
#include "inside.h"
#include "accounts/accounts.h"
#include "trust/trust.h"

struct demo_term { str setting, value, why; int64_t account_id; instant made; };
struct demo_erasure { int64_t person, account_id; str why; instant made; };
struct demo_account { int64_t person; };
struct demo_leaver { int64_t person; date end_day; };
struct demo_mistake { int64_t person; str kind, text; instant made; };
RECORD(demo_term, FIELD(demo_term, setting), FIELD(demo_term, value), FIELD(demo_term, why), FIELD(demo_term, account_id), FIELD(demo_term, made));
RECORD(demo_erasure, FIELD(demo_erasure, person), FIELD(demo_erasure, account_id), FIELD(demo_erasure, why), FIELD(demo_erasure, made));
RECORD(demo_account, FIELD(demo_account, person));
RECORD(demo_leaver, FIELD(demo_leaver, person), FIELD(demo_leaver, end_day));
RECORD(demo_mistake, FIELD(demo_mistake, person), FIELD(demo_mistake, kind), FIELD(demo_mistake, text), FIELD(demo_mistake, made));

enum { GIVE_PRIVACY = 32 };

/* Every term that ships is proposed, but for those that wait already: an agreement settles them all. */
static enum status terms_propose(struct ctx *c, struct demo *d, int64_t by)
{
	for (size_t i = 0; i < keeps_count(); i++) {
		const struct keep *k = keeps_at(i);
		const char *clocks[] = { k->after_leaving, k->after_making, k->after_use };
		for (size_t n = 0; n < sizeof clocks / sizeof clocks[0]; n++) {
			const struct setting *s = clocks[n] ? setting_find(str_of(clocks[n])) : NULL;
			struct demo_term t = { s ? str_of(s->name) : (str){ 0 }, s ? str_of(s->value) : (str){ 0 },
				S("Zoals meegeleverd: zo kort als kan, zo lang als nodig is."), by, demo_noon(demo_day(d, 12)) };
			if (s)
				TRY(store_run(c, demo_term, &t, NULL));
		}
	}
	return OK;
}

enum status demo_keeping(struct ctx *c, struct demo *d)
{
	const struct demo_person *officer = demo_person(d, S("Renske Evers")), *left = demo_person(d, S("Anil Kooijman")), *asked = demo_person(d, S("Gerrit Hoogland"));
	const struct demo_person *mistaken = demo_person(d, S("Marieke van der Veen"));
	struct count noor = { 0 }, tomasz = { 0 };
	int64_t account;
	TRY(account_make(c, officer->email, officer->name, GIVE_PRIVACY, true, &account));
	TRY(account_make(c, left->email, left->name, 0, false, &account));
	TRY(store_one(c, demo_account_of, (&(struct demo_account){ demo_person(d, S("Noor Yıldız"))->id }), &noor));
	TRY(store_one(c, demo_account_of, (&(struct demo_account){ demo_person(d, S("Tomasz Wróbel"))->id }), &tomasz));
	TRY(terms_propose(c, d, noor.count));
	TRY(store_run(c, demo_leave, (&(struct demo_leaver){ left->id, demo_day(d, 9) }), NULL));
	TRY(store_run(c, demo_mistake, (&(struct demo_mistake){ mistaken->id, S("directory"), S("Ik werk 32 uur, niet 36."), demo_noon(demo_day(d, 3)) }), NULL));
	return store_run(c, demo_erasure, (&(struct demo_erasure){ asked->id, tomasz.count, S("Gerrit vroeg het per brief, met een kopie van zijn eigen dossier erbij."), demo_noon(demo_day(d, 5)) }), NULL);
}
