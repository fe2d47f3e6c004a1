/* notes.c - what a lead says of a skill in half a minute: a skill, a direction, an urgency; no words, so no names.
 *
 * A note counts from the first of the next month on and is told of only together with those of at least four other leads: then no figure changes because
 * one of them said something today.
 */
#include "inside.h"
#include "trust/trust.h"
#include "view/view.h"
#include "view/view.words.h"
#include "web/operation.h"

struct need_say_query { int64_t skill; };
/* Texts without choices of their own: the audit says that a lead noted something and not what, because those who read it are not told. */
struct need_note_form { str skill, direction, urgency; };
struct need_note_new { int64_t skill, unit; str direction, urgency; };
struct need_note_mine { int64_t id, skill; str name_nl, name_en, unit_path, direction, urgency; instant made; };
struct need_note_shown { int64_t id, skill; str name, unit, direction, urgency; date day; };
struct need_choice { str value, label; };
struct notes_page { struct need_note_form form; list skills, directions, urgencies, mine; str unit_name, finding; date counts; bool works, leads; };
RECORD(need_say_query, FIELD(need_say_query, skill, .optional = true));
RECORD(need_note_form,
	FIELD(need_note_form, skill, .label = W(needs_note_skill), .required = true, .max = 20),
	FIELD(need_note_form, direction, .label = W(needs_note_direction), .required = true, .max = 20),
	FIELD(need_note_form, urgency, .label = W(needs_note_urgency), .max = 20));
RECORD(need_note_new, FIELD(need_note_new, skill), FIELD(need_note_new, unit, .optional = true), FIELD(need_note_new, direction), FIELD(need_note_new, urgency));
RECORD(need_note_mine, FIELD(need_note_mine, id), FIELD(need_note_mine, skill), FIELD(need_note_mine, name_nl), FIELD(need_note_mine, name_en), FIELD(need_note_mine, unit_path),
	FIELD(need_note_mine, direction), FIELD(need_note_mine, urgency), FIELD(need_note_mine, made));
RECORD(need_note_shown, FIELD(need_note_shown, id), FIELD(need_note_shown, skill), FIELD(need_note_shown, name), FIELD(need_note_shown, unit), FIELD(need_note_shown, direction),
	FIELD(need_note_shown, urgency), FIELD(need_note_shown, day));
RECORD(need_choice, FIELD(need_choice, value), FIELD(need_choice, label));
RECORD(notes_page, FIELD(notes_page, form, .of = &need_note_form_record), FIELD(notes_page, unit_name), FIELD(notes_page, mine, .of = &need_note_shown_record), FIELD(notes_page, counts, .doc = "From this day on a note of today counts."),
	FIELD(notes_page, works));
#include "needs_notes.html.h"

static const struct choice directions[] = { { S("short"), W(needs_direction_short) }, { S("enough"), W(needs_direction_enough) }, { 0 } };
static const struct choice urgencies[] = { { S("now"), W(needs_urgency_now) }, { S("year"), W(needs_urgency_year) }, { S("later"), W(needs_urgency_later) }, { 0 } };

static const struct word *label_of(const struct choice *choices, str value)
{
	for (; choices->value.at; choices++)
		if (str_eq(choices->value, value))
			return choices->label;
	return NULL;
}

static void choices_copy(struct ctx *c, const struct choice *from, list *to)
{
	for (; from->value.at; from++)
		*list_add(c->arena, to, struct need_choice) = (struct need_choice){ from->value, from->label->text[c->language] };
}

static date next_month(struct ctx *c)
{
	struct civil d = date_civil(c->today);
	return date_add_months(date_of(d.year, d.month, 1), 1);
}

