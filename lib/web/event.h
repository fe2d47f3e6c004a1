/* event.h - telling features that come later what happened, in the same transaction.
 *
 * A feature may call only those before it in features.c. What an earlier one does, a later one
 * hears: EVENT is raised with a record, and each HEARS body runs at once, in the order of features.
 */
#pragma once
#include "base/context.h"

struct hearer { const char *event; enum status (*run)(struct ctx *c, const void *what); const char *file; };

/* HEARS(rating_added, struct rating_ref, estimate_again) { … c, what … } */
#define HEARS(name, type, body_name) \
	must_use static enum status body_name(struct ctx *c, const type *what); \
	static enum status body_name##_run(struct ctx *c, const void *what) { return body_name(c, what); } \
	static const struct hearer body_name##_hearer = { #name, body_name##_run, __FILE__ }; \
	static const struct hearer *const body_name##_listed __attribute__((used, section("wijzer_hearers"))) = &body_name##_hearer; \
	static enum status body_name(struct ctx *c, const type *what)

/* event_raise: runs every hearer; the first that does not answer OK ends the whole operation. */
enum status event_raise(struct ctx *c, str event, const void *what) must_use;
