/* picture.h - who said what over time, as a small picture and in words. */
#pragma once
#include "base/list.h"
#include "ratings.h"
#include "view/view.h"

struct source_point { enum source source; int64_t level; date day; };
struct sources_picture {
	str name;                          /* of the skill: begins what is read aloud */
	date until;                        /* its right end; the left lies two years before */
	int64_t needed;                    /* 0: nothing is */
	int64_t height;                    /* 0: 44, in a row */
	list points;                       /* of struct source_point, by day */
};
enum { PICTURE_MONTHS = 24 };
void sources_picture(struct view *v, const struct sources_picture *p);
/* gevorderd: {s.level|level} */
str level_view(struct view *v, int64_t level);
/* jijzelf, leidinggevende, collega …: {r.source|by} */
const struct word *by_view(struct view *v, str source);