OPERATION(notes_show, need_say_query, notes_page,
	.route = "GET /needs/say",
	.allow = "needs.say",
	.page = notes_html,
	.lenient = true,
	.doc = "A lead's form for what their people need, and the notes they made themselves.")
{
	struct need_units u;
	list skills = { 0 }, mine = { 0 };
	int64_t unit;
	TRY(trust_purpose_works(c, PURPOSE_NEEDS, &out->works));
	TRY(need_units_load(c, &u));
	TRY(need_unit_led(c, &u, &out->leads, &unit));
	TRY(need_skills(c, &skills));
	TRY(store_all(c, needs_notes_mine, NOTHING, &mine));
	record_clear(&need_note_form_record, &out->form);
	out->unit_name = need_unit_name(c, &u, need_unit_place(&u, unit));
	out->counts = next_month(c);
	out->form.urgency = S("year");
	if (in->skill)
		out->form.skill = plain_of_int(c, in->skill);
	for (each(struct need_skill, s, skills))
		*list_add(c->arena, &out->skills, struct need_choice) = (struct need_choice){ plain_of_int(c, s->id), s->name };
	choices_copy(c, directions, &out->directions);
	choices_copy(c, urgencies, &out->urgencies);
	for (each(struct need_note_mine, m, mine)) {
		const struct word *direction = label_of(directions, m->direction), *urgency = label_of(urgencies, m->urgency);
		*list_add(c->arena, &out->mine, struct need_note_shown) = (struct need_note_shown){ m->id, m->skill, c->language == NL || !m->name_en.len ? m->name_nl : m->name_en,
			m->unit_path.len ? m->unit_path : W(needs_whole)->text[c->language], direction ? direction->text[c->language] : m->direction,
			str_eq(m->direction, S("short")) && urgency ? urgency->text[c->language] : S(""), instant_date(m->made) };
	}
	out->finding = word_text(c->arena, c->language, mine.count ? W(needs_say_title_more) : W(needs_say_title), (const str[]){ text_of_int(c, (int64_t)mine.count) }, 1);
	return OK;
}

OPERATION(note_add, need_note_form, by_id,
	.route = "POST /needs/notes",
	.allow = "needs.say",
	.effect = WRITES,
	.then = "/needs/say",
	.back = "/needs/say",
	.said = W(needs_note_added),
	.doc = "What a lead's people need of a skill: short or enough, and how urgent. Replaces the lead's earlier note about it; counts from next month on, never with a name.")
{
	struct need_units u;
	struct need_note_new row = { .direction = in->direction, .urgency = in->urgency.len ? in->urgency : S("later") };
	list skills = { 0 };
	bool leads, known = false;
	enum status s = OK;
	TRY(trust_purpose(c, PURPOSE_NEEDS));
	TRY(need_units_load(c, &u));
	TRY(need_unit_led(c, &u, &leads, &row.unit));
	if (!leads)
		return refuse(c, FORBIDDEN, "leads-nobody", W(needs_note_leads_nobody));
	TRY(need_skills(c, &skills));
	if (str_to_int(in->skill, &row.skill))
		for (each(struct need_skill, k, skills))
			known |= k->id == row.skill;
	if (!known)
		s = object(c, S("skill"), W(needs_no_skill));
	if (!label_of(directions, in->direction))
		s = object(c, S("direction"), W(needs_note_no_direction));
	if (!label_of(urgencies, row.urgency))
		s = object(c, S("urgency"), W(needs_note_no_urgency));
	TRY(s);
	TRY(store_run(c, needs_note_end, &row, NULL));
	return store_one(c, needs_note_add, &row, out);
}

OPERATION(note_withdraw, by_id, nothing,
	.route = "POST /needs/notes/{id}/withdraw",
	.allow = "needs.say",
	.effect = WRITES,
	.then = "/needs/say",
	.said = W(needs_note_withdrawn),
	.doc = "Withdraws a note of the asker's own; it no longer counts from next month on.")
{
	(void)out;
	int64_t changed;
	TRY(store_run(c, needs_note_withdraw, in, &changed));
	return changed ? OK : refuse(c, NOT_FOUND, "not-your-note", W(needs_note_not_yours));
}
