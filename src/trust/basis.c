/* basis.c - may this purpose be worked on: has anybody recorded why? */
#include "trust.h"
#include "trust.sql.h"
#include "trust.words.h"

struct purpose { str purpose; };
RECORD(purpose, FIELD(purpose, purpose));

enum status trust_purpose_works(struct ctx *c, str purpose, bool *works)
{
	struct purpose p = { purpose };
	struct count n = { 0 };
	TRY(store_one(c, bases_now_count, &p, &n));
	*works = n.count > 0;
	return OK;
}

enum status trust_purpose(struct ctx *c, str purpose)
{
	bool works;
	TRY(trust_purpose_works(c, purpose, &works));
	return works ? OK : refuse(c, CONFLICT, "no-basis", W(trust_no_basis));
}
