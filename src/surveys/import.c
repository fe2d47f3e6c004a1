/* import.c - answers that were collected by another tool, into a closed round of their own: the same gate, the same pages.
 *
 * Names, addresses, IP numbers and times stay at the door. The file is read while it arrives, is never kept, and only cells that a
 * question or the unit has a column for are looked at; a column that is called after a person or a moment is refused even when a
 * mapping asks for it. What is left is coarsened as everybody's background is, mixed, and named at random.
 */
#include "import.h"
#include "trust/trust.h"
#include "view/view.words.h"
#include "web/operation.h"
#include "base/map.h"

struct survey_import_form { str name, file, file_file, mapping, items; date day; int64_t asked; struct answers_read *read; };
RECORD(survey_import_form,
	FIELD(survey_import_form, name, .label = W(surveys_f_name), .required = true, .max = 120),
	FIELD(survey_import_form, day, .label = W(surveys_read_day), .hint = W(surveys_read_day_hint), .required = true),
	FIELD(survey_import_form, asked, .label = W(surveys_read_asked), .hint = W(surveys_read_asked_hint), .optional = true, .min = 1, .max = 1000000),
	FIELD(survey_import_form, file, .label = W(surveys_read_file), .hint = W(surveys_read_file_hint), .required = true, .file = true, .max = ANSWERS_BYTES),
	FIELD(survey_import_form, file_file, .max = 300),
	FIELD(survey_import_form, mapping, .label = W(surveys_read_mapping), .hint = W(surveys_read_mapping_hint), .lines = true, .max = 60000),
	FIELD(survey_import_form, items, .label = W(surveys_read_items), .hint = W(surveys_read_items_hint), .lines = true, .max = 60000));
struct survey_import_page { struct survey_import_form form; list instruments; bool basis; };
RECORD(survey_import_page, FIELD(survey_import_page, form, .of = &survey_import_form_record), FIELD(survey_import_page, basis));
struct survey_import_result { int64_t id, answers, units, unfinished, empty, cut, left; };
RECORD(survey_import_result, FIELD(survey_import_result, id), FIELD(survey_import_result, answers), FIELD(survey_import_result, units, .doc = "How many units and the whole have a result of their own, or would if they were not too small."),
	FIELD(survey_import_result, unfinished, .doc = "Rows that were never sent in."), FIELD(survey_import_result, empty, .doc = "Rows without an answer."),
	FIELD(survey_import_result, cut, .doc = "Comments cut at the most we keep."), FIELD(survey_import_result, left, .doc = "Columns that were not read."));
#include "surveys_import.html.h"

OPERATION(survey_import_show, nothing, survey_import_page,
	.route = "GET /surveys/import",
	.allow = "surveys.manage",
	.page = import_html,
	.lenient = true,
	.doc = "The form for answers from another tool.")
{
	(void)in;
	record_clear(&survey_import_form_record, &out->form);
	return trust_purpose_works(c, PURPOSE_SURVEYS, &out->basis);
}

static enum status import_prepare(struct ctx *c, void *of)
{
	struct survey_import_form *in = of;
	return answers_read(c, in->file_file, in->file, in->mapping, in->items, &in->read);
}

/* ---- Units: by path, or by a name that only one has ---- */

static enum status units_find(struct ctx *c, const struct answers_read *read, int64_t *unit_of)
{
	list units = { 0 };
	struct map paths = { 0 }, names = { 0 }, many = { 0 };
	size_t unknown = 0;
	TRY(store_all(c, all_units, NOTHING, &units));
	for (each(struct survey_unit_row, u, units)) {
		str name = text_fold(c->arena, u->name);
		map_put(c->arena, &paths, text_fold(c->arena, u->path), u->id, NULL);
		if (!map_put(c->arena, &names, name, u->id, NULL))
			map_put(c->arena, &many, name, 1, NULL);       /* a name that two units have is no name */
	}
	for (size_t i = 0; i < read->units.count; i++) {
		str name = *list_item(read->units, str, i), folded = text_fold(c->arena, name);
		int64_t twice;
		if (map_find(&paths, folded, &unit_of[i]) || (!map_find(&many, folded, &twice) && map_find(&names, folded, &unit_of[i])))
			continue;
		if (++unknown <= 20)
			object(c, S("file"), map_find(&many, folded, &twice) ? W(surveys_read_unit_twice) : W(surveys_read_no_unit), name);
	}
	return unknown ? INVALID : OK;
}

static enum status answers_store(struct ctx *c, const struct survey_round *r, const struct answers_read *read, const int64_t *cell)
{
	list responses = { 0 }, comments = { 0 };
	for (size_t i = 0; i < read->rows.count; i++)
		*list_add(c->arena, &responses, struct survey_response) = (struct survey_response){ S(""), r->id, cell[i], list_item(read->rows, struct answer_row, i)->given };
	/* Nobody asked their authors whether they may be quoted: learning and HR read them, from ten on. */
	for (each(struct answer_remark, x, read->remarks))
		*list_add(c->arena, &comments, struct survey_comment) = (struct survey_comment){ S(""), r->id, cell[x->row], x->place, false, x->text };
	return answers_keep(c, &responses, &comments);
}

