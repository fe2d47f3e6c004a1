/* weights.c - how much each side counts, and from which share on it calls something a need: a versioned choice that everybody can read. */
#include "inside.h"
#include "view/view.h"
#include "view/view.words.h"
#include "web/operation.h"

enum { WEIGHT_MOST = 10, FROM_LEAST = 5, FROM_MOST = 95 };

#define WEIGHT(side) FIELD(need_policy, side##_weight, .label = W(needs_weight), .max = WEIGHT_MOST, .required = true)
#define FROM(side) FIELD(need_policy, side##_from, .label = W(needs_from), .min = FROM_LEAST, .max = FROM_MOST, .required = true)
RECORD(need_policy, FIELD(need_policy, id), WEIGHT(survey), FROM(survey), WEIGHT(figures), FROM(figures), WEIGHT(leavers), FROM(leavers), WEIGHT(leads), FROM(leads),
	FIELD(need_policy, reason, .label = W(needs_weights_reason), .hint = W(needs_weights_reason_hint), .required = true, .max = 300), FIELD(need_policy, account_name), FIELD(need_policy, made));

/* What ships: choices of ours, without a source, to be replaced by an organisation's own experience. docs/decisions/four-sides-on-one-scale.md has the reasons. */
static const struct need_policy shipped = { .survey_weight = 3, .survey_from = 50, .figures_weight = 3, .figures_from = 30, .leavers_weight = 1, .leavers_from = 15, .leads_weight = 2, .leads_from = 40 };

int64_t policy_weight(const struct need_policy *p, int side)
{
	const int64_t weights[SIDES] = { [SURVEY_SIDE] = p->survey_weight, [FIGURES_SIDE] = p->figures_weight, [LEAVERS_SIDE] = p->leavers_weight, [LEADS_SIDE] = p->leads_weight };
	return weights[side];
}

int64_t policy_from(const struct need_policy *p, int side)
{
	const int64_t from[SIDES] = { [SURVEY_SIDE] = p->survey_from, [FIGURES_SIDE] = p->figures_from, [LEAVERS_SIDE] = p->leavers_from, [LEADS_SIDE] = p->leads_from };
	return from[side];
}

enum status need_policy_load(struct ctx *c, struct need_policy *out)
{
	bool found;
	*out = (struct need_policy){ 0 };
	TRY(store_find(c, needs_policy_now, NOTHING, out, &found));
	if (!found)
		*out = shipped;
	return OK;
}

struct weights_form { int64_t survey_weight, survey_from, figures_weight, figures_from, leavers_weight, leavers_from, leads_weight, leads_from; str reason; };
#define FORM_WEIGHT(side, label_) FIELD(weights_form, side##_weight, .label = W(label_), .max = WEIGHT_MOST, .required = true)
#define FORM_FROM(side) FIELD(weights_form, side##_from, .label = W(needs_from), .min = FROM_LEAST, .max = FROM_MOST, .required = true)
RECORD(weights_form, FORM_WEIGHT(survey, needs_weight), FORM_FROM(survey), FORM_WEIGHT(figures, needs_weight), FORM_FROM(figures), FORM_WEIGHT(leavers, needs_weight), FORM_FROM(leavers),
	FORM_WEIGHT(leads, needs_weight), FORM_FROM(leads), FIELD(weights_form, reason, .label = W(needs_weights_reason), .hint = W(needs_weights_reason_hint), .required = true, .max = 300));

struct weights_page { struct need_policy now; struct weights_form form; list versions; bool ships; };
RECORD(weights_page, FIELD(weights_page, now, .of = &need_policy_record), FIELD(weights_page, form, .of = &weights_form_record), FIELD(weights_page, ships, .doc = "The weights that come along."), FIELD(weights_page, versions, .of = &need_policy_record));
#include "needs_weights.html.h"

OPERATION(need_weights_show, nothing, weights_page,
	.route = "GET /needs/weights",
	.allow = "trust.read",
	.page = weights_html,
	.lenient = true,
	.doc = "How much each side counts in what is needed and from which share on it calls something a need, with every version there was.")
{
	(void)in;
	TRY(need_policy_load(c, &out->now));
	TRY(store_all(c, needs_policies, NOTHING, &out->versions));
	const struct need_policy *n = &out->now;
	out->form = (struct weights_form){ n->survey_weight, n->survey_from, n->figures_weight, n->figures_from, n->leavers_weight, n->leavers_from, n->leads_weight, n->leads_from, { 0 } };
	out->ships = !n->id;
	return OK;
}

OPERATION(need_weights_set, weights_form, by_id,
	.route = "POST /needs/weights",
	.allow = "needs.manage",
	.effect = WRITES,
	.then = "/needs/weights",
	.back = "/needs/weights",
	.said = W(needs_weights_set),
	.doc = "A next version of the weights, with its reason. Figures themselves stay as they are.")
{
	if (!(in->survey_weight + in->figures_weight + in->leavers_weight + in->leads_weight))
		return object(c, S("survey_weight"), W(needs_weights_none));
	struct need_policy p = { .survey_weight = in->survey_weight, .survey_from = in->survey_from, .figures_weight = in->figures_weight, .figures_from = in->figures_from,
		.leavers_weight = in->leavers_weight, .leavers_from = in->leavers_from, .leads_weight = in->leads_weight, .leads_from = in->leads_from, .reason = in->reason };
	return store_one(c, needs_policy_add, &p, out);
}
