/* by_hand.c - one skill made, changed, moved, retired or brought back by whoever keeps the framework. */
#include "line.h"
#include "web/event.h"
#include "web/operation.h"

static const struct choice kinds[] = { { S("skill"), W(skills_kind_skill) }, { S("group"), W(skills_kind_group) }, { 0 } };
static const struct choice languages[] = { { S("nl"), W(skills_in_dutch) }, { S("en"), W(skills_in_english) }, { 0 } };

struct skill_form { int64_t id; str speaks, kind, skill, parent, description, owner; date review_day; str uri, level_1, level_2, level_3, level_4, level_5; };
#define LEVEL(n) FIELD(skill_form, level_##n, .label = W(skills_level_of_##n), .lines = true)
RECORD(skill_form,
	FIELD(skill_form, id,          .optional = true),
	FIELD(skill_form, speaks,      .label = W(skills_speaks), .hint = W(skills_speaks_hint), .choices = languages, .required = true),
	FIELD(skill_form, kind,        .label = W(skills_form_kind), .choices = kinds),
	FIELD(skill_form, skill,       .label = W(skills_form_name), .required = true, .max = 120),
	FIELD(skill_form, parent,      .label = W(skills_field_parent), .hint = W(skills_parent_hint), .max = 120),
	FIELD(skill_form, description, .label = W(skills_field_description), .lines = true, .max = 2000),
	FIELD(skill_form, owner,       .label = W(skills_field_owner), .hint = W(skills_owner_hint), .max = 120),
	FIELD(skill_form, review_day,  .label = W(skills_field_review_day)),
	FIELD(skill_form, uri,         .label = W(skills_field_uri), .max = 300),
	LEVEL(1), LEVEL(2), LEVEL(3), LEVEL(4), LEVEL(5));
struct skill_asked { int64_t id; str speaks; };
struct group_name { str name; };
struct skill_edit { struct skill_form form; str name; bool is_group, dutch; list groups; };
RECORD(skill_asked, FIELD(skill_asked, id), FIELD(skill_asked, speaks, .label = W(skills_speaks), .choices = languages));
RECORD(group_name, FIELD(group_name, name));
RECORD(skill_edit, FIELD(skill_edit, form, .of = &skill_form_record), FIELD(skill_edit, name), FIELD(skill_edit, is_group), FIELD(skill_edit, dutch),
	FIELD(skill_edit, groups, .of = &group_name_record));
#include "skills_by_hand.html.h"

static enum status groups_load(struct ctx *c, list *out)
{
	list all = { 0 };
	TRY(skill_list(c, &all));
	for (each(struct skill, s, all))
		if (str_eq(s->kind, S("group")))
			*list_add(c->arena, out, struct group_name) = (struct group_name){ s->name };
	return OK;
}

OPERATION(skill_new_form, nothing, skill_edit,
	.route = "GET /skills/new",
	.allow = "skills.manage",
	.page = by_hand_html,
	.doc = "The form with which one skill or group is made.")
{
	(void)in;
	record_clear(&skill_form_record, &out->form);
	out->form.speaks = c->language == NL ? S("nl") : S("en");
	out->form.kind = S("skill");
	return groups_load(c, &out->groups);
}

static enum status row_load(struct ctx *c, int64_t id, struct skill_row *out)
{
	bool found;
	TRY(store_find(c, skill_by_id, &(struct skill_ask){ id }, out, &found));
	return found ? OK : refuse(c, NOT_FOUND, "unknown-skill", W(skills_unknown));
}

OPERATION(skill_change_form, skill_asked, skill_edit,
	.route = "GET /skills/{id}/change",
	.allow = "skills.manage",
	.page = by_hand_html,
	.doc = "The form with which a skill's words in one language, its group, owner and review date are changed.")
{
	struct skill_row row = { 0 };
	struct skill_around around;
	list levels = { 0 };
	struct by_id id = { in->id };
	TRY(row_load(c, in->id, &row));
	TRY(store_one(c, skill_around, &id, &around));
	TRY(store_all(c, level_of, &id, &levels));
	struct skill_form *f = &out->form;
	record_clear(&skill_form_record, f);
	bool dutch = in->speaks.len ? str_eq(in->speaks, S("nl")) : c->language == NL;
	out->dutch = dutch;
	f->id = row.id;
	f->speaks = dutch ? S("nl") : S("en");
	f->kind = row.kind;
	f->skill = dutch ? row.name_nl : row.name_en;
	f->parent = either(c, around.name_nl, around.name_en);
	f->description = dutch ? row.description_nl : row.description_en;
	f->owner = around.owner;
	f->review_day = row.review_day;
	f->uri = row.uri;
	str *const texts[LEVELS] = { &f->level_1, &f->level_2, &f->level_3, &f->level_4, &f->level_5 };
	for (each(struct level_row, l, levels))
		*texts[l->level - 1] = dutch ? l->text_nl : l->text_en;
	out->name = either(c, row.name_nl, row.name_en);
	out->is_group = str_eq(row.kind, S("group"));
	return groups_load(c, &out->groups);
}

