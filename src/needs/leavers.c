/* leavers.c - why people left, coded from a short list by learning and HR: no person, only a unit, a quarter, a reason and perhaps a skill.
 *
 * Whole quarters are put together, from the first one on, until at least as many left in them as may be told of; the last such stretch is what is shown.
 * The stretches do not overlap, so that nobody's reason is the difference of two of them.
 */
#include "inside.h"
#include "trust/trust.h"
#include "view/view.h"
#include "view/view.words.h"
#include "web/operation.h"

enum { QUARTERS_BACK = 12, MINE_DAYS = 30 };

const struct choice leaver_reasons[] = {
	{ S("growth"),  W(needs_reason_growth) },
	{ S("skill"),   W(needs_reason_skill) },
	{ S("work"),    W(needs_reason_work) },
	{ S("load"),    W(needs_reason_load) },
	{ S("leading"), W(needs_reason_leading) },
	{ S("terms"),   W(needs_reason_terms) },
	{ S("private"), W(needs_reason_private) },
	{ S("pension"), W(needs_reason_pension) },
	{ S("other"),   W(needs_reason_other) },
	{ 0 } };

struct need_leaver_until { date until; };
RECORD(need_leaver_until, FIELD(need_leaver_until, until));
RECORD(leaver_row, FIELD(leaver_row, id), FIELD(leaver_row, unit, .optional = true), FIELD(leaver_row, skill, .optional = true), FIELD(leaver_row, quarter), FIELD(leaver_row, reason));

date quarter_of(date d)
{
	struct civil day = date_civil(d);
	return date_of(day.year, (day.month - 1) / 3 * 3 + 1, 1);
}

enum status leavers_stretch(struct ctx *c, list *rows, date *from, date *until)
{
	list all = { 0 };
	int64_t least;
	size_t first = 0, end = 0, begin = 0;
	TRY(gate_least(c, &least));
	TRY(store_all(c, needs_leavers_until, (&(struct need_leaver_until){ quarter_of(c->today) }), &all));
	const struct leaver_row *row = all.at;
	for (size_t i = 0; i < all.count; i++) {
		bool last_of_quarter = i + 1 == all.count || date_compare(row[i + 1].quarter, row[i].quarter);
		if (!last_of_quarter || (int64_t)(i + 1 - begin) < least)
			continue;
		first = begin;
		end = begin = i + 1;
	}
	for (size_t i = first; i < end; i++)
		*list_add(c->arena, rows, struct leaver_row) = row[i];
	*from = end > first ? row[first].quarter : (date){ 0 };
	*until = end > first ? date_add_days(date_add_months(row[end - 1].quarter, 3), -1) : (date){ 0 };
	return OK;
}

/* ---- Entering them ---- */

/* All texts and without choices of their own, so that the audit says that something was entered and not what: it would be a list of who left why. */
struct leaver_form { str quarter, unit, reason, skill; };
RECORD(leaver_form,
	FIELD(leaver_form, quarter, .label = W(needs_left_quarter), .required = true, .max = 10),
	FIELD(leaver_form, unit, .label = W(needs_left_unit), .hint = W(needs_left_unit_hint), .max = 20),
	FIELD(leaver_form, reason, .label = W(needs_left_reason), .required = true, .max = 20),
	FIELD(leaver_form, skill, .label = W(needs_left_skill), .hint = W(needs_left_skill_hint), .max = 20));

struct need_option { str value, label; };
struct need_leaver_mine { int64_t id; date quarter; str reason, name_nl, name_en, unit_path; instant made; };
struct need_leaver_shown { int64_t id; str quarter, reason, skill, unit; };
struct need_leaver_new { int64_t unit, skill; date quarter; str reason; };
struct leavers_page { struct leaver_form form; list quarters, units, reasons, skills, mine; int64_t waiting; date from, until; str finding; bool works; };
RECORD(need_option, FIELD(need_option, value), FIELD(need_option, label));
RECORD(need_leaver_mine, FIELD(need_leaver_mine, id), FIELD(need_leaver_mine, quarter), FIELD(need_leaver_mine, reason), FIELD(need_leaver_mine, name_nl), FIELD(need_leaver_mine, name_en),
	FIELD(need_leaver_mine, unit_path), FIELD(need_leaver_mine, made));
RECORD(need_leaver_shown, FIELD(need_leaver_shown, id), FIELD(need_leaver_shown, quarter), FIELD(need_leaver_shown, reason), FIELD(need_leaver_shown, skill), FIELD(need_leaver_shown, unit));
RECORD(need_leaver_new, FIELD(need_leaver_new, unit, .optional = true), FIELD(need_leaver_new, skill, .optional = true), FIELD(need_leaver_new, quarter), FIELD(need_leaver_new, reason));
RECORD(leavers_page, FIELD(leavers_page, form, .of = &leaver_form_record), FIELD(leavers_page, finding), FIELD(leavers_page, mine, .of = &need_leaver_shown_record), FIELD(leavers_page, from), FIELD(leavers_page, until), FIELD(leavers_page, works));
#include "needs_leavers.html.h"

