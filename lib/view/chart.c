/* chart.c - ranges, bars, intervals and lines, as SVG and as words. */
#include "chart.h"
#include "view/view.words.h"
#include <math.h>

enum { LINE_HEIGHT = 160, LINE_TOP = 20, LINE_BOTTOM = 136 };

/* Numbers only: whatever somebody typed goes through view_text. */
__attribute__((format(printf, 2, 3))) static void draw(struct view *v, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	view_raw(v, text_vformat(v->c->arena, format, values));
	va_end(values);
}

static double between(double x, double least, double most)
{
	return x < least ? least : x > most ? most : x;
}

static void described_begin(struct view *v, const char *class, int height, str words)
{
	draw(v, "<svg%s height=\"%d\" role=\"img\" aria-label=\"", class, height);
	view_text(v, words);
	view_raw(v, S("\">"));
}

static str word_of(struct view *v, const struct word *w, const str *values, size_t count)
{
	return word_text(v->c->arena, v->language, w, values, count);
}

/* ---- range ---- */

const struct word *chart_level(int64_t level)
{
	static const struct word *const words[CHART_LEVELS] = { W(view_level_1), W(view_level_2), W(view_level_3), W(view_level_4), W(view_level_5) };
	return words[level < 1 ? 0 : level > CHART_LEVELS ? CHART_LEVELS - 1 : level - 1];
}

str range_view(struct view *v, struct chart_range r)
{
	if (!r.known)
		return W(view_unknown)->text[v->language];
	const struct word *low = chart_level(lround(r.low)), *high = chart_level(lround(r.high));
	if (low == high)
		return low->text[v->language];
	return word_of(v, W(view_between), (const str[]){ low->text[v->language], high->text[v->language] }, 2);
}

static str range_words(struct view *v, const struct chart_range *r)
{
	str needed = chart_level(r->needed)->text[v->language];
	if (!r->known)
		return r->needed ? word_of(v, W(view_chart_range_unknown), (const str[]){ r->name, needed }, 2)
			: word_of(v, W(view_chart_range_nothing), (const str[]){ r->name }, 1);
	str where = range_view(v, *r);
	return r->needed ? word_of(v, W(view_chart_range), (const str[]){ r->name, where, needed }, 3)
		: word_of(v, W(view_chart_range_only), (const str[]){ r->name, where }, 2);
}

/* A level's middle lies half a step in; the ends of the scale are those of the picture. */
static double level_x(double level)
{
	return between((level - .5) * 100 / CHART_LEVELS, 0, 100);
}

void chart_range(struct view *v, const struct chart_range *r)
{
	described_begin(v, " class=\"range\"", 28, range_words(v, r));
	if (r->known) {
		double from = level_x(r->low), width = fmax(level_x(r->high) - from, 3);      /* a sure range is still seen */
		view_raw(v, r->alone ? S("<rect class=\"band alone\" x=\"") : r->below ? S("<rect class=\"band below\" x=\"") : S("<rect class=\"band\" x=\""));
		view_tenths(v, from);
		view_raw(v, S("%\" width=\""));
		view_tenths(v, width);
		view_raw(v, S("%\" y=\"9\" height=\"10\" rx=\"5\"/>"));
	}
	if (r->needed)
		draw(v, "<use class=\"need\" href=\"/style/icons.svg#needed\" x=\"%.0f%%\"/>", level_x((double)r->needed));
	view_raw(v, S("</svg>"));
}

/* ---- bars ---- */

void chart_bars(struct view *v, list bars)
{
	int64_t most = 1;
	for (each(const struct chart_bar, b, bars))
		most = b->count > most ? b->count : most;
	view_raw(v, S("<dl class=\"bars\">"));
	for (each(const struct chart_bar, b, bars)) {
		view_raw(v, b->needed ? S("<div class=\"needed\"><dt>") : S("<div><dt>"));
		view_text(v, b->label);
		draw(v, "</dt><dd><svg aria-hidden=\"true\" height=\"16\"><rect class=\"bar-fill%s\" width=\"%.1f%%\" height=\"16\" rx=\"3\"/></svg></dd><dd>",
			b->less ? " less" : "", 100 * (double)b->count / (double)most);
		view_int(v, b->count);
		view_raw(v, S("</dd></div>"));
	}
	view_raw(v, S("</dl>"));
}