/* A name that two people have does not say who. */
static enum status owner_check(struct ctx *c, str typed)
{
	list people = { 0 };
	int64_t named = 0;
	if (!typed.len)
		return OK;
	str fold = text_fold(c->arena, typed);
	TRY(store_all(c, skill_owners, NOTHING, &people));
	for (each(struct person_key, p, people)) {
		if (str_eq(p->person_id, typed))
			return OK;
		named += str_eq(p->fold, fold);
	}
	return named > 1 ? object(c, S("owner"), W(skills_owner_several), typed) : OK;
}

/* A name or address that another skill has, which a file would take for that skill. */
static enum status others_check(struct ctx *c, const struct skill_form *in)
{
	struct skill_index index = { 0 };
	enum status status = OK;
	TRY(skill_index_load(c, &index));
	const struct { str field, value; } unique[] = { { S("skill"), in->skill }, { S("uri"), in->uri } };
	for (size_t i = 0; i < 2; i++) {
		int64_t at = unique[i].value.len ? skill_index_find(c, &index, unique[i].value) : -1;
		const struct skill_row *other = at < 0 ? NULL : list_item(index.rows, struct skill_row, at);
		if (other && other->id != in->id)
			status = object(c, unique[i].field, other->retired ? W(skills_there_retired) : W(skills_there), either(c, other->name_nl, other->name_en));
	}
	return status;
}

static enum status save(struct ctx *c, const struct skill_form *in)
{
	list rows = { 0 };
	struct import_count n = { 0 };
	enum status owner = owner_check(c, in->owner), others = others_check(c, in);
	TRY(owner);
	TRY(others);
	struct skills_line *l = list_add(c->arena, &rows, struct skills_line);
	*l = (struct skills_line){ 1, in->skill, in->parent, in->description, in->owner, in->review_day, in->uri, in->level_1, in->level_2, in->level_3, in->level_4,
		in->level_5, .skill_id = in->id, .speaks = in->speaks };
	l->is_group = str_eq(in->kind, S("group"));
	return import_typed(c, S("skills"), rows, &n);
}

OPERATION(skill_add_one, skill_form, by_id,
	.route = "POST /skills",
	.allow = "skills.manage",
	.effect = WRITES,
	.then = "/skills/{id}",
	.back = "/skills/new",
	.said = W(skills_made),
	.doc = "Makes one skill, or a group of them.")
{
	struct skill_form f = *in;
	struct skill made;
	bool found;
	f.id = 0;
	TRY(save(c, &f));
	TRY(skill_find(c, in->skill, &made, &found, NULL));
	out->id = made.id;
	return OK;
}

OPERATION(skill_change, skill_form, nothing,
	.route = "POST /skills/{id}/change",
	.allow = "skills.manage",
	.effect = WRITES,
	.then = "/skills/{id}",
	.back = "/skills/{id}/change",
	.said = W(skills_saved),
	.doc = "Changes a skill: its words in one language, its group, owner, review date and ESCO address. What it said before stays readable.")
{
	(void)out;
	struct skill_row row = { 0 };
	struct skill_form f = *in;
	TRY(row_load(c, in->id, &row));
	if (row.retired)
		return refuse(c, CONFLICT, "skill-retired", W(skills_is_retired));
	f.kind = row.kind;
	return save(c, &f);
}

OPERATION(skill_retire_one, by_id, nothing,
	.route = "POST /skills/{id}/retire",
	.allow = "skills.manage",
	.effect = WRITES,
	.then = "/skills/{id}",
	.back = "/skills/{id}",
	.said = W(skills_retired_said),
	.doc = "Retires a skill: nobody is asked it any more. What was said of it stays readable. Refused while an ambition needs it, or a group holds skills.")
{
	(void)out;
	struct skill_row row = { 0 };
	struct count n;
	TRY(row_load(c, in->id, &row));
	if (row.retired)
		return OK;
	TRY(store_one(c, skill_children, in, &n));
	if (n.count)
		return refuse(c, CONFLICT, "group-in-use", W(skills_group_in_use), text_format(c->arena, "%lld", (long long)n.count));
	TRY(event_raise(c, S("skill_retired"), &(struct skill_event){ in->id }));
	TRY(history_put(c, in->id));
	return store_run(c, skill_retire, in, NULL);
}

OPERATION(skill_restore_one, by_id, nothing,
	.route = "POST /skills/{id}/restore",
	.allow = "skills.manage",
	.effect = WRITES,
	.then = "/skills/{id}",
	.back = "/skills/{id}",
	.said = W(skills_restored),
	.doc = "Brings a retired skill back.")
{
	(void)out;
	struct skill_row row = { 0 };
	TRY(row_load(c, in->id, &row));
	if (!row.retired)
		return OK;
	TRY(history_put(c, in->id));
	return store_run(c, skill_restore, in, NULL);
}
