/* sight.c - who may see what is known of somebody's skills: they themselves, who leads them for that role today, and learning.
 *
 * Not the administrator, not the board, not a former lead. The operator's audited own hand (c->me.unprotected) sees all.
 */
#include "inside.h"
#include "people/people.h"
#include "web/access.h"
#include "web/audit.h"

struct sight { int64_t person, skill; };
struct sight_row { int64_t leads, sees; };
RECORD(sight, FIELD(sight, person), FIELD(sight, skill));
RECORD(sight_row, FIELD(sight_row, leads), FIELD(sight_row, sees));

static enum status sight(struct ctx *c, int64_t person, int64_t skill, enum sight_reason *out)
{
	*out = SIGHT_NONE;
	if (c->me.person && c->me.person == person)
		*out = SIGHT_OWN;
	else if (c->me.unprotected || may(c, S("ratings.read")))
		*out = SIGHT_ALL;
	else if (c->me.person && may(c, S("team.read"))) {
		struct sight_row row;
		TRY(store_one(c, sight_led, (&(struct sight){ person, skill }), &row));
		if (skill ? row.sees : row.leads)
			*out = SIGHT_LEADS;
	}
	return OK;
}

enum status sight_of(struct ctx *c, int64_t person, enum sight_reason *out)
{
	return sight(c, person, 0, out);
}

enum status sight_of_skill(struct ctx *c, int64_t person, int64_t skill, enum sight_reason *out)
{
	return sight(c, person, skill, out);
}

enum status sight_needed(struct ctx *c, int64_t person, int64_t skill, enum sight_reason *out)
{
	TRY(sight(c, person, skill, out));
	if (*out == SIGHT_NONE)
		return refuse(c, FORBIDDEN, "not-yours-to-see", W(ratings_not_yours_to_see));
	if (*out != SIGHT_OWN)
		looked_at(c, person);
	return OK;
}
