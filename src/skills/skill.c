/* skill.c - skills as other features ask for them: in the reader's language, by name, in tree order. */
#include "inside.h"

RECORD(skill, FIELD(skill, id), FIELD(skill, key), FIELD(skill, kind), FIELD(skill, name), FIELD(skill, description), FIELD(skill, parent, .optional = true),
	FIELD(skill, owner, .optional = true), FIELD(skill, review_day), FIELD(skill, uri), FIELD(skill, only_other, .doc = "The name is in the other language only."),
	FIELD(skill, retired));
RECORD(skill_level, FIELD(skill_level, level), FIELD(skill_level, text));
RECORD(role_skill, FIELD(role_skill, role), FIELD(role_skill, skill), FIELD(role_skill, level), FIELD(role_skill, importance));
RECORD(skill_ask, FIELD(skill_ask, id));
RECORD(skill_row, FIELD(skill_row, id), FIELD(skill_row, key), FIELD(skill_row, kind), FIELD(skill_row, name_nl), FIELD(skill_row, name_en), FIELD(skill_row, fold),
	FIELD(skill_row, description_nl, .max = 2000), FIELD(skill_row, description_en, .max = 2000), FIELD(skill_row, parent, .optional = true),
	FIELD(skill_row, owner, .optional = true), FIELD(skill_row, review_day), FIELD(skill_row, uri), FIELD(skill_row, retired));
RECORD(level_row, FIELD(level_row, skill), FIELD(level_row, level), FIELD(level_row, text_nl), FIELD(level_row, text_en));
RECORD(role_named, FIELD(role_named, id), FIELD(role_named, name), FIELD(role_named, name_en), FIELD(role_named, fold));
RECORD(person_key, FIELD(person_key, id), FIELD(person_key, person_id), FIELD(person_key, name), FIELD(person_key, fold));
RECORD(skill_around, FIELD(skill_around, parent, .optional = true), FIELD(skill_around, name_nl), FIELD(skill_around, name_en), FIELD(skill_around, owner),
	FIELD(skill_around, esco, .optional = true));
RECORD(profile_row, FIELD(profile_row, id), FIELD(profile_row, role), FIELD(profile_row, skill), FIELD(profile_row, level), FIELD(profile_row, importance));

str either(const struct ctx *c, str nl, str en)
{
	str wanted = c->language == NL ? nl : en, other = c->language == NL ? en : nl;
	return wanted.len ? wanted : other;
}

struct skill skill_of_row(const struct ctx *c, const struct skill_row *row)
{
	return (struct skill){ row->id, row->key, row->kind, either(c, row->name_nl, row->name_en), either(c, row->description_nl, row->description_en),
		row->parent, row->owner, row->review_day, row->uri, !(c->language == NL ? row->name_nl : row->name_en).len, row->retired };
}

str skill_fold(struct ctx *c, const struct skill_row *row)
{
	return text_fold(c->arena, text_format(c->arena, S_FMT " " S_FMT, S_ARG(row->name_nl), S_ARG(row->name_en)));
}

enum status skill_load(struct ctx *c, int64_t id, struct skill *out)
{
	struct skill_ask ask = { id };
	struct skill_row row = { 0 };
	bool found;
	TRY(store_find(c, skill_by_id, &ask, &row, &found));
	if (!found)
		return refuse(c, NOT_FOUND, "unknown-skill", W(skills_unknown));
	*out = skill_of_row(c, &row);
	return OK;
}

enum status skill_load_in_use(struct ctx *c, int64_t id, struct skill *out)
{
	TRY(skill_load(c, id, out));
	if (!str_eq(out->kind, S("skill")))
		return refuse(c, NOT_FOUND, "unknown-skill", W(skills_unknown));
	return out->retired ? refuse(c, CONFLICT, "skill-retired", W(skills_no_longer), out->name) : OK;
}

enum status skill_list(struct ctx *c, list *out)
{
	list rows = { 0 };
	TRY(store_all(c, skill_all, NOTHING, &rows));
	for (each(struct skill_row, row, rows))
		*list_add(c->arena, out, struct skill) = skill_of_row(c, row);
	return OK;
}

