/* tour.h - five steps through a demonstration, another five for each kind of user. */
#pragma once
#include "base/context.h"

struct tour { int64_t step, steps; str text, path; };

/* The step that the asker is at; `step` 0 when there is no tour, because this is no demonstration or it was put away. */
enum status tour_load(struct ctx *c, struct tour *out) must_use;
