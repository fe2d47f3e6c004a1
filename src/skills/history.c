/* history.c - what a skill said before each change, and by whom it was changed. */
#include "line.h"
#include "web/operation.h"

#define LEVEL_MEMBERS(l) str l##_1, l##_2, l##_3, l##_4, l##_5
struct skill_said { str name_nl, name_en, parent, description_nl, description_en, owner; date review_day; str uri; bool retired; LEVEL_MEMBERS(nl); LEVEL_MEMBERS(en); };
struct skill_version { int64_t skill; instant made; int64_t account, parent, owner; str said; };
struct skill_version_row { instant made; str by_name, parent_nl, parent_en, owner, said; };
struct skill_change { str what, before, after; };
struct skill_version_shown { instant made; str by_name; list changes; };
struct skill_history { int64_t id; str name; list versions; };
#define LEVEL_FIELDS(l) FIELD(skill_said, l##_1, .label = W(skills_said_##l##_1)), FIELD(skill_said, l##_2, .label = W(skills_said_##l##_2)), \
	FIELD(skill_said, l##_3, .label = W(skills_said_##l##_3)), FIELD(skill_said, l##_4, .label = W(skills_said_##l##_4)), FIELD(skill_said, l##_5, .label = W(skills_said_##l##_5))
RECORD(skill_said,
	FIELD(skill_said, name_nl, .label = W(skills_said_name_nl)), FIELD(skill_said, name_en, .label = W(skills_said_name_en)),
	FIELD(skill_said, parent, .label = W(skills_field_parent)),
	FIELD(skill_said, description_nl, .label = W(skills_said_description_nl), .max = 2000), FIELD(skill_said, description_en, .label = W(skills_said_description_en), .max = 2000),
	FIELD(skill_said, owner, .label = W(skills_field_owner)), FIELD(skill_said, review_day, .label = W(skills_field_review_day)),
	FIELD(skill_said, uri, .label = W(skills_field_uri)), FIELD(skill_said, retired, .label = W(skills_said_retired)),
	LEVEL_FIELDS(nl), LEVEL_FIELDS(en));
RECORD(skill_version, FIELD(skill_version, skill), FIELD(skill_version, made), FIELD(skill_version, account, .optional = true), FIELD(skill_version, parent, .optional = true),
	FIELD(skill_version, owner, .optional = true), FIELD(skill_version, said, .max = 20000));
RECORD(skill_version_row, FIELD(skill_version_row, made), FIELD(skill_version_row, by_name), FIELD(skill_version_row, parent_nl), FIELD(skill_version_row, parent_en),
	FIELD(skill_version_row, owner), FIELD(skill_version_row, said, .max = 20000));
RECORD(skill_change, FIELD(skill_change, what), FIELD(skill_change, before, .max = 2000), FIELD(skill_change, after, .max = 2000));
RECORD(skill_version_shown, FIELD(skill_version_shown, made), FIELD(skill_version_shown, by_name), FIELD(skill_version_shown, changes, .of = &skill_change_record));
RECORD(skill_history, FIELD(skill_history, id), FIELD(skill_history, name), FIELD(skill_history, versions, .of = &skill_version_shown_record));
#include "skills_history.html.h"

/* Names of group and owner are not among it: they stand beside it, by number. */
static struct skill_said said_of_row(const struct skill_row *row, const list *levels)
{
	struct skill_said s = { .name_nl = row->name_nl, .name_en = row->name_en, .description_nl = row->description_nl, .description_en = row->description_en,
		.review_day = row->review_day, .uri = row->uri, .retired = row->retired };
	str *const nl[LEVELS] = { &s.nl_1, &s.nl_2, &s.nl_3, &s.nl_4, &s.nl_5 }, *const en[LEVELS] = { &s.en_1, &s.en_2, &s.en_3, &s.en_4, &s.en_5 };
	for (each(const struct level_row, l, *levels)) {
		*nl[l->level - 1] = l->text_nl;
		*en[l->level - 1] = l->text_en;
	}
	return s;
}

enum status version_keep(struct ctx *c, const struct skill_row *before, const list *levels)
{
	struct buffer b = { 0 };
	struct skill_said said = said_of_row(before, levels);
	record_write_json(&b, &skill_said_record, &said);
	struct skill_version v = { before->id, c->now, c->me.account, before->parent, before->owner, text_copy(c->arena, buffer_text(&b)) };
	buffer_done(&b);
	return store_run(c, skill_version_add, &v, NULL);
}

enum status history_put(struct ctx *c, int64_t skill)
{
	struct skill_row row = { 0 };
	list levels = { 0 };
	TRY(store_one(c, skill_by_id, &(struct skill_ask){ skill }, &row));
	TRY(store_all(c, level_of, &(struct by_id){ skill }, &levels));
	return version_keep(c, &row, &levels);
}

static void compare(struct ctx *c, const struct skill_said *before, const struct skill_said *after, list *to)
{
	list differences = record_difference(c->arena, &skill_said_record, before, after);
	for (each(struct difference, d, differences))
		*list_add(c->arena, to, struct skill_change) = (struct skill_change){ text_of_word(c, field_find(&skill_said_record, d->field)->label),
			str_eq(d->field, S("retired")) ? text_of_word(c, before->retired ? W(view_yes) : W(view_no)) : d->before,
			str_eq(d->field, S("retired")) ? text_of_word(c, after->retired ? W(view_yes) : W(view_no)) : d->after };
}

OPERATION(skill_history, by_id, skill_history,
	.route = "GET /skills/{id}/versions",
	.allow = "skills.read",
	.page = history_html,
	.lenient = true,
	.doc = "What a skill said before each change, the latest first, with who changed it.")
{
	struct skill_row row = { 0 };
	struct skill_around around;
	list levels = { 0 }, versions = { 0 };
	struct skill_ask ask = { in->id };
	bool found;
	TRY(store_find(c, skill_by_id, &ask, &row, &found));
	if (!found)
		return refuse(c, NOT_FOUND, "unknown-skill", W(skills_unknown));
	TRY(store_one(c, skill_around, in, &around));
	TRY(store_all(c, level_of, in, &levels));
	TRY(store_all(c, skill_versions, in, &versions));
	struct skill_said after = said_of_row(&row, &levels);
	after.parent = either(c, around.name_nl, around.name_en);
	after.owner = around.owner;
	out->id = row.id;
	out->name = either(c, row.name_nl, row.name_en);
	for (each(struct skill_version_row, v, versions)) {
		struct skill_said before;
		TRY(record_read_json(c, &skill_said_record, v->said, &before));
		before.parent = either(c, v->parent_nl, v->parent_en);
		before.owner = v->owner;
		struct skill_version_shown shown = { v->made, v->by_name, { 0 } };
		compare(c, &before, &after, &shown.changes);
		*list_add(c->arena, &out->versions, struct skill_version_shown) = shown;
		after = before;
	}
	return OK;
}