/* ---- interval ---- */

static double people_x(const struct chart_interval *i, double people)
{
	return between(80 * people / (double)(i->needed > 0 ? i->needed : 1), 0, 99);
}

bool chart_is_behind(const struct chart_interval *i)
{
	return i->known && lround(i->expected) < i->needed;
}

static void interval_unknown(struct view *v, str needed)
{
	described_begin(v, "", 64, word_of(v, W(view_chart_interval_unknown), &needed, 1));
	view_raw(v, S("<rect class=\"unknown-box\" x=\"0\" width=\"80%\" y=\"22\" height=\"20\"/><text x=\"40%\" y=\"36\" text-anchor=\"middle\">"));
	view_word(v, W(view_unknown));
	view_raw(v, S("</text></svg>"));
}

void chart_interval(struct view *v, const struct chart_interval *i)
{
	str needed = text_of_int(v->c, i->needed);
	if (!i->known) {
		interval_unknown(v, needed);
		return;
	}
	int64_t expected = lround(i->expected);
	double at = people_x(i, i->expected), low = people_x(i, i->low), high = people_x(i, i->high);
	described_begin(v, "", 64, word_of(v, W(view_chart_interval),
		(const str[]){ needed, text_of_int(v->c, expected), text_of_int(v->c, lround(i->low)), text_of_int(v->c, lround(i->high)) }, 4));
	draw(v, "<rect class=\"reach\" x=\"0\" width=\"%.1f%%\" y=\"22\" height=\"20\"/>", at);
	if (chart_is_behind(i))
		draw(v, "<rect class=\"gap\" x=\"%.1f%%\" width=\"%.1f%%\" y=\"22\" height=\"20\"/>", at, fmax(80 - at, 0));
	draw(v, "<rect class=\"between\" x=\"%.1f%%\" width=\"%.1f%%\" y=\"29\" height=\"6\" rx=\"3\"/><circle class=\"at\" cx=\"%.1f%%\" cy=\"32\" r=\"7\"/>",
		low, fmax(high - low, 0), at);
	if (chart_is_behind(i)) {
		str missing = text_of_int(v->c, i->needed - expected);
		view_raw(v, S("<text class=\"short\" x=\"79%\" y=\"17\" text-anchor=\"end\">"));
		view_text(v, word_of(v, W(view_short), &missing, 1));
		view_raw(v, S("</text>"));
	}
	view_raw(v, S("</svg>"));
}

/* ---- line ---- */

static const struct chart_point *point(const struct chart_line *l, size_t i)
{
	return list_item(l->points, const struct chart_point, i);
}

static str value_text(struct view *v, const struct chart_line *l, double x)
{
	return l->percent ? percent_view(v, x) : l->counts ? text_of_int(v->c, llround(x)) : text_of_real(v->c, x);
}

/* Room is left at both sides, so that the first and last labels stay inside. */
static double day_x(const struct chart_line *l, date d)
{
	date first = point(l, 0)->day, last = point(l, l->points.count - 1)->day;
	int days = date_days_between(first, last);
	return days > 0 ? between(8 + 84.0 * date_days_between(first, d) / days, 0, 100) : 50;
}

static double value_y(const struct chart_line *l, double x)
{
	double range = l->most > l->least ? l->most - l->least : 1;
	return LINE_BOTTOM - (LINE_BOTTOM - LINE_TOP) * between((x - l->least) / range, 0, 1);
}

static str line_words(struct view *v, const struct chart_line *l)
{
	const struct chart_point *first = NULL, *last = NULL;
	for (each(const struct chart_point, p, l->points))
		if (p->value == p->value) {
			first = first ? first : p;
			last = p;
		}
	if (!first)
		return word_of(v, W(view_chart_range_nothing), &l->name, 1);
	return word_of(v, W(view_chart_line), (const str[]){ l->name, value_text(v, l, first->value), text_of_date(v->c, first->day),
		value_text(v, l, last->value), text_of_date(v->c, last->day) }, 5);
}

