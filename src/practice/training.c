/* training.c - a training people took, and what is asked two days, two weeks and two months later: do you still know, and did you use it? */
#include "inside.h"
#include "trust/trust.h"
#include "stats/interval.h"
#include "web/access.h"
#include "web/operation.h"

enum { BOOSTERS = 3, BOOSTER_OPEN_DAYS = 30 };
static const int after_days[BOOSTERS] = { 2, 14, 60 };

struct booster_row { int64_t training, number, day, asked; str used; };
struct boostable { int64_t training; str name; bool required; date day; int64_t number, asked; str used; int64_t cards; };
RECORD(booster_row, FIELD(booster_row, training), FIELD(booster_row, number), FIELD(booster_row, day), FIELD(booster_row, asked), FIELD(booster_row, used));
RECORD(boostable, FIELD(boostable, training), FIELD(boostable, name), FIELD(boostable, required), FIELD(boostable, day), FIELD(boostable, number, .optional = true),
	FIELD(boostable, asked, .optional = true), FIELD(boostable, used), FIELD(boostable, cards));

/* Which of the three is due so many days after; the latest, so that who was away is not asked three times. 0: none, or its time has gone by. */
static int64_t number_due(int64_t days)
{
	int64_t n = 0;
	while (n < BOOSTERS && days >= after_days[n])
		n++;
	return n && days < after_days[n - 1] + BOOSTER_OPEN_DAYS ? n : 0;
}

enum status booster_find(struct ctx *c, int64_t training, struct booster_due *out, bool *found)
{
	list rows = { 0 };
	*out = (struct booster_due){ 0 };
	*found = false;
	TRY(store_all(c, boostable_mine, NOTHING, &rows));
	const struct boostable *at = rows.at, *end = at + rows.count;
	while (at < end && !*found) {
		int64_t number = number_due(date_days_between(at->day, c->today)), asked = 0;
		bool over = !number || (training && at->training != training);
		const struct boostable *first = at;
		for (; at < end && at->training == first->training; at++) {
			over |= at->number >= number && at->used.len > 0;
			asked = at->number == number ? at->asked : asked;
		}
		*found = !over;
		if (*found)
			*out = (struct booster_due){ first->training, number, asked, first->name, first->required, first->cards };
	}
	return OK;
}

enum status booster_count(struct ctx *c, int64_t training)
{
	struct booster_due due;
	bool found;
	TRY(booster_find(c, training, &due, &found));
	if (!found)
		return OK;
	return store_run(c, booster_asked, (&(struct booster_row){ training, due.number, c->today.day, 1, { 0 } }), NULL);
}

static const struct choice uses[] = { { S("yes"), W(practice_used_yes) }, { S("not-yet"), W(practice_used_not_yet) }, { S("no-chance"), W(practice_used_no_chance) }, { 0 } };
struct used_form { int64_t training; str used; };
RECORD(used_form, FIELD(used_form, training, .required = true), FIELD(used_form, used, .label = W(practice_used), .choices = uses, .required = true));

OPERATION(booster_used, used_form, nothing,
	.route = "POST /practice/used",
	.allow = "self.use",
	.effect = WRITES,
	.traceless = true,                 /* others see it as a figure about a group only */
	.then = "/practice/now",
	.said = W(practice_used_said),
	.back = "/practice/now",
	.doc = "Answers whether what a training taught was used since. Seen by others only as a figure about a group.")
{
	(void)out;
	struct booster_due due;
	bool found;
	TRY(practice_may(c));
	TRY(booster_find(c, in->training, &due, &found));
	if (!found)
		return refuse(c, CONFLICT, "booster-over", W(practice_used_over));
	TRY(store_run(c, booster_begin, (&(struct booster_row){ in->training, due.number, c->today.day, 0, { 0 } }), NULL));
	return store_run(c, booster_use, (&(struct booster_row){ in->training, due.number, c->today.day, 0, in->used }), NULL);
}

/* ---- Trainings ---- */

struct training_list { list trainings; bool may_manage; };
RECORD(training_line, FIELD(training_line, id), FIELD(training_line, name), FIELD(training_line, skill_nl), FIELD(training_line, skill_en), FIELD(training_line, skill), FIELD(training_line, required), FIELD(training_line, took),
	FIELD(training_line, decks), FIELD(training_line, mine, .doc = "When whoever asks took it."));
RECORD(training_list, FIELD(training_list, trainings, .of = &training_line_record), FIELD(training_list, may_manage));

