/* stand.c - where somebody stands in a skill: in words and a range, never a decimal, a total or a rank. */
#include "inside.h"
#include "skills/skills.h"
#include <math.h>

RECORD(stand, FIELD(stand, skill), FIELD(stand, name), FIELD(stand, role), FIELD(stand, needed, .optional = true),
	FIELD(stand, low, .optional = true, .doc = "The lowest level that the 80 % interval reaches."),
	FIELD(stand, high, .optional = true, .doc = "The highest."),
	FIELD(stand, known), FIELD(stand, confirmed, .doc = "Somebody other than themselves said something."),
	FIELD(stand, below, .doc = "Probably under what is needed."), FIELD(stand, last_seen));
RECORD(stand_row, FIELD(stand_row, skill), FIELD(stand_row, name_nl), FIELD(stand_row, name_en), FIELD(stand_row, role), FIELD(stand_row, needed),
	FIELD(stand_row, importance), FIELD(stand_row, mean), FIELD(stand_row, variance), FIELD(stand_row, last_seen), FIELD(stand_row, known), FIELD(stand_row, confirmed), FIELD(stand_row, by_self));
RECORD(pictured, FIELD(pictured, skill), FIELD(pictured, level), FIELD(pictured, source), FIELD(pictured, day));

static const double NORMAL_90 = 1.2815515655446004;        /* an 80 % interval leaves a tenth at either side */

static double on_scale(double level)
{
	return level < 1 ? 1 : level > LEVELS ? LEVELS : level;
}

struct stand stand_of(struct ctx *c, const struct policy *p, const struct stand_row *row)
{
	str name = c->language == NL ? row->name_nl : row->name_en;
	struct stand s = { .skill = row->skill, .name = name.len ? name : row->name_nl.len ? row->name_nl : row->name_en, .role = row->role, .needed = row->needed,
		.known = row->known > 0, .confirmed = row->confirmed, .last_seen = row->last_seen };
	s.range = (struct chart_range){ .name = s.name, .known = s.known, .needed = s.needed, .alone = !s.confirmed };
	s.sources = (struct sources_picture){ .name = s.name, .until = c->today, .needed = s.needed };
	if (!s.known)
		return s;
	struct believed b = { .mean = row->mean, .variance = row->variance, .last_seen = row->last_seen };
	policy_predict(p, &b, c->today);
	double reach = NORMAL_90 * sqrt(b.variance);
	s.range.low = on_scale(b.mean - reach);
	s.range.high = on_scale(b.mean + reach);
	s.low = lround(s.range.low);
	s.high = lround(s.range.high);
	/* Somebody whose nearest level is the one needed is there: the picture does not split hairs that the words do not. */
	s.below = s.confirmed && s.needed && lround(on_scale(b.mean)) < s.needed;
	s.range.below = s.below;
	return s;
}

void stands_picture(struct ctx *c, list *stands, const list *pictured)
{
	struct map place = { 0 };
	for (size_t i = 0; i < stands->count; i++)
		map_put_number(c->arena, &place, list_item(*stands, struct stand, i)->skill, (int64_t)i, NULL);
	for (each(struct pictured, p, *pictured)) {
		int64_t i;
		if (map_find_number(&place, p->skill, &i))
			*list_add(c->arena, &list_item(*stands, struct stand, i)->sources.points, struct source_point) =
				(struct source_point){ source_of(p->source), p->level, p->day };
	}
}