enum status skill_levels(struct ctx *c, int64_t skill, list *out)
{
	struct by_id id = { skill };
	list rows = { 0 };
	TRY(store_all(c, level_of, &id, &rows));
	for (each(struct level_row, row, rows))
		*list_add(c->arena, out, struct skill_level) = (struct skill_level){ row->level, either(c, row->text_nl, row->text_en) };
	return OK;
}

enum status role_skills(struct ctx *c, list *out)
{
	return store_all(c, role_skill_all, NOTHING, out);
}

static void name_put(struct ctx *c, struct skill_index *index, str name, int64_t place)
{
	if (!name.len)
		return;
	map_put(c->arena, &index->keys, text_fold(c->arena, name), place, NULL);
	*list_add(c->arena, &index->names, str) = name;
}

enum status skill_index_load(struct ctx *c, struct skill_index *index)
{
	TRY(store_all(c, skill_every, NOTHING, &index->rows));
	for (size_t i = 0; i < index->rows.count; i++) {
		const struct skill_row *row = list_item(index->rows, struct skill_row, i);
		name_put(c, index, row->name_nl, (int64_t)i);
		name_put(c, index, row->name_en, (int64_t)i);
		if (row->key.len)
			map_put(c->arena, &index->keys, row->key, (int64_t)i, NULL);
		if (row->uri.len)
			map_put(c->arena, &index->keys, row->uri, (int64_t)i, NULL);
	}
	return OK;
}

int64_t skill_index_find(struct ctx *c, const struct skill_index *index, str text)
{
	int64_t place;
	if (map_find(&index->keys, text, &place) || map_find(&index->keys, text_fold(c->arena, text), &place))
		return place;
	return -1;
}

enum { NEAR = 3, NEAR_EDITS = 4 };

/* Up to three names that somebody may have meant, nearest first. */
static str near_names(struct ctx *c, const struct skill_index *index, str text)
{
	str wanted = text_fold(c->arena, text), best[NEAR] = { 0 };
	size_t distance[NEAR] = { NEAR_EDITS, NEAR_EDITS, NEAR_EDITS };
	for (each(str, name, index->names)) {
		size_t d = text_distance(wanted, text_fold(c->arena, *name), NEAR_EDITS);
		for (int i = 0; i < NEAR; i++)
			if (d < distance[i]) {
				for (int j = NEAR - 1; j > i; j--) {
					best[j] = best[j - 1];
					distance[j] = distance[j - 1];
				}
				best[i] = *name;
				distance[i] = d;
				break;
			}
	}
	str all = { 0 };
	for (int i = 0; i < NEAR && best[i].len; i++)
		all = text_format(c->arena, S_FMT "%s" S_FMT, S_ARG(all), i ? ", " : "", S_ARG(best[i]));
	return all;
}

enum status skill_find(struct ctx *c, str text, struct skill *out, bool *found, str *near)
{
	struct skill_index index = { 0 };
	TRY(skill_index_load(c, &index));
	int64_t place = skill_index_find(c, &index, text);
	*found = place >= 0;
	if (*found)
		*out = skill_of_row(c, list_item(index.rows, struct skill_row, place));
	else if (near)
		*near = near_names(c, &index, text);
	return OK;
}

static const struct word *const level_words[LEVELS] = { W(skills_level_1), W(skills_level_2), W(skills_level_3), W(skills_level_4), W(skills_level_5) };

static int level_within(double level)
{
	return level < 1 ? 1 : level > LEVELS ? LEVELS : (int)level;
}

str level_word(const struct ctx *c, int level)
{
	return level_words[level_within(level) - 1]->text[c->language];
}

str level_range(const struct ctx *c, double low80, double high80)
{
	/* The interval's ends, each at the level whose middle is nearest. */
	int low = level_within(low80 + .5), high = level_within(high80 + .5);
	if (low == high)
		return level_word(c, low);
	str values[] = { level_word(c, low), level_word(c, high) };
	return word_text(c->arena, c->language, W(skills_level_between), values, 2);
}
