/* show.c - Trust: on what basis, who sees what, what is kept how long, and who looked. */
#include "inside.h"
#include "keeping.h"
#include "view/view.words.h"
#include "accounts/accounts.h"
#include "web/event.h"
#include "web/operation.h"

RECORD(basis, FIELD(basis, id), FIELD(basis, purpose), FIELD(basis, kind), FIELD(basis, day), FIELD(basis, document), FIELD(basis, scope, .max = 1000),
	FIELD(basis, recorder), FIELD(basis, made), FIELD(basis, ended));
RECORD(setting_version, FIELD(setting_version, name), FIELD(setting_version, value), FIELD(setting_version, since), FIELD(setting_version, proposal, .optional = true));
RECORD(proposal, FIELD(proposal, id), FIELD(proposal, setting), FIELD(proposal, before), FIELD(proposal, after), FIELD(proposal, why, .max = 1000), FIELD(proposal, proposer),
	FIELD(proposal, made), FIELD(proposal, decision), FIELD(proposal, decided), FIELD(proposal, decider_name), FIELD(proposal, document), FIELD(proposal, by_account));

struct shown_setting { str name, label, why, value; instant since; bool waiting; };
struct shown_proposal { int64_t id; str label, why, before, after, proposer, decision, decider, document; instant made, decided; bool mine; };
struct shown_right { str label; list roles; };
struct shown_role { str name; bool may; };
struct rule { str kind, owner, rater, lead, learning, board, council, administrator; };
RECORD(trust_reader, FIELD(trust_reader, key), FIELD(trust_reader, name), FIELD(trust_reader, may), FIELD(trust_reader, purpose, .max = 1000), FIELD(trust_reader, maker),
	FIELD(trust_reader, confirmer), FIELD(trust_reader, ends), FIELD(trust_reader, waits), FIELD(trust_reader, mine));
struct trust_page { list readers; list bases, settings, open, settled, roles, rights, rules; bool works; int64_t terms, erasures, mistakes; };
RECORD(shown_setting, FIELD(shown_setting, name), FIELD(shown_setting, label), FIELD(shown_setting, why), FIELD(shown_setting, value), FIELD(shown_setting, since), FIELD(shown_setting, waiting));
RECORD(shown_proposal, FIELD(shown_proposal, id), FIELD(shown_proposal, label), FIELD(shown_proposal, why), FIELD(shown_proposal, before), FIELD(shown_proposal, after),
	FIELD(shown_proposal, proposer), FIELD(shown_proposal, decision), FIELD(shown_proposal, decider), FIELD(shown_proposal, document), FIELD(shown_proposal, made),
	FIELD(shown_proposal, decided), FIELD(shown_proposal, mine));
RECORD(shown_role, FIELD(shown_role, name), FIELD(shown_role, may));
RECORD(shown_right, FIELD(shown_right, label), FIELD(shown_right, roles, .of = &shown_role_record));
RECORD(rule, FIELD(rule, kind), FIELD(rule, owner), FIELD(rule, rater), FIELD(rule, lead), FIELD(rule, learning), FIELD(rule, board), FIELD(rule, council), FIELD(rule, administrator));
RECORD(trust_page, FIELD(trust_page, readers, .of = &trust_reader_record), FIELD(trust_page, bases, .of = &basis_record), FIELD(trust_page, settings, .of = &shown_setting_record), FIELD(trust_page, open, .of = &shown_proposal_record),
	FIELD(trust_page, settled, .of = &shown_proposal_record), FIELD(trust_page, roles, .of = &shown_role_record), FIELD(trust_page, rights, .of = &shown_right_record),
	FIELD(trust_page, rules, .of = &rule_record), FIELD(trust_page, works),
	FIELD(trust_page, terms), FIELD(trust_page, erasures), FIELD(trust_page, mistakes));

/* The purpose wall: per kind of data, who sees it. What the bodies enforce and test/sweep proves, said in words. */
#define R(kind, owner, rater, lead, learning, board, council, administrator) { W(trust_##kind), { W(trust_##owner), W(trust_##rater), W(trust_##lead), W(trust_##learning), W(trust_##board), W(trust_##council), W(trust_##administrator) } }
static const struct { const struct word *kind, *who[7]; } rules[] = {
	R(kind_self_private, yes, dash, no, no, no, no, no),
	R(kind_self_shared, yes, dash, own_team, yes, no, no, no),
	R(kind_others, yes, own, own_team, yes, no, no, no),
	R(kind_view, yes, yes, own_team, yes, no, no, no),
	R(kind_estimate, yes, no, own_team, yes, no, no, no),
	R(kind_group, groups, groups, groups, yes, groups, no, no),
	R(kind_log, yes, dash, no, no, no, no, no),
	R(kind_log_shared, yes, dash, chosen, chosen, chosen, chosen, chosen),
	R(kind_statements, yes, dash, no, no, no, no, no),
	R(kind_practice, yes, dash, no, no, no, no, no),
	R(kind_answer, no, dash, no, no, no, no, no),
	R(kind_looks, yes, no, no, no, no, counts, no),
	R(kind_directory, yes, yes, yes, yes, names, names, yes),
};

static void rules_fill(const struct ctx *c, list *out)
{
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		enum language l = c->language;
		const struct word *const *w = rules[i].who;
		*list_add(c->arena, out, struct rule) = (struct rule){ rules[i].kind->text[l], w[0]->text[l], w[1]->text[l], w[2]->text[l], w[3]->text[l],
			w[4]->text[l], w[5]->text[l], w[6]->text[l] };
	}
}

