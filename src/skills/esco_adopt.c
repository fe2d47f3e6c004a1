/* esco_adopt.c - taking skills of ESCO over into the framework, and asking them of a role. */
#include "esco.h"
#include "web/operation.h"
#include "web/web.h"

struct esco_wish { int64_t skill; bool take; str name_nl; };
struct esco_adoption { int64_t occupation; list skills; int64_t parent, role; str level; };
struct esco_adopted { int64_t added, kept; };

static const struct choice levels[] = { { S("1"), W(skills_level_1) }, { S("2"), W(skills_level_2) }, { S("3"), W(skills_level_3) },
	{ S("4"), W(skills_level_4) }, { S("5"), W(skills_level_5) }, { 0 } };

RECORD(esco_pick, FIELD(esco_pick, ids, .max = 2000), FIELD(esco_pick, occupation));
RECORD(esco_picked, FIELD(esco_picked, id), FIELD(esco_picked, uri), FIELD(esco_picked, name_nl), FIELD(esco_picked, name_en), FIELD(esco_picked, description_nl),
	FIELD(esco_picked, description_en), FIELD(esco_picked, skill, .optional = true), FIELD(esco_picked, retired), FIELD(esco_picked, related, .optional = true),
	FIELD(esco_picked, essential));
RECORD(esco_wish,
	FIELD(esco_wish, skill, .doc = "ESCO's skill, as esco_browse numbers it."),
	FIELD(esco_wish, take, .label = W(skills_esco_take)),
	FIELD(esco_wish, name_nl, .label = W(skills_esco_own_name), .max = 120));
RECORD(esco_adoption,
	FIELD(esco_adoption, occupation, .optional = true, .doc = "The ESCO occupation they are adopted for: what is essential there becomes so in the role."),
	FIELD(esco_adoption, skills, .of = &esco_wish_record, .max = 100),
	FIELD(esco_adoption, parent, .label = W(skills_field_parent), .optional = true),
	FIELD(esco_adoption, role, .label = W(skills_esco_role), .hint = W(skills_esco_role_hint), .optional = true),
	FIELD(esco_adoption, level, .label = W(skills_esco_level), .choices = levels, .doc = "What the role asks of each; 3 when not given."));
RECORD(esco_adopted, FIELD(esco_adopted, added), FIELD(esco_adopted, kept, .doc = "Already in the framework, and left as they are."));

static const struct esco_wish *wish_of(const list *wishes, int64_t skill)
{
	for (each(struct esco_wish, w, *wishes))
		if (w->skill == skill && w->take)
			return w;
	return NULL;
}

/* A skill of the framework out of one of ESCO; without levels, because those say what one sees here. */
static enum status skill_make(struct ctx *c, const struct esco_picked *e, const struct esco_wish *w, int64_t parent, int64_t *id)
{
	struct skill_row row = { .kind = S("skill"), .parent = parent, .name_nl = w->name_nl.len ? w->name_nl : e->name_nl, .name_en = e->name_en,
		.description_nl = e->description_nl, .description_en = e->description_en, .uri = e->uri };
	struct by_id made;
	row.fold = skill_fold(c, &row);
	TRY(store_one(c, skill_add, &row, &made));
	*id = made.id;
	return OK;
}

static enum status parent_check(struct ctx *c, int64_t id)
{
	struct skill group;
	if (!id)
		return OK;
	TRY(skill_load(c, id, &group));
	return str_eq(group.kind, S("group")) ? OK : object(c, S("parent"), W(skills_esco_no_group));
}

static enum status role_check(struct ctx *c, int64_t id)
{
	struct role_named role = { 0 };
	bool found = true;
	if (id)
		TRY(store_find(c, profile_role, (&(struct by_id){ id }), &role, &found));
	return found ? OK : refuse(c, NOT_FOUND, "unknown-role", W(skills_unknown_role));
}

/* Essential for the occupation is essential for the role; without an occupation it is important until somebody says otherwise. */
static int64_t importance_of(const struct esco_picked *e)
{
	return !e->related ? 2 : e->essential ? 3 : 1;
}

OPERATION(esco_adopt, esco_adoption, esco_adopted,
	.route = "POST /esco/adopt",
	.allow = "skills.manage",
	.effect = WRITES,
	.then = "/skills",
	.said = W(skills_esco_adopted),
	.doc = "Takes skills of ESCO over into the framework, with their address, names and description, and asks them of a role if one is named.")
{
	struct esco_pick pick = { .ids = S(","), .occupation = in->occupation };
	int64_t wanted = 0, level = 3, last = 0;
	for (each(struct esco_wish, w, in->skills))
		if (w->take) {
			pick.ids = text_format(c->arena, S_FMT "%lld,", S_ARG(pick.ids), (long long)w->skill);
			wanted++;
		}
	if (!wanted)
		return object(c, S("skills"), W(skills_esco_take_none));
	TRY(parent_check(c, in->parent));
	TRY(role_check(c, in->role));
	if (in->level.len && !str_to_int(in->level, &level))
		return INVALID;
	list picked = { 0 }, lines = { 0 };
	TRY(store_all(c, esco_picked, &pick, &picked));
	if ((int64_t)picked.count != wanted)
		return refuse(c, NOT_FOUND, "unknown-esco", W(skills_esco_unknown_concept));
	for (each(struct esco_picked, e, picked)) {
		if (e->skill)
			out->kept++;
		else {
			TRY(skill_make(c, e, wish_of(&in->skills, e->id), in->parent, &e->skill));
			out->added++;
		}
		if (e->retired)
			TRY(store_run(c, skill_revive, (&(struct by_id){ e->skill }), NULL));
		*list_add(c->arena, &lines, struct profile_row) = (struct profile_row){ .role = in->role, .skill = e->skill, .level = level, .importance = importance_of(e) };
		last = e->skill;
	}
	if (in->role) {
		TRY(store_run_each(c, role_skill_offer, &lines));
		web_go(c, text_format(c->arena, "/roles/%lld", (long long)in->role));
	} else if (wanted == 1) {
		web_go(c, text_format(c->arena, "/skills/%lld", (long long)last));
	}
	return OK;
}
