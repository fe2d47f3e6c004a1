/* sweep.c - every night what is past its term goes: kind by kind, some thousands of rows at a time, and only by terms the organisation decided. */
#include "inside.h"
#include "keeping.h"
#include "web/job.h"
#include "web/operation.h"

/* A struct sweep_step says where a sweep is: the kind's number, and how much of it went so far. */
struct swept { str kind; int64_t removed; };
RECORD(sweep_step, FIELD(sweep_step, day), FIELD(sweep_step, kind, .min = 0), FIELD(sweep_step, removed, .min = 0), FIELD(sweep_step, name), FIELD(sweep_step, more));
RECORD(keeping_count, FIELD(keeping_count, name), FIELD(keeping_count, term), FIELD(keeping_count, past), FIELD(keeping_count, decided));
RECORD(keeping_counts, FIELD(keeping_counts, kinds, .of = &keeping_count_record));
RECORD(swept, FIELD(swept, kind), FIELD(swept, removed));

enum status keep_past(struct ctx *c, const struct terms *t, const struct keep *k, int64_t *count)
{
	struct keep_terms terms;
	struct count n = { 0 };
	*count = 0;
	if (!k->past)
		return OK;
	keep_terms_fill(c, t, k, &terms);
	TRY(store_one_query(c, k->past, &terms, &n));
	*count = n.count;
	return OK;
}

static bool has_term(const struct keep_terms *t)
{
	return date_is(t->left_before) || date_is(t->older_day) || date_is(t->unused_day);
}

static enum status keep_sweep(struct ctx *c, const struct keep *k, const struct keep_terms *t, int64_t *removed, bool *more)
{
	*more = false;
	for (const struct query *const *q = k->remove; q && *q; q++) {
		int64_t changed = 0;
		TRY(store_run_query(c, *q, t, &changed));
		*removed += changed;
		*more |= changed >= t->batch;
	}
	return k->sweeping ? k->sweeping(c, t, removed, more) : OK;
}

/* One go at one kind. A kind that is done leaves a line, so that Trust can say what went when. */
static enum status step_take(struct ctx *c, const struct sweep_step *at, struct sweep_step *next)
{
	struct terms known = { 0 };
	struct keep_terms terms;
	*next = (struct sweep_step){ .day = c->today, .kind = at->kind + 1 };
	if (at->kind >= (int64_t)keeps_count())
		return OK;
	const struct keep *k = keeps_at((size_t)at->kind);
	next->name = str_of(k->name);
	next->more = next->kind < (int64_t)keeps_count();
	TRY(terms_load(c, &known));
	keep_terms_fill(c, &known, k, &terms);
	if (!has_term(&terms))
		return OK;
	int64_t removed = at->removed;
	bool again;
	TRY(keep_sweep(c, k, &terms, &removed, &again));
	if (again) {
		*next = (struct sweep_step){ .day = c->today, .kind = at->kind, .removed = removed, .name = str_of(k->name), .more = true };
		return OK;
	}
	return store_run(c, sweep_add, (&(struct swept){ str_of(k->name), removed }), NULL);
}

JOB(keeping_sweep, sweep_step)
{
	struct sweep_step next;
	TRY(step_take(c, in, &next));
	if (!next.more)
		return OK;
	next.name = (str){ 0 };
	return job_add(c, keeping_sweep, &next, c->now);
}

NIGHTLY(keeping_begin)
{
	return job_add(c, keeping_sweep, (&(struct sweep_step){ .day = c->today }), c->now);
}

OPERATION(keeping_sweep_some, sweep_step, sweep_step,
	.allow = "trust.record",
	.shell_only = true,
	.effect = WRITES,
	.doc = "One go at removing what is past its term, of one kind; answers where to go on.")
{
	return step_take(c, in, out);
}

OPERATION(keeping_counts, nothing, keeping_counts,
	.allow = "trust.read",
	.shell_only = true,
	.doc = "How much of each kind is past its term: the dry run of a sweep.")
{
	(void)in;
	struct terms t = { 0 };
	TRY(terms_load(c, &t));
	for (size_t i = 0; i < keeps_count(); i++) {
		struct keeping_count *k = list_add(c->arena, &out->kinds, struct keeping_count);
		k->name = str_of(keeps_at(i)->name);
		k->term = keep_terms_say(c, &t, keeps_at(i), &k->decided);
		TRY(keep_past(c, &t, keeps_at(i), &k->past));
	}
	return OK;
}