static void rights_fill(const struct ctx *c, struct trust_page *out)
{
	for (const struct role_entry *e = roles; e->bit; e++)
		*list_add(c->arena, &out->roles, struct shown_role) = (struct shown_role){ e->label->text[c->language], true };
	for (const struct right *r = rights; r->name; r++) {
		struct shown_right *shown = list_add(c->arena, &out->rights, struct shown_right);
		shown->label = r->label->text[c->language];
		for (const struct role_entry *e = roles; e->bit; e++)
			*list_add(c->arena, &shown->roles, struct shown_role) = (struct shown_role){ e->label->text[c->language], (r->roles & e->bit) != 0 };
	}
}

static void settings_fill(const struct ctx *c, const list *versions, const list *proposals, list *out)
{
	for (size_t i = 0; i < settings_count(); i++) {
		const struct setting *s = settings_at(i);
		if (setting_is_term(s))                        /* those are on a page of their own, keeping.c */
			continue;
		struct shown_setting shown = { str_of(s->name), s->label->text[c->language], s->why->text[c->language], str_of(s->value), { 0 }, false };
		for (each(struct setting_version, v, *versions))
			if (str_eq(v->name, shown.name)) {
				shown.value = v->value;
				shown.since = v->since;
				break;                                 /* the newest comes first */
			}
		for (each(struct proposal, p, *proposals))
			shown.waiting |= !p->decided.ms && str_eq(p->setting, shown.name);
		*list_add(c->arena, out, struct shown_setting) = shown;
	}
}

#include "trust_show.html.h"

OPERATION(trust_show, nothing, trust_page,
	.route = "GET /trust",
	.allow = "trust.read",
	.page = show_html,
	.lenient = true,
	.doc = "On what basis data is used, who sees what, what is decided and what waits for a decision.")
{
	(void)in;
	list versions = { 0 }, proposals = { 0 };
	TRY(store_all(c, bases_all, NOTHING, &out->bases));
	TRY(store_all(c, settings_all, NOTHING, &versions));
	TRY(store_all(c, proposals_all, NOTHING, &proposals));
	for (each(struct basis, b, out->bases))
		out->works |= !b->ended.ms;
	settings_fill(c, &versions, &proposals, &out->settings);
	for (each(struct proposal, p, proposals)) {
		const struct setting *s = setting_find(p->setting);
		if (!p->decided.ms && s && setting_is_term(s)) {       /* decided on the page about keeping */
			out->terms++;
			continue;
		}
		*list_add(c->arena, p->decided.ms ? &out->settled : &out->open, struct shown_proposal) = (struct shown_proposal){ p->id,
			s ? s->label->text[c->language] : p->setting, p->why, p->before, p->after, p->proposer, p->decision, p->decider_name, p->document,
			p->made, p->decided, p->by_account == c->me.account };
	}
	struct count n = { 0 };
	if (may(c, S("erasure.ask"))) {
		TRY(store_one(c, erasures_open_count, NOTHING, &n));
		out->erasures = n.count;
	}
	if (may(c, S("mistakes.answer"))) {
		TRY(store_one(c, mistakes_open_count, NOTHING, &n));
		out->mistakes = n.count;
	}
	rules_fill(c, &out->rules);
	rights_fill(c, out);
	return event_raise(c, S("trust_readers"), &(struct trust_readers){ &out->readers });
}

struct look_at_me { str reader_name; date day; int64_t times; str operation; };
struct looks { list looks; };
RECORD(look_at_me, FIELD(look_at_me, reader_name), FIELD(look_at_me, day), FIELD(look_at_me, times), FIELD(look_at_me, operation));
RECORD(looks, FIELD(looks, looks, .of = &look_at_me_record));
#include "trust_looks.html.h"

OPERATION(looks_show, nothing, looks,
	.route = "GET /trust/looks",
	.allow = "self.use",
	.page = looks_html,
	.lenient = true,
	.doc = "Who opened my skills, and when.")
{
	(void)in;
	return store_all(c, looks_at_me, NOTHING, &out->looks);
}

struct audit_query { instant since; };
struct audit_count { str operation; int64_t times, accounts; };
struct look_count { str operation; int64_t times, readers, subjects; };
struct audit_page { date from; list done, looked; };
RECORD(audit_query, FIELD(audit_query, since));
RECORD(audit_count, FIELD(audit_count, operation), FIELD(audit_count, times), FIELD(audit_count, accounts));
RECORD(look_count, FIELD(look_count, operation), FIELD(look_count, times), FIELD(look_count, readers), FIELD(look_count, subjects));
RECORD(audit_page, FIELD(audit_page, from), FIELD(audit_page, done, .of = &audit_count_record), FIELD(audit_page, looked, .of = &look_count_record));
#include "trust_audit.html.h"

enum { AUDIT_DAYS = 90 };

OPERATION(audit_show, nothing, audit_page,
	.route = "GET /trust/audit",
	.allow = "audit.read",
	.page = audit_html,
	.lenient = true,
	.doc = "How often which operation was used in the last ninety days, and how often people were looked at: counts, no names.")
{
	(void)in;
	struct audit_query q = { { c->now.ms - (int64_t)AUDIT_DAYS * 86400000 } };
	out->from = instant_date(q.since);
	TRY(store_all(c, audit_counts, &q, &out->done));
	return store_all(c, look_counts, &q, &out->looked);
}
