/* page.c - one skill: what each level looks like, who owns it, who needs it. */
#include "inside.h"
#include "web/operation.h"

struct need_line { int64_t role, level, importance; str name, name_en; int64_t people; };
struct shown_level { int64_t level; str word, text; };
struct shown_need { int64_t role; str name, level_word; int64_t people; };
struct skill_page { int64_t id; str name, description, group; int64_t group_id; str owner; date review_day; str uri; bool overdue, only_other; int64_t people, esco; list levels, needs, members; bool retired, is_group; };
RECORD(need_line, FIELD(need_line, role), FIELD(need_line, level), FIELD(need_line, importance), FIELD(need_line, name), FIELD(need_line, name_en), FIELD(need_line, people));
RECORD(shown_level, FIELD(shown_level, level), FIELD(shown_level, word), FIELD(shown_level, text));
RECORD(shown_need, FIELD(shown_need, role), FIELD(shown_need, name), FIELD(shown_need, level_word), FIELD(shown_need, people));
RECORD(skill_page, FIELD(skill_page, id), FIELD(skill_page, name), FIELD(skill_page, description), FIELD(skill_page, group), FIELD(skill_page, group_id, .optional = true),
	FIELD(skill_page, owner), FIELD(skill_page, review_day), FIELD(skill_page, uri), FIELD(skill_page, overdue), FIELD(skill_page, only_other),
	FIELD(skill_page, people, .doc = "Employments whose role asks for it today."),
	FIELD(skill_page, esco, .optional = true, .doc = "The same skill in the ESCO that was imported."),
	FIELD(skill_page, levels, .of = &shown_level_record), FIELD(skill_page, needs, .of = &shown_need_record),
	FIELD(skill_page, members, .of = &leaf_record, .doc = "Of a group: its skills."), FIELD(skill_page, retired), FIELD(skill_page, is_group));

#include "skills_page.html.h"

OPERATION(skill_show, by_id, skill_page,
	.route = "GET /skills/{id}",
	.allow = "skills.read",
	.page = page_html,
	.lenient = true,
	.doc = "A skill with its levels, owner, review date and the roles that need it.")
{
	struct skill s;
	struct skill_around around;
	list levels = { 0 }, needs = { 0 };
	TRY(skill_load(c, in->id, &s));
	TRY(store_one(c, skill_around, in, &around));
	TRY(skill_levels(c, in->id, &levels));
	TRY(store_all(c, role_skill_of_skill, in, &needs));
	*out = (struct skill_page){ .id = s.id, .name = s.name, .description = s.description, .group = either(c, around.name_nl, around.name_en), .group_id = around.parent,
		.owner = around.owner, .review_day = s.review_day, .uri = s.uri, .esco = around.esco,
		.overdue = date_is(s.review_day) && date_compare(s.review_day, c->today) < 0, .only_other = s.only_other,
		.retired = s.retired, .is_group = str_eq(s.kind, S("group")) };
	list all = { 0 };
	if (out->is_group)
		TRY(skill_list(c, &all));
	for (each(struct skill, m, all))
		if (m->parent == s.id)
			*list_add(c->arena, &out->members, struct leaf) = (struct leaf){ .id = m->id, .name = m->name };
	for (each(struct skill_level, l, levels))
		*list_add(c->arena, &out->levels, struct shown_level) = (struct shown_level){ l->level, level_word(c, (int)l->level), l->text };
	for (each(struct need_line, n, needs)) {
		*list_add(c->arena, &out->needs, struct shown_need) = (struct shown_need){ n->role, either(c, n->name, n->name_en), level_word(c, (int)n->level), n->people };
		out->people += n->people;
	}
	return OK;
}

struct review_form { int64_t id; date review_day; };
struct review_row { int64_t id, owner; date review_day; };
RECORD(review_form, FIELD(review_form, id, .required = true), FIELD(review_form, review_day, .label = W(skills_review_next), .required = true));
RECORD(review_row, FIELD(review_row, id), FIELD(review_row, owner, .optional = true), FIELD(review_row, review_day));

OPERATION(skill_review_done, review_form, nothing,
	.route = "POST /skills/{id}/review",
	.allow = "skills.manage",
	.effect = WRITES,
	.then = "/skills/{id}",
	.said = W(skills_reviewed),
	.doc = "Says that a skill was reviewed, and when it is due again.")
{
	(void)out;
	struct skill s;
	TRY(skill_load(c, in->id, &s));
	if (date_compare(in->review_day, c->today) <= 0)
		return object(c, S("review_day"), W(skills_review_past));
	TRY(history_put(c, in->id));
	struct review_row row = { in->id, s.owner, in->review_day };
	return store_run(c, skill_review, &row, NULL);
}
