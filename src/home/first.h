/* first.h - the five steps from an empty database to a first result. */
#pragma once
#include "base/context.h"
#include "record/record.h"

struct first_step { str name, title, text, path, action; bool done, now, skipped; };
extern const struct record first_step_record;

/* The five steps with their state; `left` counts those neither done nor skipped. */
enum status first_steps(struct ctx *c, list *out, int64_t *left) must_use;
