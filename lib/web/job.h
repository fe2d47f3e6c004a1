/* job.h - what is done later: kept in the database, taken up again after a crash.
 *
 *     JOB(estimates_refresh, estimates_wanted) { … c, in … }
 *     TRY(job_add(c, estimates_refresh, &wanted, c->now));
 *
 * A body runs in a writing transaction of its own; when it fails it is tried again after 1, 4, 16 … minutes, ten times.
 */
#pragma once
#include "base/context.h"
#include "record/record.h"

struct job { const char *name; const struct record *input; enum status (*run)(struct ctx *c, const void *in); bool nightly; };

#define JOB(name_, in_t) \
	must_use static enum status name_(struct ctx *c, const struct in_t *in); \
	static enum status name_##_run(struct ctx *c, const void *in) { return name_(c, in); } \
	const struct job name_##_job = { #name_, &in_t##_record, name_##_run }; \
	static const struct job *const name_##_listed __attribute__((used, section("wijzer_jobs"))) = &name_##_job; \
	static enum status name_(struct ctx *c, const struct in_t *in)

/* Done every night at three, Amsterdam's clock, from the first night a server runs: NIGHTLY(keeping_begin) { … c … }. What takes long is handed to other jobs. */
struct job_night { date day; };
extern const struct record job_night_record;
#define NIGHTLY(name_) \
	must_use static enum status name_(struct ctx *c); \
	static enum status name_##_run(struct ctx *c, const void *in) { (void)in; return name_(c); } \
	static const struct job name_##_job = { #name_, &job_night_record, name_##_run, true }; \
	static const struct job *const name_##_listed __attribute__((used, section("wijzer_jobs"))) = &name_##_job; \
	static enum status name_(struct ctx *c)

/* One of the same name and input that still waits is enough: a second is dropped. */
#define job_add(c, name, in, due) job_add_named((c), &name##_job, (in), (due))
enum status job_add_named(struct ctx *c, const struct job *job, const void *in, instant due) must_use;
