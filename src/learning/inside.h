/* inside.h - rules, hours and shares, as the files of this folder pass them on. */
#pragma once
#include "journal/journal.h"
#include "xapi/xapi.h"
#include "base/map.h"
#include "base/context.h"
#include "record/record.h"
#include "store/store.h"
#include "stats/shares.h"
#include "view/chart.h"
#include "learning.sql.h"
#include "learning.words.h"

enum learning_kind { WORK, OTHERS, FORMAL, KINDS, NOT_COUNTED = KINDS };
extern const struct choice learning_kinds[];           /* the three, and "none" */
enum learning_kind learning_kind_of(str kind);

/* ---- shipped.c: the rules ---- */

/* No verb: whatever was done with such an activity. No type: such an act, with whatever. Of several that fit the one with both counts, then the verb's, then
 * the type's. hours: what one counts for when it does not say how long. */
struct learning_rule { str verb, type, kind; double hours; str name_nl, name_en; };
extern const struct record learning_rule_record;
struct rules { list all; struct map places; bool shipped; };      /* of struct learning_rule; shipped: nobody changed them yet */

enum status rules_load(struct ctx *c, struct rules *out) must_use;
/* The rule itself, and the one that decides; NULL when there is none. */
const struct learning_rule *rule_at(struct ctx *c, const struct rules *rules, str verb, str type);
const struct learning_rule *rule_for(struct ctx *c, const struct rules *rules, str verb, str type);
/* The same rules with one more or another (`with`), or without it. */
struct rules rules_changed(struct ctx *c, const struct rules *rules, const struct learning_rule *with, bool without);
str rule_name(const struct ctx *c, const struct learning_rule *rule);

/* ---- hours.c: from what was done to hours ---- */

/* A shared entry of a log is a statement too: of somebody whose log is counted it does not count once more. */
#define LOG_ENTRY S("urn:wijzer:type:log-entry")

struct counted_as { enum learning_kind kind; double hours, squares; int64_t moments; const struct learning_rule *rule; };
struct counted_as counted_as(struct ctx *c, const struct rules *rules, const struct learning_done *d);

struct tally { double hours[KINDS], squares[KINDS]; int64_t moments[KINDS]; };

/* What is shown of a whole. share, low and high: of 1. */
struct lens_part { str kind; double share, low, high, hours; int64_t moments; };
extern const struct record lens_part_record;
/* most: the kind that is clearly the largest (its interval lies above the others'), else no text. distance: to 70-20-10. */
struct lens { list parts; double pieces, distance; str most; };
void lens_of(struct ctx *c, const double pieces[KINDS], struct lens *out);
/* For {draw chart_parts …}. */
list lens_picture(struct view *v, list parts);

/* {p.kind|learning_kind} */
str learning_kind_view(struct view *v, str kind);

/* ---- figures.c: groups ---- */

#define PURPOSE_LEARNING S("learning")

struct learning_unit { int64_t id, parent; str name, path; };
struct learning_place { int64_t person, unit; };
enum shown { SHOWN, FEW, BESIDE, NOBODY };
/* units[0] is the whole organisation, a parent comes before its children; sums hold those of the units below. */
struct unit_figure { int64_t people, staff; double pieces[KINDS]; enum shown shown; };
struct figures {
	date from, until;
	struct learning_unit *units;
	struct unit_figure *at;
	size_t count;
	bool log_closed;                   /* no keys here: logs are not in it */
};
/* What this reader may see of all units: the gate has decided. Of what is not shown nothing but `staff` and why is in it. */
enum status figures_load(struct ctx *c, struct figures *out) must_use;
/* Twelve whole months, up to the end of the last one: so that no figure moves on the day on which somebody did something. */
void learning_months(const struct ctx *c, date *from, date *until);