OPERATION(survey_import, survey_import_form, survey_import_result,
	.route = "POST /surveys/import",
	.allow = "surveys.manage",
	.effect = WRITES,
	.prepare = import_prepare,
	.body_max = ANSWERS_BYTES + 256 * 1024,
	.then = "/surveys/{id}/results",
	.back = "/surveys/import",
	.said = W(surveys_read_done),
	.doc = "Answers from another tool (LimeSurvey, Forms, any table) into a closed round. Names, addresses and times are not read, and the file is not kept.")
{
	const struct answers_read *read = in->read;
	struct survey_plan plan = { .name = in->name, .promise = S("") };
	struct survey_round r = { .number = 1, .opens = in->day, .closes = in->day, .imported = true };
	struct declared d = { 0 };
	struct by_id made = { 0 };
	TRY(trust_purpose(c, PURPOSE_SURVEYS));
	if (date_compare(in->day, c->today) > 0)
		return object(c, S("day"), W(surveys_read_day_late));
	TRY(gate_least(c, &r.least));
	if ((int64_t)read->rows.count < r.least)
		return object(c, S("file"), W(surveys_read_few), text_format(c->arena, "%zu", read->rows.count), text_format(c->arena, "%lld", (long long)r.least));
	int64_t *unit_of = arena_array_of(c->arena, int64_t, read->units.count + 1), *cell = arena_array_of(c->arena, int64_t, read->rows.count + 1);
	struct place *places = arena_array_of(c->arena, struct place, read->rows.count + 1);
	TRY(units_find(c, read, unit_of));
	for (size_t i = 0; i < read->rows.count; i++) {
		int64_t unit = list_item(read->rows, struct answer_row, i)->unit;
		places[i] = (struct place){ unit < 0 ? 0 : unit_of[unit], 0 };
	}
	TRY(survey_row_add(c, &plan, &r.survey));
	TRY(store_one(c, round_add, &r, &made));
	r.id = out->id = made.id;
	TRY(round_declare_read(c, &r, places, read->rows.count, cell, &d));
	list questions = { 0 };
	for (each(struct survey_question, q, read->questions)) {
		struct survey_question *mine = list_add(c->arena, &questions, struct survey_question);
		*mine = *q;
		mine->round = r.id;
	}
	TRY(store_run_each(c, question_add, &questions));
	TRY(store_run_each(c, cell_add, &d.cells));
	TRY(store_run_each(c, view_add, &d.views));
	TRY(answers_store(c, &r, read, cell));
	r.answers = (int64_t)read->rows.count;
	r.asked = in->asked >= r.answers ? in->asked : 0;
	TRY(store_run(c, round_imported, &r, NULL));
	*out = (struct survey_import_result){ r.id, r.answers, (int64_t)d.views.count, read->unfinished, read->empty, read->cut, read->left };
	return figures_compute(c, &r);
}

/* ---- Taken back ---- */

OPERATION(survey_import_drop, by_id, nothing,
	.route = "POST /surveys/{id}/import-drop",
	.allow = "surveys.manage",
	.effect = WRITES,
	.then = "/surveys",
	.back = "/surveys/{id}/results",
	.said = W(surveys_read_dropped),
	.doc = "Removes a round that was taken in from another tool, with all its answers and figures. Not one that was held here, nor one on which something was promised.")
{
	(void)out;
	struct survey_round r = { 0 };
	struct count actions = { 0 };
	TRY(round_load(c, in->id, &r));
	TRY(store_one(c, actions_count, in, &actions));
	if (!r.imported || actions.count)
		return refuse(c, CONFLICT, "not-droppable", r.imported ? W(surveys_read_promised) : W(surveys_read_held_here));
	TRY(store_run(c, imported_remove_figures, in, NULL));
	TRY(store_run(c, imported_remove_scales, in, NULL));
	TRY(store_run(c, imported_remove_climates, in, NULL));
	TRY(store_run(c, imported_remove_teams, in, NULL));
	TRY(store_run(c, imported_remove_drivers, in, NULL));
	TRY(store_run(c, responses_remove, in, NULL));
	TRY(store_run(c, comments_remove, in, NULL));
	TRY(store_run(c, imported_remove_views, in, NULL));
	TRY(store_run(c, imported_remove_cells, in, NULL));
	TRY(store_run(c, round_remove_questions, in, NULL));
	TRY(store_run(c, imported_remove_round, in, NULL));
	TRY(store_run(c, imported_remove_survey, (&(struct by_id){ r.survey }), NULL));
	store_forget(c);
	return OK;
}
