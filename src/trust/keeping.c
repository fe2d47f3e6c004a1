/* keeping.c - how long each kind of data is kept and why, what the next night would remove, and the organisation's yes to its terms. */
#include "inside.h"
#include "keeping.h"
#include "view/view.words.h"
#include "web/event.h"
#include "web/operation.h"

struct keep_clock { str setting, label, value; int64_t number; bool decided, waiting; };
struct keep_row { str name, what, why, ground, seen, erasing, term; int64_t past; bool decided, fixed; list clocks; };
struct sweep_row { date day; str kind, label; int64_t removed; };
struct keeping_page { list kinds, open, runs; int64_t past, undecided, unproposed; bool mine; };
RECORD(keep_clock, FIELD(keep_clock, setting), FIELD(keep_clock, label), FIELD(keep_clock, value), FIELD(keep_clock, number), FIELD(keep_clock, decided), FIELD(keep_clock, waiting));
RECORD(keep_row, FIELD(keep_row, name), FIELD(keep_row, what), FIELD(keep_row, why), FIELD(keep_row, ground), FIELD(keep_row, seen), FIELD(keep_row, erasing), FIELD(keep_row, term),
	FIELD(keep_row, past, .doc = "What the next sweep removes: nothing before its terms are decided."), FIELD(keep_row, decided), FIELD(keep_row, fixed),
	FIELD(keep_row, clocks, .of = &keep_clock_record));
RECORD(sweep_row, FIELD(sweep_row, day), FIELD(sweep_row, kind), FIELD(sweep_row, label), FIELD(sweep_row, removed));
RECORD(keeping_page, FIELD(keeping_page, kinds, .of = &keep_row_record), FIELD(keeping_page, open, .of = &proposal_record), FIELD(keeping_page, runs, .of = &sweep_row_record),
	FIELD(keeping_page, past), FIELD(keeping_page, undecided), FIELD(keeping_page, unproposed), FIELD(keeping_page, mine));
#include "trust_keeping.html.h"

const struct word *ground_word(enum keep_ground g)
{
	return g == GROUND_CONTRACT ? W(trust_ground_contract) : g == GROUND_INTEREST ? W(trust_ground_interest) : g == GROUND_OWN ? W(trust_ground_own) : W(trust_ground_duty);
}

static bool proposal_waits(const list *open, str setting)
{
	for (each(struct proposal, p, *open))
		if (str_eq(p->setting, setting))
			return true;
	return false;
}

static bool setting_is_seen(const struct keeping_page *out, str name, const struct keep_row *but)
{
	for (each(struct keep_row, r, out->kinds))
		for (each(struct keep_clock, x, r->clocks))
			if (r != but && str_eq(x->setting, name))
				return true;
	return false;
}

static void clocks_fill(struct ctx *c, const struct terms *t, const struct keep *k, struct keeping_page *out, struct keep_row *row)
{
	for (int i = 0; i < CLOCKS; i++) {
		struct term term;
		if (!term_of(t, k, i, &term))
			continue;
		str name = str_of(term.setting->name);
		bool waits = proposal_waits(&out->open, name);
		*list_add(c->arena, &row->clocks, struct keep_clock) = (struct keep_clock){ name, term.setting->label->text[c->language],
			text_format(c->arena, "%lld", (long long)term.value), term.value, term.decided, waits };
		if (setting_is_seen(out, name, row))                   /* two kinds may share a clock */
			continue;
		out->undecided += !term.decided;
		out->unproposed += !term.decided && !waits;
	}
	row->fixed = !row->clocks.count;
}

