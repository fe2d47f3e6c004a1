/* results_how.c - behind "how was this computed": how reliable the scales are, how far a team agrees, and what goes together. */
#include "results.h"
#include "stats/agreement.h"
#include "stats/scale.h"
#include <math.h>

RECORD(survey_unit_key, FIELD(survey_unit_key, round), FIELD(survey_unit_key, unit));

/* Together less than a tenth of the differences: then how it divides is mostly noise, and only that is said. */
#define DRIVERS_WEAK .10
enum { DRIVERS_SHOWN = 5 };

static str name_of_scale(const list *instruments, str key)
{
	for (each(struct instrument, i, *instruments))
		if (str_eq(i->key, key))
			return i->name;
	return key;                                            /* of one's own: as it was called */
}

static str name_of_question(const struct figures *f, int64_t place)
{
	for (each(struct survey_question, q, f->questions))
		if (q->place == place)
			return q->text;
	return S("");
}

/* Of what is sensitive the whole organisation's, too: it is one number over everybody. */
enum status results_scales(struct ctx *c, struct results_page *out, const struct figures *f, const list *instruments)
{
	list scales = { 0 }, climates = { 0 };
	TRY(store_all(c, scales_of, (&(struct by_id){ out->round.id }), &scales));
	TRY(store_all(c, climates_of, (&(struct by_id){ out->round.id }), &climates));
	for (each(struct survey_scale, s, scales))
		*list_add(c->arena, &out->scales, struct scale_row) = (struct scale_row){ name_of_scale(instruments, s->instrument), s->n / 5 * 5, 0, s->alpha, s->low, s->high, s->omega, NAN, NAN, NAN,
			s->alpha >= SCALE_RELIABLE, false };
	for (each(struct survey_climate, k, climates)) {
		str name = k->place ? name_of_question(f, k->place) : name_of_scale(instruments, k->scale);
		struct scale_row *row = NULL;
		for (each(struct scale_row, x, out->scales))
			if (!k->place && str_eq(x->name, name))
				row = x;
		if (!row) {
			row = list_add(c->arena, &out->scales, struct scale_row);
			*row = (struct scale_row){ .name = name, .n = k->n / 5 * 5, .alpha = NAN, .low = NAN, .high = NAN, .omega = NAN };
		}
		row->teams = k->teams;
		row->icc1 = k->icc1;
		row->icc2 = k->icc2;
		row->rwg = k->rwg;
		row->teams_differ = k->icc2 >= AGREEMENT_ICC2;
	}
	return OK;
}

/* How far the people of the team that is looked at agree: two decimals, for it is about few. */
enum status results_agreed(struct ctx *c, struct results_page *out, const struct reader *r, const struct figures *f, const list *instruments)
{
	list teams = { 0 };
	if (!out->unit)
		return OK;
	TRY(store_all(c, teams_of, (&(struct survey_unit_key){ out->round.id, out->unit }), &teams));
	for (each(struct survey_team, t, teams)) {
		bool hidden = false;
		for (each(struct survey_question, q, f->questions))
			hidden |= str_eq(question_scale(instruments, q), t->scale) && result_is_hidden(r, q, out->unit);
		if (!hidden && t->n >= 10)
			*list_add(c->arena, &out->agreed, struct survey_agreed) = (struct survey_agreed){ name_of_scale(instruments, t->scale),
				t->rwg >= AGREEMENT_RWG ? W(surveys_team_agrees)->text[c->language] : W(surveys_team_differs)->text[c->language], round(100 * t->rwg) / 100, t->n / 5 * 5 };
	}
	return OK;
}

enum status results_drivers(struct ctx *c, struct results_page *out, const struct figures *f, const list *instruments)
{
	list drivers = { 0 };
	TRY(store_all(c, drivers_of_round, (&(struct by_id){ out->round.id }), &drivers));
	for (each(struct survey_question, q, f->questions))
		if (q->outcome && !out->outcome.len)
			out->outcome = q->text;
	for (each(struct survey_driver, d, drivers)) {
		out->drivers_r2 = d->r2;
		out->drivers_n = d->n / 5 * 5;
		out->drivers_weak = d->r2 < DRIVERS_WEAK;
		*list_add(c->arena, &out->drivers, struct survey_driver_row) = (struct survey_driver_row){ d->place ? name_of_question(f, d->place) : name_of_scale(instruments, d->scale), d->share, d->low, d->high,
			d->r2 > 0 ? llround(100 * fmax(0, d->share) / d->r2) : 0, out->drivers.count <= DRIVERS_SHOWN };
		out->intervals |= isfinite(d->low);
	}
	return OK;
}
