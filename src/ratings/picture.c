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

__attribute__((format(printf, 2, 3))) static void draw(struct view *v, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	view_raw(v, text_vformat(v->c->arena, format, values));
	va_end(values);
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

void sources_picture(struct view *v, const struct sources_picture *p)
{
	int64_t height = p->height ? p->height : 44;
	date from = date_add_months(p->until, -PICTURE_MONTHS);
	draw(v, "<svg class=\"sources\" height=\"%lld\" role=\"img\" aria-label=\"", (long long)height);
	view_text(v, words_of(v, p));
	view_raw(v, S("\">"));
	for (int level = 1; level <= (height > 44 ? LEVELS : 1); level++)
		draw(v, "<line class=\"axis\" x1=\"0\" x2=\"100%%\" y1=\"%.1f\" y2=\"%.1f\"/>", level_y(height, level), level_y(height, level));
	if (p->needed)
		draw(v, "<line class=\"need\" x1=\"0\" x2=\"100%%\" y1=\"%.1f\" y2=\"%.1f\"/>", level_y(height, (double)p->needed), level_y(height, (double)p->needed));
	for (each(struct source_point, s, p->points)) {
		const char *name = source_names[s->source];
		double x = 3 + 94.0 * date_days_between(from, s->day) / date_days_between(from, p->until);
		draw(v, "<use class=\"source %s\" href=\"/style/icons.svg#by-%s\" x=\"%.1f%%\" y=\"%.1f\"/>", name, name, x, level_y(height, (double)s->level));
	}
	view_raw(v, S("</svg>"));
}