OPERATION(keeping_show, nothing, keeping_page,
	.route = "GET /trust/keeping",
	.allow = "trust.read",
	.page = keeping_html,
	.csv = "kinds",
	.lenient = true,
	.doc = "What is kept about people: why, who sees it, how long, and what the next night would remove.")
{
	(void)in;
	struct terms t = { 0 };
	list open = { 0 };
	bool all_mine = true;
	TRY(terms_load(c, &t));
	TRY(store_all(c, term_proposals_open, NOTHING, &open));
	for (each(struct proposal, p, open)) {
		const struct setting *s = setting_find(p->setting);
		if (!s || !setting_is_term(s))
			continue;
		p->setting = str_of(s->name);
		p->before = s->label->text[c->language];
		all_mine &= p->by_account && p->by_account == c->me.account;
		*list_add(c->arena, &out->open, struct proposal) = *p;
	}
	out->mine = out->open.count && all_mine;
	for (size_t i = 0; i < keeps_count(); i++) {
		const struct keep *k = keeps_at(i);
		struct keep_row *row = list_add(c->arena, &out->kinds, struct keep_row);
		*row = (struct keep_row){ .name = str_of(k->name), .what = k->what->text[c->language], .why = k->why->text[c->language],
			.ground = ground_word(k->ground)->text[c->language], .seen = k->seen->text[c->language], .erasing = k->erasing->text[c->language] };
		row->term = keep_terms_say(c, &t, k, &row->decided);
		TRY(keep_past(c, &t, k, &row->past));
		out->past += row->past;
		clocks_fill(c, &t, k, out, row);
	}
	TRY(store_all(c, sweeps_last, NOTHING, &out->runs));
	for (each(struct sweep_row, r, out->runs)) {
		r->label = r->kind;
		for (size_t i = 0; i < keeps_count(); i++)
			if (str_eq(r->kind, str_of(keeps_at(i)->name)))
				r->label = keeps_at(i)->what->text[c->language];
	}
	return OK;
}

struct terms_wish { str why; };
struct terms_agreed { str document; };
RECORD(terms_wish, FIELD(terms_wish, why, .label = W(trust_field_why), .required = true, .max = 1000, .lines = true));
RECORD(terms_agreed, FIELD(terms_agreed, document, .label = W(trust_field_document), .hint = W(trust_field_document_hint), .required = true, .max = 200));

OPERATION(terms_propose, terms_wish, count,
	.route = "POST /trust/keeping/proposals",
	.allow = "trust.propose",
	.effect = WRITES,
	.then = "/trust/keeping",
	.back = "/trust/keeping",
	.said = W(trust_terms_proposed),
	.doc = "Proposes every term that was never decided, as it ships. Nothing is removed before somebody else has agreed.")
{
	struct terms t = { 0 };
	list open = { 0 };
	TRY(terms_load(c, &t));
	TRY(store_all(c, term_proposals_open, NOTHING, &open));
	for (size_t i = 0; i < keeps_count(); i++)
		for (int clock = 0; clock < CLOCKS; clock++) {
			struct term term;
			struct by_id made;
			if (!term_of(&t, keeps_at(i), clock, &term) || term.decided || proposal_waits(&open, str_of(term.setting->name)))
				continue;
			struct proposal_form p = { .setting = str_of(term.setting->name), .before = str_of(term.setting->value), .after = str_of(term.setting->value), .why = in->why };
			TRY(store_one(c, proposal_add, &p, &made));
			*list_add(c->arena, &open, struct proposal) = (struct proposal){ .setting = p.setting };
			out->count++;
		}
	return out->count ? OK : refuse(c, CONFLICT, "nothing-to-propose", W(trust_terms_none));
}

OPERATION(terms_agree, terms_agreed, count,
	.route = "POST /trust/keeping/decide",
	.allow = "trust.record",
	.effect = WRITES,
	.then = "/trust/keeping",
	.back = "/trust/keeping",
	.said = W(trust_terms_decided),
	.doc = "Records that all terms that wait were agreed, but for those one proposed oneself. From the next night on they work.")
{
	list open = { 0 };
	TRY(store_all(c, term_proposals_open, NOTHING, &open));
	for (each(struct proposal, p, open)) {
		const struct setting *s = setting_find(p->setting);
		if (!s || !setting_is_term(s) || (p->by_account && p->by_account == c->me.account))
			continue;
		struct decision_form d = { p->id, S("agreed"), in->document };
		struct setting_version v = { .name = p->setting, .value = p->after, .proposal = p->id };
		TRY(store_run(c, proposal_decide, &d, NULL));
		TRY(store_run(c, setting_add, &v, NULL));
		TRY(event_raise(c, S("setting_changed"), &(struct setting_event){ p->setting }));
		out->count++;
	}
	return out->count ? OK : refuse(c, CONFLICT, "nothing-to-agree", W(trust_terms_none_open));
}