static void axis_write(struct view *v, const struct chart_line *l, double value)
{
	double y = value_y(l, value);
	draw(v, "<line class=\"axis\" x1=\"0\" x2=\"100%%\" y1=\"%.1f\" y2=\"%.1f\"/><text x=\"0\" y=\"%.1f\">", y, y, y - 4);
	view_text(v, value_text(v, l, value));
	view_raw(v, S("</text>"));
}

static void day_write(struct view *v, const struct chart_line *l, date d)
{
	draw(v, "<text x=\"%.1f%%\" y=\"%d\" text-anchor=\"middle\">", day_x(l, d), LINE_HEIGHT - 6);
	view_text(v, short_view(v, d));
	view_raw(v, S("</text>"));
}

static void events_write(struct view *v, const struct chart_line *l)
{
	for (each(const struct chart_event, e, l->events)) {
		double x = day_x(l, e->day);
		draw(v, "<line class=\"event\" x1=\"%.1f%%\" x2=\"%.1f%%\" y1=\"%d\" y2=\"%d\"/><text x=\"%.1f%%\" y=\"12\" text-anchor=\"middle\">", x, x, LINE_TOP, LINE_BOTTOM, x);
		view_text(v, e->label);
		view_raw(v, S("</text>"));
	}
}

static void points_write(struct view *v, const struct chart_line *l)
{
	for (size_t i = 0; i < l->points.count; i++) {
		const struct chart_point *p = point(l, i), *q = i ? point(l, i - 1) : p;
		if (p->value != p->value)
			continue;
		if (i && q->value == q->value)
			draw(v, "<line class=\"trend\" x1=\"%.1f%%\" y1=\"%.1f\" x2=\"%.1f%%\" y2=\"%.1f\"/>",
				day_x(l, q->day), value_y(l, q->value), day_x(l, p->day), value_y(l, p->value));
		draw(v, "<circle class=\"dot\" cx=\"%.1f%%\" cy=\"%.1f\" r=\"4\"/>", day_x(l, p->day), value_y(l, p->value));
	}
}

static void row_write(struct view *v, date d, str text)
{
	view_raw(v, S("<tr><th scope=\"row\">"));
	view_date(v, d);
	view_raw(v, S("</th><td>"));
	view_text(v, text);
	view_raw(v, S("</td></tr>"));
}

static void figures_write(struct view *v, const struct chart_line *l)
{
	view_raw(v, S("<details class=\"more\"><summary><svg class=\"icon\" aria-hidden=\"true\"><use href=\"/style/icons.svg#chevron-right\"/></svg>"));
	view_word(v, W(view_figures));
	view_raw(v, S("</summary><table class=\"table\"><thead><tr><th scope=\"col\">"));
	view_word(v, W(view_day));
	view_raw(v, S("</th><th scope=\"col\">"));
	view_text(v, l->name);
	view_raw(v, S("</th></tr></thead><tbody>"));
	size_t e = 0;
	for (each(const struct chart_point, p, l->points)) {
		for (; e < l->events.count && list_item(l->events, struct chart_event, e)->day.day <= p->day.day; e++)
			row_write(v, list_item(l->events, struct chart_event, e)->day, list_item(l->events, struct chart_event, e)->label);
		row_write(v, p->day, p->value == p->value ? value_text(v, l, p->value) : W(view_unknown)->text[v->language]);
	}
	for (; e < l->events.count; e++)
		row_write(v, list_item(l->events, struct chart_event, e)->day, list_item(l->events, struct chart_event, e)->label);
	view_raw(v, S("</tbody></table></details>"));
}

void chart_line(struct view *v, const struct chart_line *l)
{
	if (!l->points.count)
		return;
	described_begin(v, " class=\"chart\"", LINE_HEIGHT, line_words(v, l));
	axis_write(v, l, l->least);
	axis_write(v, l, l->most);
	events_write(v, l);
	points_write(v, l);
	day_write(v, l, point(l, 0)->day);
	if (l->points.count > 1)
		day_write(v, l, point(l, l->points.count - 1)->day);
	view_raw(v, S("</svg>"));
	figures_write(v, l);
}
