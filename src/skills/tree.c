/* tree.c - the framework as people read it: groups, skills, who needs them. */
#include "inside.h"
#include "web/access.h"
#include "web/operation.h"

struct skill_need { int64_t skill, roles, people; };
struct tree_query { str find; };
struct branch { int64_t id; str name, description; list skills; int64_t count; bool open; };
struct tree { str find; list branches, retired; int64_t skills, roles; bool empty; };
RECORD(skill_need, FIELD(skill_need, skill), FIELD(skill_need, roles), FIELD(skill_need, people));
RECORD(tree_query, FIELD(tree_query, find, .label = W(skills_find), .max = 100));
RECORD(leaf, FIELD(leaf, id), FIELD(leaf, name), FIELD(leaf, only_other), FIELD(leaf, overdue), FIELD(leaf, people));
RECORD(branch, FIELD(branch, id, .optional = true), FIELD(branch, name), FIELD(branch, description), FIELD(branch, skills, .of = &leaf_record), FIELD(branch, count), FIELD(branch, open));
RECORD(tree, FIELD(tree, find), FIELD(tree, branches, .of = &branch_record), FIELD(tree, retired, .of = &leaf_record), FIELD(tree, skills), FIELD(tree, roles), FIELD(tree, empty));
#include "skills_tree.html.h"

static bool is_wanted(struct ctx *c, const struct skill_row *row, str find)
{
	return !find.len || str_has(row->fold, find) || str_has(text_fold(c->arena, either(c, row->description_nl, row->description_en)), find);
}

/* Skills below a group, whatever their depth; those without one stand under a branch of their own. */
static void branch_fill(struct ctx *c, struct branch *b, const list *rows, const struct map *people, int64_t group, str find)
{
	for (each(struct skill_row, row, *rows)) {
		if (!str_eq(row->kind, S("skill")) || row->parent != group || !is_wanted(c, row, find))
			continue;
		struct skill s = skill_of_row(c, row);
		int64_t n = 0;
		map_find_number(people, s.id, &n);
		bool overdue = date_is(s.review_day) && date_compare(s.review_day, c->today) < 0;
		*list_add(c->arena, &b->skills, struct leaf) = (struct leaf){ s.id, s.name, s.only_other, overdue, n };
	}
	b->count = (int64_t)b->skills.count;
}

OPERATION(skill_tree, tree_query, tree,
	.route = "GET /skills",
	.allow = "skills.read",
	.page = tree_html,
	.lenient = true,
	.doc = "The skills framework as a tree, or what of it a search finds.")
{
	list rows = { 0 }, needs = { 0 };
	struct map people = { 0 };
	TRY(store_all(c, skill_all, NOTHING, &rows));
	TRY(store_all(c, skill_needed, NOTHING, &needs));
	for (each(struct skill_need, n, needs))
		map_put_number(c->arena, &people, n->skill, n->people, NULL);
	str find = text_fold(c->arena, in->find);
	for (each(struct skill_row, row, rows)) {
		if (!str_eq(row->kind, S("group")))
			continue;
		struct skill s = skill_of_row(c, row);
		struct branch b = { .id = s.id, .name = s.name, .description = s.description, .open = find.len > 0 };
		branch_fill(c, &b, &rows, &people, s.id, find);
		if (b.count || (!find.len && may(c, S("skills.manage"))))
			*list_add(c->arena, &out->branches, struct branch) = b;
		out->skills += b.count;
	}
	struct branch loose = { .name = text_of_word(c, W(skills_loose)), .open = true };
	branch_fill(c, &loose, &rows, &people, 0, find);
	if (loose.count)
		*list_add(c->arena, &out->branches, struct branch) = loose;
	out->skills += loose.count;
	list retired = { 0 };
	TRY(store_all(c, skill_retired_all, NOTHING, &retired));
	for (each(struct skill_row, row, retired))
		if (is_wanted(c, row, find))
			*list_add(c->arena, &out->retired, struct leaf) = (struct leaf){ .id = row->id, .name = either(c, row->name_nl, row->name_en) };
	out->empty = !rows.count && !retired.count;
	out->find = in->find;
	return OK;
}