struct training_form { str name; int64_t skill; bool required; };
RECORD(training_form, FIELD(training_form, name, .label = W(practice_training_name), .required = true, .max = NAME_MAX_), FIELD(training_form, skill, .label = W(practice_skill), .optional = true),
	FIELD(training_form, required, .label = W(practice_required), .hint = W(practice_required_hint)));
#include "practice_trainings.html.h"

OPERATION(training_list_show, nothing, training_list,
	.route = "GET /trainings",
	.allow = "skills.read",
	.page = trainings_html,
	.lenient = true,
	.doc = "Trainings that have, or should have, something to practise with.")
{
	(void)in;
	TRY(store_all(c, training_all, NOTHING, &out->trainings));
	out->may_manage = may(c, S("decks.manage"));
	for (each(struct training_line, t, out->trainings))
		t->skill = in_words_of(c, t->skill_nl, t->skill_en);
	return OK;
}

OPERATION(training_add, training_form, by_id,
	.route = "POST /trainings",
	.allow = "decks.manage",
	.effect = WRITES,
	.then = "/trainings/{id}",
	.said = W(practice_training_added),
	.back = "/trainings",
	.doc = "Names a training, so that decks can belong to it and people can be asked what is left of it.")
{
	if (in->skill) {
		list skills = { 0 };
		bool there = false;
		TRY(store_all(c, skill_choices, NOTHING, &skills));
		for (each(struct named, n, skills))
			there |= n->id == in->skill;
		if (!there)
			return object(c, S("skill"), W(practice_skill_gone));
	}
	return store_one(c, training_add, in, out);
}

/* ---- One ---- */

struct transfer { int64_t number, days, people, yes; double share, low, high; bool shown; };
struct training_page { int64_t id; str name; bool required, may_manage, may_see, mine_known; date mine; list decks, transfers; int64_t people; };
struct transfer_row { int64_t number, people, yes; };
RECORD(transfer_row, FIELD(transfer_row, number), FIELD(transfer_row, people), FIELD(transfer_row, yes));
RECORD(transfer, FIELD(transfer, number), FIELD(transfer, days), FIELD(transfer, people, .optional = true), FIELD(transfer, yes, .optional = true), FIELD(transfer, share), FIELD(transfer, low), FIELD(transfer, high), FIELD(transfer, shown));
RECORD(training_page, FIELD(training_page, id), FIELD(training_page, name), FIELD(training_page, required), FIELD(training_page, may_manage), FIELD(training_page, may_see), FIELD(training_page, mine_known), FIELD(training_page, mine),
	FIELD(training_page, decks, .of = &named_record), FIELD(training_page, transfers, .of = &transfer_record), FIELD(training_page, people));

struct taken_form { int64_t id; date day; str people; };
struct taken_row { int64_t training, person; date day; bool own; };
RECORD(taken_form, FIELD(taken_form, id, .required = true), FIELD(taken_form, day, .label = W(practice_taken_day), .required = true),
	FIELD(taken_form, people, .label = W(practice_taken_people), .hint = W(practice_taken_people_hint), .lines = true, .max = 50000));
RECORD(taken_row, FIELD(taken_row, training), FIELD(taken_row, person), FIELD(taken_row, day), FIELD(taken_row, own));
#include "practice_training.html.h"

enum status training_load(struct ctx *c, int64_t id, struct training_line *out)
{
	bool found;
	TRY(store_find(c, training_by_id, (&(struct by_id){ id }), out, &found));
	return found ? OK : refuse(c, NOT_FOUND, "unknown-training", W(practice_unknown_training));
}

/* Of each of the three moments: how many said they used it, as it was last told (tell.c). Fewer than the gate lets by are not said; the three are of
 * people who may differ, so no difference of two of them is a person. */
