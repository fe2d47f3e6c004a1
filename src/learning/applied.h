/* applied.h - what is there of statements, pair by pair, so that rules can be held against it. */
#pragma once
#include "inside.h"

/* What was done with what, by everybody who is known, in the last twelve whole months. */
struct done_pair { struct learning_done sum; int64_t people, last; };
struct applied { date from, until; list pairs; struct map places; list people; };

/* Pairs, and of each rule (by its place among `rules`; the last one: no rule) how many people it is about. */
struct applied_rule { int64_t times, people, last; };
enum status applied_load(struct ctx *c, const struct rules *rules, struct applied *out, struct applied_rule **by_rule) must_use;

/* How much of each kind there is under a set of rules; NOT_COUNTED: what does not count. */
struct applied_sum { double hours[KINDS + 1]; int64_t times[KINDS + 1]; };
struct applied_sum applied_sum(struct ctx *c, const struct applied *a, const struct rules *rules);

/* Told in steps of five, so that a handful of people cannot be worked out from a sum less its other parts. */
double in_steps(double x);
