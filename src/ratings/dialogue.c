/* dialogue.c - what stands beside a rating: the subject's own view, a review, sharing one's own, asking a colleague. */
#include "inside.h"
#include "people/people.h"
#include "skills/skills.h"
#include "trust/trust.h"
#include "web/access.h"
#include "web/audit.h"
#include "web/operation.h"
#include "web/web.h"

enum { VIEW_MAX = 1000 };

/* The rating, when it is about the asker and still counts. */
static enum status about_me(struct ctx *c, int64_t id, struct rating_row *out)
{
	TRY(rating_load(c, id, out));
	if (out->person != c->me.person)
		return refuse(c, NOT_FOUND, "unknown-rating", W(ratings_unknown));
	if (out->withdrawn.ms)
		return refuse(c, CONFLICT, "withdrawn-already", W(ratings_withdrawn_already));
	web_go(c, text_format(c->arena, "/my-skills/%lld", (long long)out->skill));
	return OK;
}

struct own_view_form { int64_t id; str text; };
RECORD(own_view_form, FIELD(own_view_form, id), FIELD(own_view_form, text, .label = W(ratings_view_label), .hint = W(ratings_view_hint), .lines = true, .max = VIEW_MAX, .doc = "Empty: takes it away."));

OPERATION(rating_view_put, own_view_form, nothing,
	.route = "POST /ratings/{id}/view",
	.allow = "self.use",
	.effect = WRITES,
	.said = W(ratings_view_put),
	.doc = "Puts one's own view beside a rating about oneself; everybody who sees the rating sees it too.")
{
	(void)out;
	struct rating_row r;
	TRY(about_me(c, in->id, &r));
	return in->text.len ? store_run(c, view_put, in, NULL) : store_run(c, view_remove, in, NULL);
}

OPERATION(review_ask, by_id, nothing,
	.route = "POST /ratings/{id}/review",
	.allow = "self.use",
	.effect = WRITES,
	.said = W(ratings_review_asked),
	.doc = "Asks whoever gave a rating about oneself to look again. Learning can settle it when they do not.")
{
	(void)out;
	struct rating_row r;
	TRY(about_me(c, in->id, &r));
	if (str_eq(r.source, S("self")))
		return refuse(c, CONFLICT, "own-rating", W(ratings_review_own));
	return store_run(c, review_add, in, NULL);
}

static const struct choice outcomes[] = { { S("kept"), W(ratings_review_kept) }, { S("withdrawn"), W(ratings_review_withdrawn) }, { 0 } };
struct review_reply { int64_t id; str outcome, answer; };
struct rating_review { int64_t id, rating; instant ended; };
RECORD(review_reply, FIELD(review_reply, id), FIELD(review_reply, outcome, .label = W(ratings_review_outcome), .choices = outcomes, .required = true),
	FIELD(review_reply, answer, .label = W(ratings_review_answer), .lines = true, .max = VIEW_MAX));
RECORD(rating_review, FIELD(rating_review, id), FIELD(rating_review, rating), FIELD(rating_review, ended));

/* By its rater, or `settles` by learning for whoever does not. */
static enum status review_finish(struct ctx *c, const struct review_reply *in, bool settles)
{
	struct rating_review review = { 0 };
	struct rating_row r;
	bool found;
	TRY(store_find(c, review_by_id, (&(struct by_id){ in->id }), &review, &found));
	if (!found)
		return refuse(c, NOT_FOUND, "unknown-review", W(ratings_unknown));
	TRY(rating_load(c, review.rating, &r));
	if (!settles && (!c->me.person || r.rater != c->me.person))
		return refuse(c, NOT_FOUND, "unknown-review", W(ratings_unknown));
	if (review.ended.ms)
		return refuse(c, CONFLICT, "review-answered", W(ratings_review_ended));
	looked_at(c, r.person);
	if (settles)
		web_go(c, text_format(c->arena, "/people/%lld/skills/%lld", (long long)r.person, (long long)r.skill));
	TRY(store_run(c, review_end, in, NULL));
	return str_eq(in->outcome, S("withdrawn")) && !r.withdrawn.ms ? rating_take_back(c, &r) : OK;
}

OPERATION(review_answer, review_reply, nothing,
	.route = "POST /reviews/{id}/answer",
	.allow = "ratings.give",
	.effect = WRITES,
	.then = "/ratings/given",
	.said = W(ratings_review_answered),
	.doc = "Answers a review of a rating one gave: it stays or is withdrawn. Rating again renews it.")
{
	(void)out;
	return review_finish(c, in, false);
}

OPERATION(review_settle, review_reply, nothing,
	.route = "POST /reviews/{id}/settle",
	.allow = "ratings.manage",
	.effect = WRITES,
	.said = W(ratings_review_answered),
	.doc = "Ends a review that stays unanswered, or that rater and subject do not agree on: the rating stays or is withdrawn.")
{
	(void)out;
	return review_finish(c, in, true);
}

/* ---- Sharing what one says oneself ---- */