static enum status transfers_fill(struct ctx *c, int64_t id, list *out)
{
	list rows = { 0 };
	struct gate_group groups[BOOSTERS] = { 0 };
	enum gate_state state[BOOSTERS];
	struct transfer t[BOOSTERS] = { 0 };
	TRY(store_all(c, transfers_of, (&(struct by_id){ id }), &rows));
	for (int n = 0; n < BOOSTERS; n++) {
		t[n].number = n + 1;
		t[n].days = after_days[n];
		for (each(struct transfer_row, r, rows))
			if (r->number == n + 1) {
				t[n].people = r->people;
				t[n].yes = r->yes;
			}
		groups[n] = (struct gate_group){ GATE_TOP, t[n].people, 0 };
	}
	TRY(gate_forest(c, groups, 1, BOOSTERS, state));
	for (int n = 0; n < BOOSTERS; n++) {
		t[n].shown = state[n] == GATE_SHOWN && t[n].people;
		struct interval i = interval_share(t[n].yes, t[n].people, 0, .8);
		t[n].share = t[n].shown ? (double)t[n].yes / (double)t[n].people : 0;
		t[n].low = t[n].shown ? i.low : 0;
		t[n].high = t[n].shown ? i.high : 0;
		if (!t[n].shown)
			t[n].people = t[n].yes = 0;
		*list_add(c->arena, out, struct transfer) = t[n];
	}
	return OK;
}

OPERATION(training_show, by_id, training_page,
	.route = "GET /trainings/{id}",
	.allow = "skills.read",
	.page = training_html,
	.lenient = true,
	.doc = "A training, its decks, and of groups large enough how many used what it taught.")
{
	struct training_line t;
	list decks = { 0 };
	TRY(training_load(c, in->id, &t));
	*out = (struct training_page){ .id = t.id, .name = t.name, .required = t.required, .may_manage = may(c, S("decks.manage")), .may_see = may(c, S("retention.read")),
		.mine_known = c->me.person != 0, .mine = t.mine };
	TRY(store_all(c, decks_of_training, in, &decks));
	for (each(struct named, n, decks)) {
		n->name = in_words_of(c, n->name_nl, n->name_en);
		*list_add(c->arena, &out->decks, struct named) = *n;
	}
	return out->may_see ? transfers_fill(c, t.id, &out->transfers) : OK;
}

/* "1042" or "Anna Jansen", a line each; every one that is nobody is said. */
static enum status people_read(struct ctx *c, const struct taken_form *in, list *out)
{
	enum status status = OK;
	int64_t line = 0;
	for (str one, rest = in->people; rest.len; ) {
		list found = { 0 };
		str_cut(rest, '\n', &one, &rest);
		one = str_trim(one);
		line++;
		if (!one.len)
			continue;
		TRY(store_all(c, person_named, (&(struct named){ .name_nl = one }), &found));
		if (found.count == 1)
			*list_add(c->arena, out, struct taken_row) = (struct taken_row){ in->id, list_of(found, struct by_id)->id, in->day, false };
		else
			status = object(c, S("people"), found.count ? W(practice_line_several) : W(practice_line_nobody), text_format(c->arena, "%lld", (long long)line), one);
	}
	return status;
}

OPERATION(training_taken_put, taken_form, nothing,
	.route = "POST /trainings/{id}/taken",
	.allow = "decks.manage",
	.effect = WRITES,
	.then = "/trainings/{id}",
	.said = W(practice_taken_said),
	.back = "/trainings/{id}",
	.doc = "Who took a training, on which day: staff numbers or names, one a line.")
{
	(void)out;
	struct training_line t;
	list rows = { 0 };
	TRY(training_load(c, in->id, &t));
	if (date_compare(in->day, c->today) > 0)
		return object(c, S("day"), W(practice_taken_future), date_iso(c->arena, in->day));
	TRY(people_read(c, in, &rows));
	if (!rows.count)
		return object(c, S("people"), W(practice_taken_nobody));
	return store_run_each(c, training_taken, &rows);
}

struct taken_own { int64_t id; date day; };
RECORD(taken_own, FIELD(taken_own, id, .required = true), FIELD(taken_own, day, .label = W(practice_taken_day), .required = true));

OPERATION(training_taken_own, taken_own, nothing,
	.route = "POST /trainings/{id}/mine",
	.allow = "self.use",
	.effect = WRITES,
	.traceless = true,                 /* it begins the questions afterwards, which are theirs alone */
	.then = "/trainings/{id}",
	.said = W(practice_taken_own_said),
	.back = "/trainings/{id}",
	.doc = "Says of oneself that one took a training, so that one is asked later what is left of it.")
{
	(void)out;
	struct training_line t;
	TRY(practice_may(c));
	TRY(training_load(c, in->id, &t));
	if (date_compare(in->day, c->today) > 0)
		return object(c, S("day"), W(practice_taken_future), date_iso(c->arena, in->day));
	return store_run(c, training_taken, (&(struct taken_row){ in->id, c->me.person, in->day, true }), NULL);
}
