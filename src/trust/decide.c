/* decide.c - recording a basis, proposing a change, deciding about it. Nothing is overwritten. */
#include "inside.h"
#include "keeping.h"
#include "web/event.h"
#include "web/operation.h"

struct basis_form { str purpose, kind; date day; str document, scope; };
static const struct choice purposes[] = { { S("ratings"), W(trust_purpose_ratings) }, { S("surveys"), W(trust_purpose_surveys) }, { S("practice"), W(trust_purpose_practice) }, { S("learning"), W(trust_purpose_learning) }, { S("needs"), W(trust_purpose_needs) }, { 0 } };
static const struct choice kinds[] = { { S("agreement"), W(trust_kind_agreement) }, { S("informed"), W(trust_kind_informed) }, { 0 } };
RECORD(basis_form,
	FIELD(basis_form, purpose, .label = W(trust_field_purpose), .choices = purposes, .required = true),
	FIELD(basis_form, kind, .label = W(trust_field_kind), .choices = kinds, .required = true),
	FIELD(basis_form, day, .label = W(trust_field_day), .required = true),
	FIELD(basis_form, document, .label = W(trust_field_document), .hint = W(trust_field_document_hint), .required = true, .max = 200),
	FIELD(basis_form, scope, .label = W(trust_field_scope), .hint = W(trust_field_scope_hint), .required = true, .max = 1000, .lines = true));

OPERATION(basis_record_one, basis_form, nothing,
	.route = "POST /trust/bases",
	.allow = "trust.record",
	.effect = WRITES,
	.then = "/trust",
	.back = "/trust",
	.said = W(trust_basis_recorded),
	.doc = "Records on what basis a purpose works. An earlier one ends and stays readable.")
{
	(void)out;
	if (date_compare(in->day, c->today) > 0)
		return object(c, S("day"), W(trust_day_future));
	TRY(store_run(c, basis_end, in, NULL));
	return store_run(c, basis_add, in, NULL);
}

RECORD(proposal_form,
	FIELD(proposal_form, setting, .required = true, .max = 60),
	FIELD(proposal_form, before),
	FIELD(proposal_form, after, .label = W(trust_field_after), .required = true, .max = 20),
	FIELD(proposal_form, why, .label = W(trust_field_why), .required = true, .max = 1000, .lines = true));

OPERATION(setting_propose, proposal_form, by_id,
	.route = "POST /trust/proposals",
	.allow = "trust.propose",
	.effect = WRITES,
	.then = "/trust",
	.back = "/trust",
	.said = W(trust_proposed),
	.doc = "Proposes another value for a setting. It works only once it is agreed.")
{
	const struct setting *s = setting_find(in->setting);
	struct proposal_form p = *in;
	double now, value;
	if (!s)
		return object(c, S("setting"), W(trust_no_setting), in->setting);
	str least = text_format(c->arena, "%g", s->least), most = text_format(c->arena, "%g", s->most);
	if (!str_to_real(in->after, &value) || value < s->least || value > s->most)
		return object(c, S("after"), W(trust_value_outside), least, most);
	TRY(setting_number(c, in->setting, &now));
	p.before = text_format(c->arena, "%g", now);
	struct count decided = { 0 };
	TRY(store_one(c, setting_decided_count, in, &decided));
	if (value == now && (decided.count || !setting_is_term(s)))     /* a term works only once it was decided, also as it ships */
		return object(c, S("after"), W(trust_value_same), p.before);
	return store_one(c, proposal_add, &p, out);
}

static const struct choice decisions[] = { { S("agreed"), W(trust_agreed) }, { S("declined"), W(trust_declined) }, { 0 } };
RECORD(decision_form,
	FIELD(decision_form, id, .required = true),
	FIELD(decision_form, decision, .label = W(trust_field_decision), .choices = decisions, .required = true),
	FIELD(decision_form, document, .label = W(trust_field_document), .hint = W(trust_field_document_hint), .required = true, .max = 200));

OPERATION(proposal_settle, decision_form, nothing,
	.route = "POST /trust/proposals/{id}/decide",
	.allow = "trust.record",
	.effect = WRITES,
	.then = "/trust",
	.back = "/trust",
	.said = W(trust_settled),
	.doc = "Records the decision about a proposal. Agreed, it is in force from now; nobody decides about their own.")
{
	(void)out;
	struct by_id id = { in->id };
	struct proposal p = { 0 };
	bool found;
	TRY(store_find(c, proposal_by_id, &id, &p, &found));
	if (!found)
		return refuse(c, NOT_FOUND, "unknown-proposal", W(trust_no_proposal));
	if (p.decided.ms)
		return refuse(c, CONFLICT, "decided", W(trust_decided_already));
	if (p.by_account == c->me.account && c->me.account)
		return refuse(c, FORBIDDEN, "own-proposal", W(trust_own_proposal));
	TRY(store_run(c, proposal_decide, in, NULL));
	if (!str_eq(in->decision, S("agreed")))
		return OK;
	struct setting_version v = { .name = p.setting, .value = p.after, .proposal = p.id };
	TRY(store_run(c, setting_add, &v, NULL));
	return event_raise(c, S("setting_changed"), &(struct setting_event){ p.setting });
}
