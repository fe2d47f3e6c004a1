/* signal.c - one signal: what it is, what came of looking again, the offer it led to, and who was told. */
#include "inside.h"
#include "strategy/strategy.h"
#include "view/view.h"
#include "view/view.words.h"
#include "web/event.h"
#include "web/access.h"
#include "web/operation.h"

struct signal_page_skill { int64_t skill; str name, way; };
struct need_ahead { int64_t id; str name; };
struct signal_review_row { int64_t signal; date day; str text, by_name; };
struct signal_told_row { int64_t signal, unit, role; str unit_path, role_name, role_name_en, text; date day; };
struct signal_told_shown { str whom, text; date day; };
struct need_role { int64_t id; str name, name_en; };
struct signal_choice { int64_t id; str name; };
struct signal_review_form { int64_t id; str text; date again; };
struct signal_tell_form { int64_t id, unit, role; str text; };
struct signal_page { struct signal_row signal; list skills, ambitions, reviews, told, units, roles; str finding; date again; bool due, mine, running, lost; struct signal_review_form form; };
RECORD(signal_page_skill, FIELD(signal_page_skill, skill), FIELD(signal_page_skill, name), FIELD(signal_page_skill, way));
RECORD(need_ahead, FIELD(need_ahead, id), FIELD(need_ahead, name));
RECORD(signal_review_row, FIELD(signal_review_row, signal), FIELD(signal_review_row, day), FIELD(signal_review_row, text, .max = 1000), FIELD(signal_review_row, by_name));
RECORD(signal_told_row, FIELD(signal_told_row, signal), FIELD(signal_told_row, unit, .optional = true), FIELD(signal_told_row, role, .optional = true), FIELD(signal_told_row, unit_path),
	FIELD(signal_told_row, role_name), FIELD(signal_told_row, role_name_en), FIELD(signal_told_row, text, .max = 500), FIELD(signal_told_row, day));
RECORD(signal_told_shown, FIELD(signal_told_shown, whom), FIELD(signal_told_shown, text, .max = 500), FIELD(signal_told_shown, day));
RECORD(need_role, FIELD(need_role, id), FIELD(need_role, name), FIELD(need_role, name_en));
RECORD(signal_choice, FIELD(signal_choice, id), FIELD(signal_choice, name));
RECORD(signal_review_form, FIELD(signal_review_form, id),
	FIELD(signal_review_form, text, .label = W(needs_review_text), .hint = W(needs_review_text_hint), .required = true, .max = 1000, .lines = true),
	FIELD(signal_review_form, again, .label = W(needs_review_again), .required = true));
RECORD(signal_tell_form, FIELD(signal_tell_form, id), FIELD(signal_tell_form, unit, .label = W(needs_tell_unit), .optional = true), FIELD(signal_tell_form, role, .label = W(needs_tell_role), .optional = true),
	FIELD(signal_tell_form, text, .label = W(needs_tell_text), .hint = W(needs_tell_text_hint), .required = true, .max = 500, .lines = true));
RECORD(signal_page, FIELD(signal_page, signal, .of = &signal_row_record), FIELD(signal_page, skills, .of = &signal_page_skill_record), FIELD(signal_page, ambitions, .of = &need_ahead_record),
	FIELD(signal_page, reviews, .of = &signal_review_row_record), FIELD(signal_page, told, .of = &signal_told_shown_record), FIELD(signal_page, due), FIELD(signal_page, form, .of = &signal_review_form_record));
#include "needs_signal.html.h"

enum { REVIEW_MONTHS = 3 };

static str whom(struct ctx *c, const struct signal_told_row *t)
{
	str role = c->language == EN && t->role_name_en.len ? t->role_name_en : t->role_name;
	if (t->unit && t->role)
		return word_text(c->arena, c->language, W(needs_told_role_in), (const str[]){ role, t->unit_path }, 2);
	return t->role ? role : t->unit ? t->unit_path : W(needs_told_all)->text[c->language];
}

static enum status choices_fill(struct ctx *c, struct signal_page *out)
{
	list roles = { 0 }, units = { 0 };
	TRY(store_all(c, signal_roles, NOTHING, &roles));
	TRY(store_all(c, needs_units, NOTHING, &units));
	for (each(struct need_role, r, roles))
		*list_add(c->arena, &out->roles, struct signal_choice) = (struct signal_choice){ r->id, c->language == EN && r->name_en.len ? r->name_en : r->name };
	for (each(struct need_unit, u, units))
		*list_add(c->arena, &out->units, struct signal_choice) = (struct signal_choice){ u->id, u->path };
	return OK;
}

