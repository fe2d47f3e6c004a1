/* give.c - giving a rating: of oneself, of a colleague who asked, of somebody one leads; and taking it back.
 *
 * What a rating is (self, peer or lead) follows from who gives it about whom; nobody chooses it.
 */
#include "inside.h"
#include "people/people.h"
#include "skills/skills.h"
#include "trust/trust.h"
#include "web/access.h"
#include "web/audit.h"
#include "web/event.h"
#include "web/operation.h"
#include "web/web.h"

enum { NOTE_MAX = 1000 };

RECORD(rating_row, FIELD(rating_row, id), FIELD(rating_row, person), FIELD(rating_row, skill), FIELD(rating_row, level), FIELD(rating_row, source),
	FIELD(rating_row, rater, .optional = true), FIELD(rating_row, external, .optional = true), FIELD(rating_row, day), FIELD(rating_row, note, .max = NOTE_MAX),
	FIELD(rating_row, made), FIELD(rating_row, withdrawn));
RECORD(rating_given, FIELD(rating_given, person), FIELD(rating_given, skill), FIELD(rating_given, level), FIELD(rating_given, source),
	FIELD(rating_given, rater, .optional = true), FIELD(rating_given, external, .optional = true), FIELD(rating_given, day), FIELD(rating_given, note, .max = NOTE_MAX),
	FIELD(rating_given, context));

enum status rating_load(struct ctx *c, int64_t id, struct rating_row *out)
{
	bool found;
	TRY(store_find(c, rating_by_id, (&(struct by_id){ id }), out, &found));
	return found ? OK : refuse(c, NOT_FOUND, "unknown-rating", W(ratings_unknown));
}

enum status rating_take_back(struct ctx *c, const struct rating_row *r)
{
	TRY(store_run(c, rating_withdraw, (&(struct by_id){ r->id }), NULL));
	TRY(estimate_refresh(c, r->person, r->skill));
	return event_raise(c, S("rating_withdrawn"), &(struct rating_event){ r->id, r->person, r->skill });
}

/* A rater who looked again says so by rating again: the old one no longer counts. */
static enum status reviews_renew(struct ctx *c, const struct rating_given *r)
{
	list old = { 0 };
	TRY(store_all(c, ratings_under_review, r, &old));
	for (each(struct rating_row, o, old)) {
		TRY(store_run(c, review_renewed, (&(struct by_id){ o->id }), NULL));
		TRY(store_run(c, rating_withdraw, (&(struct by_id){ o->id }), NULL));
	}
	return OK;
}

enum status rating_add(struct ctx *c, const struct rating_given *r, int64_t *id)
{
	struct by_id made;
	TRY(trust_purpose(c, PURPOSE_RATINGS));
	if (r->rater)
		TRY(reviews_renew(c, r));
	TRY(store_one(c, rating_add, r, &made));
	*id = made.id;
	TRY(estimate_refresh(c, r->person, r->skill));
	return event_raise(c, S("rating_added"), &(struct rating_event){ made.id, r->person, r->skill });
}

/* ---- On what ground ---- */

/* As what may this asker rate that person: "self", "lead" or, when asked, "peer"; FORBIDDEN otherwise. */
static enum status ground(struct ctx *c, int64_t person, int64_t skill, str *source)
{
	if (!c->me.person)
		return refuse(c, FORBIDDEN, "no-person", W(ratings_no_person));
	if (person == c->me.person) {
		*source = S("self");
		return OK;
	}
	enum sight_reason reason = SIGHT_NONE;
	bool leads;
	TRY(person_leads(c, c->me.person, person, &leads));
	if (leads)
		TRY(sight_of_skill(c, person, skill, &reason));
	if (reason != SIGHT_NONE) {
		*source = S("lead");
		return OK;
	}
	struct count asked;
	TRY(store_one(c, asked_count, (&(struct rating_given){ .person = person, .skill = skill }), &asked));
	if (!asked.count)
		return refuse(c, FORBIDDEN, "not-asked", W(ratings_not_asked));
	*source = S("peer");
	return OK;
}

/* ---- The form ---- */

struct level_choice { int64_t level; str word, text; bool needed, now; };
struct give_query { int64_t person, skill; };
struct give_page { int64_t person, skill; str name, skill_name, source; int64_t needed, now; date last; list levels; bool works; };
RECORD(level_choice, FIELD(level_choice, level), FIELD(level_choice, word), FIELD(level_choice, text, .max = 1000), FIELD(level_choice, needed), FIELD(level_choice, now));
RECORD(give_query, FIELD(give_query, person, .optional = true, .doc = "None: oneself."), FIELD(give_query, skill));
RECORD(give_page, FIELD(give_page, person), FIELD(give_page, skill), FIELD(give_page, name), FIELD(give_page, skill_name), FIELD(give_page, source),
	FIELD(give_page, needed, .optional = true), FIELD(give_page, now, .optional = true, .doc = "What one said last."), FIELD(give_page, last),
	FIELD(give_page, levels, .of = &level_choice_record), FIELD(give_page, works, .doc = "The purpose has its basis."));
