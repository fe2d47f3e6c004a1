/* log.h - the entry as pages and exports describe it, and how one is made. */
#pragma once
#include "inside.h"
#include "view/view.h"
#include "view/view.words.h"
#include <math.h>

extern const struct record journal_entry_record;

/* A new entry of this person, sealed; CONFLICT when there are as many as one log may hold. */
enum status entry_new(struct ctx *c, int64_t person, const struct journal_text *text, int64_t *id) must_use;

/* {e.kind|how}: "in het werk". {e.hours|hours}: "1,5 uur"; no text when it was not said. */
static inline str how_view(struct view *v, str kind)
{
	return of_choice_view(v, kind, journal_kinds);
}

static inline str hours_view(struct view *v, double hours)
{
	return isnan(hours) ? (str){ 0 } : word_text(v->c->arena, v->language, W(journal_hours_of), (const str[]){ decimal_view(v, hours, hours == floor(hours) ? 0 : 1) }, 1);
}
