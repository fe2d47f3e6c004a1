/* parts.c - a whole in a few parts: one bar, and of each part its share and between which two numbers it lies. */
#include "chart.h"
#include "view/view.words.h"
#include <math.h>

enum { LABEL_LEAST = 14 };                     /* a percentage fits in a part of so many hundredths, also on a phone */

static str share_word(struct view *v, const struct chart_part *p)
{
	const str values[] = { p->label, percent_view(v, p->share), percent_view(v, p->low), percent_view(v, p->high) };
	return word_text(v->c->arena, v->language, W(view_part), values, 4);
}

static str between_word(struct view *v, const struct chart_part *p)
{
	const str values[] = { percent_view(v, p->low), percent_view(v, p->high) };
	return word_text(v->c->arena, v->language, W(view_part_between), values, 2);
}

static void described(struct view *v, const list *parts)
{
	view_raw(v, S(" role=\"img\" aria-label=\""));
	size_t i = 0;
	for (each(const struct chart_part, p, *parts)) {
		view_raw(v, i++ ? S("; ") : S(""));
		view_text(v, share_word(v, p));
	}
	view_raw(v, S("\">"));
}

static void segments(struct view *v, const list *parts, int height, bool labels)
{
	double at = 0;
	int i = 0;
	for (each(const struct chart_part, p, *parts)) {
		double width = 100 * p->share;
		buffer_add_format(v->out, "<rect class=\"part p%d\" x=\"%.2f%%\" width=\"%.2f%%\" height=\"%d\"/>", ++i, at, width, height);
		if (labels && width >= LABEL_LEAST) {
			buffer_add_format(v->out, "<text class=\"on p%d\" x=\"%.2f%%\" y=\"%d\" text-anchor=\"middle\">", i, at + width / 2, height / 2 + 4);
			view_text(v, percent_view(v, p->share));
			view_raw(v, S("</text>"));
		}
		at += width;
		if (i < (int)parts->count)
			buffer_add_format(v->out, "<line class=\"cut\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"0\" y2=\"%d\"/>", at, at, height);
	}
}

void chart_parts_small(struct view *v, list parts)
{
	view_raw(v, S("<svg class=\"parts small\" height=\"16\""));
	described(v, &parts);
	segments(v, &parts, 16, false);
	view_raw(v, S("</svg>"));
}

/* A band for where the share probably lies, a dot where it does. */
static void track(struct view *v, const struct chart_part *p, int i)
{
	double low = 100 * p->low, width = fmax(100 * (p->high - p->low), 1);
	buffer_add_format(v->out, "<svg aria-hidden=\"true\" height=\"16\"><rect class=\"reach p%d\" x=\"%.2f%%\" width=\"%.2f%%\" y=\"4\" height=\"8\" rx=\"4\"/>"
		"<circle class=\"part p%d\" cx=\"%.2f%%\" cy=\"8\" r=\"5\"/></svg>", i, fmin(low, 99), width, i, fmin(fmax(100 * p->share, 1), 99));
}

void chart_parts(struct view *v, list parts)
{
	int i = 0;
	view_raw(v, S("<svg class=\"parts\" height=\"44\""));
	described(v, &parts);
	segments(v, &parts, 44, true);
	view_raw(v, S("</svg><dl class=\"bars shares\">"));
	for (each(const struct chart_part, p, parts)) {
		buffer_add_format(v->out, "<div><dt><span class=\"swatch p%d\"></span>", ++i);
		view_text(v, p->label);
		view_raw(v, S("</dt><dd>"));
		track(v, p, i);
		view_raw(v, S("</dd><dd>"));
		view_text(v, percent_view(v, p->share));
		view_raw(v, S(" <small>"));
		view_text(v, between_word(v, p));
		view_raw(v, S("</small></dd></div>"));
	}
	view_raw(v, S("</dl>"));
}
