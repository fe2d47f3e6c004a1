/* believe.c - from ratings to what is believed: one pass over them, by person, skill and day, in constant memory.
 *
 * Both estimates come from the same pass: the owner's takes every rating, the organisation's leaves unshared self-ratings out.
 */
#include "inside.h"
#include "web/event.h"
#include "web/job.h"
#include "web/operation.h"
#include <math.h>

RECORD(believed, FIELD(believed, person), FIELD(believed, skill), FIELD(believed, mean), FIELD(believed, variance),
	FIELD(believed, last_seen), FIELD(believed, known), FIELD(believed, confirmed));
RECORD(counted, FIELD(counted, id), FIELD(counted, person), FIELD(counted, skill), FIELD(counted, level), FIELD(counted, day),
	FIELD(counted, source), FIELD(counted, rater, .optional = true), FIELD(counted, external, .optional = true), FIELD(counted, context),
	FIELD(counted, shared));

/* People from..until, all their skills or (skill not 0) one; up to a day. */
struct scope { int64_t person_from, person_until, skill; date on; };
RECORD(scope, FIELD(scope, person_from), FIELD(scope, person_until), FIELD(scope, skill), FIELD(scope, on));

struct estimate_row {
	int64_t person, skill;
	double mean, variance;
	date last_seen;
	int64_t known;
	double own_mean, own_variance;
	date own_last_seen;
	int64_t own_known;
	bool confirmed;
};
RECORD(estimate_row, FIELD(estimate_row, person), FIELD(estimate_row, skill), FIELD(estimate_row, mean), FIELD(estimate_row, variance),
	FIELD(estimate_row, last_seen), FIELD(estimate_row, known), FIELD(estimate_row, own_mean), FIELD(estimate_row, own_variance),
	FIELD(estimate_row, own_last_seen), FIELD(estimate_row, own_known), FIELD(estimate_row, confirmed));

/* ---- The pass ---- */

struct belief { struct estimate e; int64_t known; };

struct pass {
	struct weights weights;
	int64_t person, skill;
	struct belief own, org;
	bool confirmed;
	list *believed;                            /* the organisation's estimates go here; NULL: both into the table */
	list rows;                                 /* of struct estimate_row, waiting to be written */
	int64_t people;
};

enum { ROWS_AT_ONCE = 2000, PEOPLE_AT_ONCE = 2000 };

static void belief_add(const struct policy *p, struct belief *b, const struct observation *o)
{
	b->e = b->known++ ? estimate_predict(&p->over_time, b->e, o->day) : estimate_start(&p->over_time, o->day);
	b->e = estimate_update(b->e, o);
}

static date belief_day(const struct belief *b)
{
	return (date){ (int32_t)b->e.day };
}

static enum status rows_write(struct ctx *c, struct pass *p)
{
	TRY(store_run_each(c, estimate_put, &p->rows));
	p->rows.count = 0;
	return OK;
}

/* What was gathered of one person and skill. */
static enum status pass_end_one(struct ctx *c, struct pass *p)
{
	if (!p->own.known)
		return OK;
	bool org = p->org.known > 0;
	if (p->believed) {
		if (org)
			*list_add(c->arena, p->believed, struct believed) = (struct believed){ p->person, p->skill, p->org.e.mean, p->org.e.variance,
				belief_day(&p->org), p->org.known, p->confirmed };
		return OK;
	}
	*list_add(c->arena, &p->rows, struct estimate_row) = (struct estimate_row){
		.person = p->person, .skill = p->skill,
		.mean = org ? p->org.e.mean : NAN, .variance = org ? p->org.e.variance : NAN, .last_seen = org ? belief_day(&p->org) : (date){ 0 }, .known = p->org.known,
		.own_mean = p->own.e.mean, .own_variance = p->own.e.variance, .own_last_seen = belief_day(&p->own), .own_known = p->own.known,
		.confirmed = p->confirmed };
	return p->rows.count < ROWS_AT_ONCE ? OK : rows_write(c, p);
}

static enum status pass_rating(struct ctx *c, void *of, const void *row)
{
	struct pass *p = of;
	const struct counted *r = row;
	if (r->person != p->person || r->skill != p->skill) {
		TRY(pass_end_one(c, p));
		p->people += r->person != p->person;
		p->person = r->person;
		p->skill = r->skill;
		p->own = p->org = (struct belief){ 0 };
		p->confirmed = false;
	}
	struct observation o;
	weights_apply(&p->weights, r, &o);
	belief_add(&p->weights.policy, &p->own, &o);
	if (r->shared)
		belief_add(&p->weights.policy, &p->org, &o);
	p->confirmed |= r->source.at[0] != 's';            /* anybody or anything but self */
	return OK;
}

