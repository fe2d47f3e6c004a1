/* chart.h - pictures made on the server. Each says its figures in words too, for who does not see it.
 *
 * An SVG here has no viewBox: across it is drawn in percent and down in pixels, so that it takes any width and its
 * text keeps its size. Classes are those of lib/style/README.md. From a template: {draw chart_range &g.range}.
 */
#pragma once
#include "view.h"

enum { CHART_LEVELS = 5 };

/* chart_level: 1 beginnend … 5 expert. */
const struct word *chart_level(int64_t level);

/* Where somebody probably stands on the five levels, and what is needed. No decimal is ever shown. */
struct chart_range {
	str name;                          /* of the skill: begins what is read aloud */
	bool known;
	double low, high;                  /* of the 80 % interval, 1 to 5 */
	int64_t needed;                    /* 1 to 5; 0: nothing is */
	bool below;                        /* probably under what is needed */
	bool alone;                        /* rests on a self-rating only: not confirmed */
};
void chart_range(struct view *v, const struct chart_range *r);
/* "tussen basis en gevorderd", "gevorderd" when both ends are, "nog niet bekend": {range|range} */
str range_view(struct view *v, struct chart_range r);

/* How many on each level, or of each kind: a list of definitions, so that its figures are text. */
struct chart_bar { str label; int64_t count; bool needed, less; };
void chart_bars(struct view *v, list bars);                /* of struct chart_bar, from top to bottom */

/* The picture in a row of "the line": people at target, needed and expected. Scaled to its own need, which lies at four fifths. */
struct chart_interval {
	int64_t needed;                    /* people; at least 1 */
	bool known;
	double expected, low, high;        /* people; 80 % interval */
};
void chart_interval(struct view *v, const struct chart_interval *i);
bool chart_is_behind(const struct chart_interval *i);      /* fewer expected than needed, as the figures are shown: for class="behind" */

/* A figure over time with what happened meanwhile, and beneath it the same as a table. */
struct chart_point { date day; double value; };            /* NaN: not known on that day, the line breaks */
struct chart_event { date day; str label; };
struct chart_line {
	str name;                          /* what the figure is: begins what is read aloud, heads its column */
	list points;                       /* of struct chart_point, by day */
	list events;                       /* of struct chart_event, by day */
	double least, most;                /* of the axis */
	bool percent;                      /* values are shares */
	bool counts;                       /* values are how many */
};
void chart_line(struct view *v, const struct chart_line *l);

/* A whole in at most five parts, in the order given: one bar, and beneath it each part's share and between which two numbers it lies. Small: the bar alone,
 * for a row of a table. (parts.c) */
struct chart_part { str label; double share, low, high; };
void chart_parts(struct view *v, list parts);              /* of struct chart_part */
void chart_parts_small(struct view *v, list parts);