OPERATION(signal_show, by_id, signal_page,
	.route = "GET /signals/{id}",
	.allow = "signals.read",
	.page = signal_html,
	.lenient = true,
	.doc = "One signal: what, source, who follows it, which skills it asks more or less, the offer it led to, what came of looking again, and who was told.")
{
	list skills = { 0 }, told = { 0 };
	TRY(signal_load(c, in->id, &out->signal));
	TRY(store_all(c, signal_skills_of, in, &skills));
	TRY(store_all(c, signal_ahead_of, in, &out->ambitions));
	TRY(store_all(c, signal_reviews_of, in, &out->reviews));
	TRY(store_all(c, signal_told_of, in, &told));
	for (each(struct signal_skill_row, k, skills))
		*list_add(c->arena, &out->skills, struct signal_page_skill) = (struct signal_page_skill){ k->skill, signal_skill_name(c, k), k->way };
	for (each(struct signal_told_row, t, told))
		*list_add(c->arena, &out->told, struct signal_told_shown) = (struct signal_told_shown){ whom(c, t), t->text, t->day };
	out->running = !date_is(out->signal.ended);
	out->due = out->running && date_compare(out->signal.review_day, c->today) <= 0;
	out->mine = out->running && signal_is_mine(c, &out->signal);
	out->lost = !out->signal.follower;
	record_clear(&signal_review_form_record, &out->form);
	out->form.again = date_add_months(c->today, REVIEW_MONTHS);
	out->finding = out->signal.title;
	return out->mine ? choices_fill(c, out) : OK;
}

/* Not whoever asks, but who follows it or manages signals. */
static enum status mine_load(struct ctx *c, int64_t id, struct signal_row *out)
{
	TRY(signal_load(c, id, out));
	if (!signal_is_mine(c, out))
		return refuse(c, FORBIDDEN, "not-your-signal", W(needs_not_your_signal));
	return date_is(out->ended) ? refuse(c, CONFLICT, "signal-ended", W(needs_signal_ended)) : OK;
}

OPERATION(signal_review, signal_review_form, by_id,
	.route = "POST /signals/{id}/review",
	.allow = "signals.read",
	.effect = WRITES,
	.then = "/signals/{id}",
	.back = "/signals/{id}",
	.said = W(needs_reviewed),
	.doc = "What one saw on looking again, and when to look next. By whoever follows the signal, or manages signals.")
{
	struct signal_row s = { 0 };
	TRY(mine_load(c, in->id, &s));
	if (date_compare(in->again, c->today) <= 0)
		return object(c, S("again"), W(needs_day_past));
	s.review_day = in->again;
	TRY(store_run(c, signal_review_add, (&(struct signal_review_row){ .signal = s.id, .text = in->text }), NULL));
	out->id = s.id;
	return store_run(c, signal_review_day_put, &s, NULL);
}

OPERATION(signal_tell, signal_tell_form, by_id,
	.route = "POST /signals/{id}/tell",
	.allow = "signals.read",
	.effect = WRITES,
	.then = "/signals/{id}",
	.back = "/signals/{id}",
	.said = W(needs_told),
	.doc = "Tells everybody of a unit, of a role, or of both: it stands in their Today for fourteen days. By whoever follows the signal, or manages signals.")
{
	struct signal_row s = { 0 };
	struct signal_page there = { 0 };
	bool unit = !in->unit, role = !in->role;
	enum status wrong = OK;
	TRY(mine_load(c, in->id, &s));
	TRY(choices_fill(c, &there));
	for (each(struct signal_choice, u, there.units))
		unit |= u->id == in->unit;
	for (each(struct signal_choice, r, there.roles))
		role |= r->id == in->role;
	if (!unit)
		wrong = object(c, S("unit"), W(needs_no_unit));
	if (!role)
		wrong = object(c, S("role"), W(needs_no_role));
	TRY(wrong);
	out->id = s.id;
	return store_run(c, signal_told_add, (&(struct signal_told_row){ .signal = s.id, .unit = in->unit, .role = in->role, .text = in->text }), NULL);
}

OPERATION(signal_end, by_id, nothing,
	.route = "POST /signals/{id}/end",
	.allow = "signals.manage",
	.effect = WRITES,
	.then = "/signals",
	.said = W(needs_signal_closed),
	.doc = "Ends a signal that came true or did not. It stays readable.")
{
	(void)out;
	struct signal_row s = { 0 };
	TRY(mine_load(c, in->id, &s));
	return store_run(c, signal_end_put, in, NULL);
}

/* ---- On the page that looks ahead (strategy) ---- */

struct signal_ahead { int64_t skill, signal; str way, title; };
RECORD(signal_ahead, FIELD(signal_ahead, skill), FIELD(signal_ahead, signal), FIELD(signal_ahead, way), FIELD(signal_ahead, title));

HEARS(looking_ahead, struct ahead_signals, signals_ahead)
{
	list rows = { 0 };
	TRY(store_all(c, signals_running, NOTHING, &rows));
	for (each(struct signal_ahead, r, rows))
		for (each(int64_t, skill, *what->skills))
			if (*skill == r->skill)
				*list_add(c->arena, what->all, struct ahead_signal) = (struct ahead_signal){ r->skill, r->title, text_format(c->arena, "/signals/%lld", (long long)r->signal), str_eq(r->way, S("up")) };
	return OK;
}