struct last_said { int64_t level; date day; };
RECORD(last_said, FIELD(last_said, level), FIELD(last_said, day));
#include "ratings_give.html.h"

OPERATION(rating_form, give_query, give_page,
	.route = "GET /ratings/give",
	.allow = "ratings.give",
	.page = give_html,
	.doc = "The levels of a skill to choose from, for oneself, a colleague who asked or somebody one leads, with who will see the answer.")
{
	struct skill skill;
	struct person person;
	out->person = in->person ? in->person : c->me.person;
	TRY(skill_load_in_use(c, in->skill, &skill));
	TRY(ground(c, out->person, skill.id, &out->source));
	TRY(person_load(c, out->person, &person));
	out->skill = skill.id;
	out->skill_name = skill.name;
	out->name = person.name;
	TRY(trust_purpose_works(c, PURPOSE_RATINGS, &out->works));
	struct last_said last = { 0 };
	bool found;
	struct rating_given key = { .person = out->person, .skill = skill.id };
	TRY(store_find(c, my_last_rating, &key, &last, &found));
	struct count needed;
	TRY(store_one(c, level_needed, &key, &needed));
	out->now = last.level;
	out->last = last.day;
	out->needed = needed.count;
	list levels = { 0 };
	TRY(skill_levels(c, skill.id, &levels));
	for (int level = 1; level <= LEVELS; level++) {
		struct level_choice *l = list_add(c->arena, &out->levels, struct level_choice);
		*l = (struct level_choice){ .level = level, .word = level_word(c, level), .needed = level == needed.count, .now = level == last.level };
		for (each(struct skill_level, s, levels))
			if (s->level == level)
				l->text = s->text;
	}
	return OK;
}

static const struct choice give_from[] = { { S("welcome"), W(ratings_from_welcome) }, { 0 } };

struct give_form { int64_t person, skill, level; str note, from; };
struct given_rating { int64_t id, person, skill, level; str source; };
RECORD(give_form,
	FIELD(give_form, person, .optional = true, .doc = "None: oneself."),
	FIELD(give_form, skill, .required = true),
	FIELD(give_form, level, .label = W(ratings_level), .min = 1, .max = LEVELS, .required = true),
	FIELD(give_form, note, .label = W(ratings_note), .hint = W(ratings_note_hint), .lines = true, .max = NOTE_MAX),
	FIELD(give_form, from, .choices = give_from, .doc = "Where the form stood, to go on from there."));
RECORD(given_rating, FIELD(given_rating, id), FIELD(given_rating, person), FIELD(given_rating, skill), FIELD(given_rating, level), FIELD(given_rating, source));

OPERATION(rating_give, give_form, given_rating,
	.route = "POST /ratings",
	.allow = "ratings.give",
	.effect = WRITES,
	.said = W(ratings_given),
	.doc = "Rates oneself, a colleague who asked, or somebody one leads, on a skill. It counts at once; its subject sees it with name and note.")
{
	struct skill skill;
	struct rating_given r = { .person = in->person ? in->person : c->me.person, .skill = in->skill, .level = in->level, .day = c->today, .note = in->note };
	TRY(skill_load_in_use(c, in->skill, &skill));
	TRY(ground(c, r.person, r.skill, &r.source));
	if (r.person != c->me.person) {
		r.rater = c->me.person;
		looked_at(c, r.person);
		TRY(store_run(c, request_answered, &r, NULL));
	}
	*out = (struct given_rating){ .person = r.person, .skill = r.skill, .level = r.level, .source = r.source };
	web_go(c, in->from.len ? S("/welcome") : r.person == c->me.person ? text_format(c->arena, "/my-skills/%lld", (long long)r.skill) : S("/ratings/given"));
	return rating_add(c, &r, &out->id);
}

OPERATION(rating_undo, by_id, nothing,
	.route = "POST /ratings/{id}/withdraw",
	.allow = "ratings.give",
	.effect = WRITES,
	.said = W(ratings_withdrawn),
	.doc = "Takes a rating back that one gave oneself. Its subject keeps seeing that it was there; it counts no more.")
{
	(void)out;
	struct rating_row r;
	TRY(rating_load(c, in->id, &r));
	bool own = str_eq(r.source, S("self")) && r.person == c->me.person;
	if (!own && (!r.rater || r.rater != c->me.person))
		return refuse(c, r.person == c->me.person ? FORBIDDEN : NOT_FOUND, "not-your-rating", W(ratings_not_your_rating));
	if (r.withdrawn.ms)
		return refuse(c, CONFLICT, "withdrawn-already", W(ratings_withdrawn_already));
	web_go(c, own ? text_format(c->arena, "/my-skills/%lld", (long long)r.skill) : S("/ratings/given"));
	TRY(store_run(c, reviews_withdrawn, in, NULL));
	return rating_take_back(c, &r);
}
