/* starter.h - the ambitions that come along. */
#pragma once
#include "strategy.h"

struct starter { str key, name, why; list skills; };          /* of struct starter_skill */
struct starter_skill { str name; };
extern const struct record starter_record, starter_skill_record;

/* Those that are not among `ambitions` by name, in either language. */
enum status starters_left(struct ctx *c, const list *ambitions, list *out) must_use;
