/* line.h - an ambition's skills with what is needed, expected and short, for the list, the page and Today. */
#pragma once
#include "gap.h"
#include "view/chart.h"

struct short_unit { str name, link; int64_t people; };
struct line_skill {
	int64_t skill; str name, link, level; int64_t weight, target_level, needed, people, known, low, high;
	double expected;
	str state;                                 /* reached, behind, unknown, few */
	list where;                                /* of struct short_unit, at most three */
	struct chart_interval picture;             /* for the page only */
	bool behind, reached, is_unknown, few, everybody;
	str scope;
};
extern const struct record line_skill_record, short_unit_record;

struct line { struct progress progress; list skills; int64_t needed_weight; };
/* How far one ambition is for this reader; with `where`, also in which units most people are short. */
enum status line_make(struct ctx *c, const struct ambition *a, bool where, struct line *out) must_use;
/* "Twee van de zes halen we; AI-uitkomsten beoordelen blijft het meest achter." */
str line_finding(struct ctx *c, const struct line *l);