static enum status pass_end(struct ctx *c, struct pass *p)
{
	TRY(pass_end_one(c, p));
	return p->rows.count ? rows_write(c, p) : OK;
}

/* ---- Made again ---- */

static enum status refresh(struct ctx *c, const struct scope *s, struct pass *p)
{
	TRY(weights_load(c, &p->weights));
	TRY(store_run(c, estimates_forget, s, NULL));
	TRY(store_each(c, ratings_counted, s, pass_rating, p));
	return pass_end(c, p);
}

enum status estimate_refresh(struct ctx *c, int64_t person, int64_t skill)
{
	struct pass p = { 0 };
	return refresh(c, &(struct scope){ person, person, skill, c->today }, &p);
}

/* An import only adds: no estimate has to go. */
enum status estimates_refresh_import(struct ctx *c, int64_t import)
{
	struct pass p = { 0 };
	TRY(weights_load(c, &p.weights));
	TRY(store_each(c, ratings_counted_beside_import, &(struct by_id){ import }, pass_rating, &p));
	TRY(pass_end(c, &p));
	return event_raise(c, S("estimates_made"), &(struct estimates_event){ p.people });
}

enum status estimates_refresh_people(struct ctx *c, int64_t from, int64_t until)
{
	struct pass p = { 0 };
	TRY(weights_load(c, &p.weights));
	TRY(store_each(c, ratings_counted, (&(struct scope){ from, until, 0, c->today }), pass_rating, &p));
	return pass_end(c, &p);
}

static enum status refresh_range(struct ctx *c, int64_t from, int64_t until)
{
	struct pass p = { 0 };
	TRY(refresh(c, &(struct scope){ from, until, 0, c->today }, &p));
	return event_raise(c, S("estimates_made"), &(struct estimates_event){ p.people });
}

enum status estimates_refresh_all(struct ctx *c)
{
	return refresh_range(c, 0, INT64_MAX);
}

RECORD(some, FIELD(some, after, .optional = true), FIELD(some, people, .optional = true));

enum status estimates_refresh_some(struct ctx *c, int64_t after, int64_t *next)
{
	struct by_id last;
	bool more;
	TRY(store_find(c, person_after, (&(struct some){ after, PEOPLE_AT_ONCE }), &last, &more));
	*next = more ? last.id : 0;
	return refresh_range(c, after + 1, more ? last.id : INT64_MAX);
}

JOB(estimates_job, some)
{
	struct some more = { 0 };
	TRY(estimates_refresh_some(c, in->after, &more.after));
	return more.after ? job_add(c, estimates_job, &more, c->now) : OK;
}

enum status estimates_refresh_later(struct ctx *c)
{
	return job_add(c, estimates_job, &(struct some){ 0 }, c->now);
}

OPERATION(estimates_refresh, some, some,
	.allow = "ratings.manage",
	.effect = WRITES,
	.shell_only = true,
	.doc = "Makes the estimates of some thousands of people again, those whose number is above `after`; answers where to go on, 0 at the end.")
{
	return estimates_refresh_some(c, in->after, &out->after);
}

/* ---- Read ---- */

struct believed_key { int64_t person, skill; };
RECORD(believed_key, FIELD(believed_key, person), FIELD(believed_key, skill));

enum status believed_of_skill(struct ctx *c, int64_t skill, list *out)
{
	return store_all(c, believed_of_skill, &(struct believed_key){ .skill = skill }, out);
}

static enum status believed_keep(struct ctx *c, void *of, const void *believed)
{
	*list_add(c->arena, (list *)of, struct believed) = *(const struct believed *)believed;
	return OK;
}

enum status believed_of_all(struct ctx *c, list *out)
{
	return believed_each(c, 0, believed_keep, out);
}

enum status believed_each(struct ctx *c, int64_t skill, enum status (*row)(struct ctx *c, void *of, const void *believed), void *of)
{
	return skill ? store_each(c, believed_of_skill, (&(struct believed_key){ .skill = skill }), row, of)
		: store_each(c, believed_of_all, NOTHING, row, of);
}

enum status believed_of_person(struct ctx *c, int64_t person, bool own, list *out)
{
	struct believed_key key = { .person = person };
	return own ? store_all(c, believed_by_owner, &key, out) : store_all(c, believed_of_person, &key, out);
}

enum status believed_on(struct ctx *c, date on, list *out)
{
	struct pass p = { .believed = out };
	TRY(weights_load(c, &p.weights));
	TRY(store_each(c, ratings_counted, (&(struct scope){ 0, INT64_MAX, 0, on }), pass_rating, &p));
	return pass_end(c, &p);
}
