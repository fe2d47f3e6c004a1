/* mine.h - what the record has of me, and which tools looked. */
#pragma once
#include "base/context.h"

/* A tool asked for what others sent about this actor (0: nobody by name). Once a day is remembered, for whom it is about. */
enum status tool_looked(struct ctx *c, int64_t actor) must_use;
