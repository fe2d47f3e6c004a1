/* picture.c - who said what over two years: across is time, up is further; the same figures stand in the label. */
#include "inside.h"
#include "skills/skills.h"

const struct word *by_view(struct view *v, str source)
{
	(void)v;
	static const struct word *const words[SOURCES] = { W(ratings_by_self), W(ratings_by_lead), W(ratings_by_peer), W(ratings_by_test),
		W(ratings_by_evidence), W(ratings_by_certificate) };
	enum source s = source_of(source);
	return s < SOURCES ? words[s] : NULL;
}

str level_view(struct view *v, int64_t level)
{
	return level_word(v->c, (int)level);
}

static double level_y(int64_t height, double level)
{
	return (double)height - 5 - (level - 1) * ((double)height - 10) / (LEVELS - 1);
}

/* "Lastige gesprekken: jijzelf ervaren, september 2025; collega basis, juni 2026" */
static str words_of(struct view *v, const struct sources_picture *p)
{
	if (!p->points.count)
		return word_text(v->c->arena, v->language, W(ratings_picture_empty), &p->name, 1);
	str all = { 0 };
	for (each(struct source_point, s, p->points)) {
		str one = text_format(v->c->arena, S_FMT " " S_FMT ", " S_FMT, S_ARG(by_view(v, str_of(source_names[s->source]))->text[v->language]),
			S_ARG(level_word(v->c, (int)s->level)), S_ARG(month_view(v, s->day)));
		all = all.len ? text_format(v->c->arena, S_FMT "; " S_FMT, S_ARG(all), S_ARG(one)) : one;
	}
	return text_format(v->c->arena, S_FMT ": " S_FMT, S_ARG(p->name), S_ARG(all));
}

static void line_draw(struct view *v, str class_then, double y)
{
	view_raw(v, class_then);
	view_raw(v, S(" x1=\"0\" x2=\"100%\" y1=\""));
	view_tenths(v, y);
	view_raw(v, S("\" y2=\""));
	view_tenths(v, y);
	view_raw(v, S("\"/>"));
}

static void point_draw(struct view *v, const struct source_point *s, double x, double y)
{
	str name = str_of(source_names[s->source]);
	view_raw(v, S("<use class=\"source "));
	view_raw(v, name);
	view_raw(v, S("\" href=\"/style/icons.svg#by-"));
	view_raw(v, name);
	view_raw(v, S("\" x=\""));
	view_tenths(v, x);
	view_raw(v, S("%\" y=\""));
	view_tenths(v, y);
	view_raw(v, S("\"/>"));
}

/* Written piece by piece: twelve of these stand on a page, and printf took a quarter of its time. */
void sources_picture(struct view *v, const struct sources_picture *p)
{
	int64_t height = p->height ? p->height : 44;
	date from = date_add_months(p->until, -PICTURE_MONTHS);
	view_raw(v, S("<svg class=\"sources\" height=\""));
	view_int(v, height);
	view_raw(v, S("\" role=\"img\" aria-label=\""));
	view_text(v, words_of(v, p));
	view_raw(v, S("\">"));
	for (int level = 1; level <= (height > 44 ? LEVELS : 1); level++)
		line_draw(v, S("<line class=\"axis\""), level_y(height, level));
	if (p->needed)
		line_draw(v, S("<line class=\"need\""), level_y(height, (double)p->needed));
	for (each(struct source_point, s, p->points))
		point_draw(v, s, 3 + 94.0 * date_days_between(from, s->day) / date_days_between(from, p->until), level_y(height, (double)s->level));
	view_raw(v, S("</svg>"));
}