static str quarter_text(struct ctx *c, date q)
{
	struct civil d = date_civil(q);
	return word_text(c->arena, c->language, W(needs_quarter), (const str[]){ text_format(c->arena, "%d", (d.month + 2) / 3), text_format(c->arena, "%d", d.year) }, 2);
}

static str reason_text(const struct ctx *c, str reason)
{
	for (const struct choice *k = leaver_reasons; k->value.at; k++)
		if (str_eq(k->value, reason))
			return k->label->text[c->language];
	return reason;
}

static void option_add(struct ctx *c, list *to, str value, str label)
{
	*list_add(c->arena, to, struct need_option) = (struct need_option){ value, label };
}

static enum status choices_fill(struct ctx *c, struct leavers_page *out)
{
	struct need_units u;
	list skills = { 0 };
	TRY(need_units_load(c, &u));
	TRY(need_skills(c, &skills));
	date quarter = quarter_of(c->today);
	for (int i = 0; i < QUARTERS_BACK; i++, quarter = date_add_months(quarter, -3))
		option_add(c, &out->quarters, date_iso(c->arena, quarter), quarter_text(c, quarter));
	for (const struct choice *k = leaver_reasons; k->value.at; k++)
		option_add(c, &out->reasons, k->value, k->label->text[c->language]);
	for (size_t i = 1; i < u.count; i++)
		option_add(c, &out->units, plain_of_int(c, u.at[i].id), u.at[i].path);
	for (each(struct need_skill, s, skills))
		option_add(c, &out->skills, plain_of_int(c, s->id), s->name);
	return OK;
}

OPERATION(leavers_show, nothing, leavers_page,
	.route = "GET /needs/leavers",
	.allow = "needs.manage",
	.page = leavers_html,
	.lenient = true,
	.doc = "The form for why somebody left, and what the asker entered in the past thirty days.")
{
	(void)in;
	list rows = { 0 }, mine = { 0 };
	TRY(trust_purpose_works(c, PURPOSE_NEEDS, &out->works));
	TRY(choices_fill(c, out));
	TRY(leavers_stretch(c, &rows, &out->from, &out->until));
	record_clear(&leaver_form_record, &out->form);
	out->form.quarter = date_iso(c->arena, quarter_of(c->today));
	TRY(store_all(c, needs_leavers_mine, (&(struct need_window){ .since = { c->now.ms - (int64_t)MINE_DAYS * 86400000 } }), &mine));
	for (each(struct need_leaver_mine, m, mine)) {
		str skill = c->language == NL || !m->name_en.len ? m->name_nl : m->name_en;
		*list_add(c->arena, &out->mine, struct need_leaver_shown) = (struct need_leaver_shown){ m->id, quarter_text(c, m->quarter), reason_text(c, m->reason), skill,
			m->unit_path.len ? m->unit_path : W(needs_whole)->text[c->language] };
	}
	out->finding = word_text(c->arena, c->language, rows.count ? W(needs_left_title) : W(needs_left_title_few),
		rows.count ? (const str[]){ text_of_date(c, out->from), text_of_date(c, out->until) } : NULL, rows.count ? 2 : 0);
	return OK;
}

static bool among(const list *options, str value)
{
	for (each(struct need_option, o, *options))
		if (str_eq(o->value, value))
			return true;
	return false;
}

OPERATION(leaver_add, leaver_form, by_id,
	.route = "POST /needs/leavers",
	.allow = "needs.manage",
	.effect = WRITES,
	.then = "/needs/leavers",
	.back = "/needs/leavers",
	.said = W(needs_left_added),
	.doc = "Why somebody left: a quarter, a unit, a reason from the short list and perhaps a skill. No name. Told of only from five leavers.")
{
	struct leavers_page there = { 0 };
	struct need_leaver_new row = { .reason = in->reason };
	enum status s = OK;
	TRY(trust_purpose(c, PURPOSE_NEEDS));
	TRY(choices_fill(c, &there));
	if (!among(&there.quarters, in->quarter) || !date_from_iso(in->quarter, &row.quarter))
		s = object(c, S("quarter"), W(needs_left_no_quarter));
	if (!among(&there.reasons, in->reason))
		s = object(c, S("reason"), W(needs_left_no_reason));
	if (in->unit.len && (!among(&there.units, in->unit) || !str_to_int(in->unit, &row.unit)))
		s = object(c, S("unit"), W(needs_no_unit));
	if (in->skill.len && (!among(&there.skills, in->skill) || !str_to_int(in->skill, &row.skill)))
		s = object(c, S("skill"), W(needs_no_skill));
	TRY(s);
	return store_one(c, needs_leaver_add, &row, out);
}

OPERATION(leaver_remove, by_id, nothing,
	.route = "POST /needs/leavers/{id}/remove",
	.allow = "needs.manage",
	.effect = WRITES,
	.then = "/needs/leavers",
	.said = W(needs_left_removed),
	.doc = "Takes out what the asker entered by mistake.")
{
	(void)out;
	int64_t changed;
	TRY(store_run(c, needs_leaver_remove, in, &changed));
	return changed ? OK : refuse(c, NOT_FOUND, "not-entered-by-you", W(needs_left_not_yours));
}