struct skill_key { int64_t skill; };
RECORD(skill_key, FIELD(skill_key, skill));

OPERATION(share_begin, skill_key, nothing,
	.route = "POST /my-skills/{skill}/share",
	.allow = "self.use",
	.effect = WRITES,
	.then = "/my-skills/{skill}",
	.said = W(ratings_shared),
	.doc = "Shares one's self-ratings of a skill with one's lead and learning; they count for the organisation from now on.")
{
	(void)out;
	struct skill skill;
	TRY(trust_purpose(c, PURPOSE_RATINGS));
	TRY(skill_load(c, in->skill, &skill));
	TRY(store_run(c, share_add, in, NULL));
	return estimate_refresh(c, c->me.person, in->skill);
}

OPERATION(share_end, skill_key, nothing,
	.route = "POST /my-skills/{skill}/unshare",
	.allow = "self.use",
	.effect = WRITES,
	.then = "/my-skills/{skill}",
	.said = W(ratings_unshared),
	.doc = "Ends that: nobody else sees one's self-ratings of the skill, and no figure counts them.")
{
	(void)out;
	TRY(store_run(c, share_close, in, NULL));
	return estimate_refresh(c, c->me.person, in->skill);
}

/* ---- Asking ---- */

struct ask_form { int64_t skill, colleague; };
RECORD(ask_form, FIELD(ask_form, skill), FIELD(ask_form, colleague, .label = W(ratings_colleague), .required = true));

OPERATION(request_make, ask_form, nothing,
	.route = "POST /my-skills/{skill}/ask",
	.allow = "self.use",
	.effect = WRITES,
	.then = "/my-skills/{skill}",
	.said = W(ratings_asked),
	.doc = "Asks a colleague to say where one stands in a skill.")
{
	(void)out;
	struct skill skill;
	struct person colleague;
	TRY(trust_purpose(c, PURPOSE_RATINGS));
	TRY(skill_load_in_use(c, in->skill, &skill));
	if (in->colleague == c->me.person)
		return object(c, S("colleague"), W(ratings_ask_oneself));
	TRY(person_load(c, in->colleague, &colleague));
	return store_run(c, request_add, in, NULL);
}

OPERATION(request_decline, by_id, nothing,
	.route = "POST /requests/{id}/decline",
	.allow = "ratings.give",
	.effect = WRITES,
	.then = "/ratings/given",
	.said = W(ratings_request_declined),
	.doc = "Says that one cannot tell: that is an answer too.")
{
	(void)out;
	int64_t changed;
	TRY(store_run(c, request_end, in, &changed));
	return changed ? OK : refuse(c, NOT_FOUND, "unknown-request", W(ratings_unknown));
}

/* ---- What waits for me, and what I said ---- */

struct asked_row { int64_t id, person, skill; str name, skill_nl, skill_en; instant made; };
struct review_asked { int64_t id, person, skill, level; str name, skill_nl, skill_en, note, own_view; date day; };
struct gave_row { int64_t id, person, skill, level; str name, skill_nl, skill_en; date day; instant withdrawn; };
struct gave_page { list requests, reviews, given; };
RECORD(asked_row, FIELD(asked_row, id), FIELD(asked_row, person), FIELD(asked_row, skill), FIELD(asked_row, name), FIELD(asked_row, skill_nl), FIELD(asked_row, skill_en), FIELD(asked_row, made));
RECORD(review_asked, FIELD(review_asked, id), FIELD(review_asked, person), FIELD(review_asked, skill), FIELD(review_asked, level), FIELD(review_asked, name),
	FIELD(review_asked, skill_nl), FIELD(review_asked, skill_en), FIELD(review_asked, note, .max = VIEW_MAX), FIELD(review_asked, own_view, .max = VIEW_MAX), FIELD(review_asked, day));
RECORD(gave_row, FIELD(gave_row, id), FIELD(gave_row, person), FIELD(gave_row, skill), FIELD(gave_row, level), FIELD(gave_row, name), FIELD(gave_row, skill_nl),
	FIELD(gave_row, skill_en), FIELD(gave_row, day), FIELD(gave_row, withdrawn));
RECORD(gave_page, FIELD(gave_page, requests, .of = &asked_row_record), FIELD(gave_page, reviews, .of = &review_asked_record), FIELD(gave_page, given, .of = &gave_row_record));

static str in_language_view(struct view *v, str nl, str en) { return v->language == NL ? (nl.len ? nl : en) : en.len ? en : nl; }
#include "ratings_given.html.h"

OPERATION(ratings_given_show, nothing, gave_page,
	.route = "GET /ratings/given",
	.allow = "ratings.give",
	.page = given_html,
	.doc = "Who asks for one's view, who asks to look again, and the last hundred ratings one gave about others.")
{
	(void)in;
	TRY(store_all(c, requests_open, NOTHING, &out->requests));
	TRY(store_all(c, reviews_open, NOTHING, &out->reviews));
	return store_all(c, ratings_gave, NOTHING, &out->given);
}
