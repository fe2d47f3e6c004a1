/* results_said.c - what people wrote or chose, under the figures of a closed round. */
#include "results.h"
#include "web/access.h"

RECORD(survey_comment_ask, FIELD(survey_comment_ask, round), FIELD(survey_comment_ask, place), FIELD(survey_comment_ask, all));
RECORD(survey_comment_count, FIELD(survey_comment_count, place), FIELD(survey_comment_count, count), FIELD(survey_comment_count, quoted));

/* From ten on, over the whole organisation, in the order of their random names. Who did not want to be quoted is read by learning and HR only. */
enum status results_remarks(struct ctx *c, struct results_page *out, const struct figures *f)
{
	list counts = { 0 };
	bool all = may(c, S("surveys.manage"));
	TRY(store_all(c, comments_counted, (&(struct by_id){ out->round.id }), &counts));
	for (each(struct survey_question, q, f->questions)) {
		if (!str_eq(q->kind, S("text")))
			continue;
		struct survey_remarks *r = list_add(c->arena, &out->remarks, struct survey_remarks);
		struct survey_comment_ask ask = { out->round.id, q->place, all };
		list comments = { 0 };
		int64_t quoted = 0;
		r->text = q->text;
		for (each(struct survey_comment_count, x, counts))
			if (x->place == q->place) {
				r->count = x->count;
				quoted = all ? x->count : x->quoted;
			}
		if (r->count < COMMENTS_LEAST) {
			r->count = 0;
			continue;
		}
		TRY(store_all(c, comments_shown, &ask, &comments));
		for (each(struct survey_comment, x, comments))
			*list_add(c->arena, &r->quotes, struct survey_remark) = (struct survey_remark){ x->text };
		r->left = r->count - quoted;
		r->more = quoted - (int64_t)comments.count;
	}
	return OK;
}

void results_options(struct ctx *c, struct results_page *out, const struct figures *f)
{
	for (each(struct survey_question, q, f->questions)) {
		const struct survey_figure *x = figure_find(&f->all, 0, q->place);
		if (!x || (!str_eq(q->kind, S("choice")) && !str_eq(q->kind, S("several"))))
			continue;
		struct survey_screen s = { 0 };
		list one = { 0 };
		*list_add(c->arena, &one, struct survey_question) = *q;
		screen_fill(c, &one, q->place, NULL, &s);
		struct survey_options *o = list_add(c->arena, &out->options, struct survey_options);
		o->text = q->text;
		o->band = result_band(c, x->n);
		str counts = x->counts, number;
		str_cut(counts, ',', &number, &counts);
		for (each(struct survey_choice, k, s.choices)) {
			int64_t n = 0;
			if (str_eq(k->value, S("x")))
				continue;
			str_cut(counts, ',', &number, &counts);
			str_to_int(number, &n);
			*list_add(c->arena, &o->rows, struct survey_option_row) = (struct survey_option_row){ k->text, (100 * n + x->n / 2) / x->n };
		}
	}
}
