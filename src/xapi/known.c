/* known.c - actors, verbs and activities under their numbers: found, made, and made richer by what is said of them.
 *
 * All that some statements speak of is looked for at once, and made at once where there is none yet (known_seek), so that it costs some questions and not one for each name.
 */
#include "store.h"
#include "store/store.h"
#include "xapi.sql.h"
#include <string.h>

enum { NAME_MAX_BYTES = 300, KEYS_AT_ONCE = 500 };

static str cut(str s)
{
	size_t len = s.len < NAME_MAX_BYTES ? s.len : NAME_MAX_BYTES;
	while (len && len < s.len && ((unsigned char)s.at[len] & 0xC0) == 0x80)
		len--;
	return str_until(s, len);
}

static void names_of(struct ctx *c, str map_text, str inside, str *nl, str *en)
{
	struct json j;
	struct json_fault fault;
	*nl = *en = (str){ 0 };
	if (!map_text.len || !json_read(c->arena, map_text, JSON_LEVELS_MAX, &j, &fault))
		return;
	uint32_t map = inside.len ? json_find(&j, 0, inside) : 0;
	if (inside.len && !map)
		return;
	*nl = cut(language_pick(&j, map, S("nl")));
	*en = cut(language_pick(&j, map, S("en")));
}

/* ---- Looked for ---- */

static struct map *actors_of(struct known *k, str kind)
{
	static const char *const kinds[] = { "mbox", "mbox_sha1sum", "openid", "account" };
	size_t i = 0;
	while (i < 3 && !str_eq(kind, str_of(kinds[i])))
		i++;
	return &k->actors[i];
}

/* True when nobody looked for this key yet: a row for it stands at the end of `rows`. */
static void *place_new(struct ctx *c, struct map *places, list *rows, size_t size, str key)
{
	return map_put(c->arena, places, key, (int64_t)rows->count, NULL) ? list_add_size(c->arena, rows, size) : NULL;
}

static void actor_seek(struct ctx *c, struct known *k, const struct mention *m)
{
	str kind = str_of(m->kind);
	struct actor_row *row = place_new(c, actors_of(k, kind), &k->actor_rows, sizeof *row, m->key);
	if (row)
		*row = (struct actor_row){ .kind = kind, .key = m->key, .name = cut(m->name) };
}

static void activity_seek(struct ctx *c, struct known *k, const struct statement *s, const struct activity_mention *m)
{
	struct activity_row *row = place_new(c, &k->activities, &k->activity_rows, sizeof *row, m->iri);
	if (row)
		*row = (struct activity_row){ .iri = m->iri, .definition = m->definition ? json_slice(s->json, m->definition) : (str){ 0 } };
}

static void verb_seek(struct ctx *c, struct known *k, const struct statement *s)
{
	struct verb_row *row = place_new(c, &k->verbs, &k->verb_rows, sizeof *row, s->verb);
	if (row)
		*row = (struct verb_row){ .iri = s->verb, .display = s->display ? json_slice(s->json, s->display) : (str){ 0 } };
}

static struct map *actor_places(struct known *k, const void *row) { return actors_of(k, ((const struct actor_row *)row)->kind); }
static struct map *verb_places(struct known *k, const void *row) { (void)row; return &k->verbs; }
static struct map *activity_places(struct known *k, const void *row) { (void)row; return &k->activities; }

/* Of one table: its question, its rows, and where in a row its key stands. */
struct loading { const struct query *query; list *rows; size_t size, key; struct map *(*places)(struct known *k, const void *row); };

static str key_of(const struct loading *l, const void *rows, size_t i)
{
	return *(const str *)(const void *)((const char *)rows + i * l->size + l->key);
}

static str keys_text(struct ctx *c, const struct loading *l, size_t from, size_t count)
{
	struct buffer b = { 0 };
	for (size_t i = 0; i < count; i++) {
		buffer_add_char(&b, i ? ',' : '[');
		json_write_text(&b, key_of(l, l->rows->at, from + i));
	}
	buffer_add_char(&b, ']');
	str text = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return text;
}

/* The rows from `from` on, filled where there is such a one. */
static enum status rows_load(struct ctx *c, struct known *k, const struct loading *l, size_t from)
{
	for (size_t n; from < l->rows->count; from += n) {
		list there;
		n = l->rows->count - from < KEYS_AT_ONCE ? l->rows->count - from : KEYS_AT_ONCE;
		const struct sought sought = { keys_text(c, l, from, n) };
		TRY(store_all_query(c, l->query, &sought, &there));
		for (size_t i = 0; i < there.count; i++) {
			const char *row = (const char *)there.at + i * l->size;
			int64_t place;
			if (map_find(l->places(k, row), key_of(l, there.at, i), &place))
				memcpy((char *)l->rows->at + (size_t)place * l->size, row, l->size);
		}
	}
	return OK;
}

/* ---- Made, where there is none yet: as the first says it ---- */

static void type_and_names(struct ctx *c, struct activity_row *row)
{
	struct json j;
	struct json_fault fault;
	row->type = (str){ 0 };
	if (row->definition.len && json_read(c->arena, row->definition, JSON_LEVELS_MAX, &j, &fault)) {
		uint32_t type = json_find(&j, 0, S("type"));
		row->type = type ? j.nodes[type].text : (str){ 0 };
	}
	names_of(c, row->definition, S("name"), &row->nl, &row->en);
}

/* Whose it is is looked for on the way: an identifier that was recorded, or the e-mail address of a person or of their account. */
static enum status actors_make(struct ctx *c, struct known *k, const struct loading *l, size_t from)
{
	list made = { 0 };
	for (size_t i = from; i < k->actor_rows.count; i++) {
		const struct actor_row *row = list_item(k->actor_rows, struct actor_row, i);
		if (!row->id)
			*list_add(c->arena, &made, struct actor_new) = (struct actor_new){ row->kind, row->key, row->name,
				str_eq(row->kind, S("mbox")) ? lower(c->arena, str_from(row->key, 7)) : (str){ 0 } };
	}
	if (!made.count)
		return OK;
	TRY(store_run_each(c, actor_put, &made));
	TRY(rows_load(c, k, l, from));
	for (size_t i = from; i < k->actor_rows.count; i++) {
		const struct actor_row *row = list_item(k->actor_rows, struct actor_row, i);
		if (!row->person && str_starts(row->kind, S("mbox")))
			return addresses_join_later(c);
	}
	return OK;
}

static enum status verbs_make(struct ctx *c, struct known *k, const struct loading *l, size_t from)
{
	list made = { 0 };
	for (size_t i = from; i < k->verb_rows.count; i++) {
		struct verb_row *row = list_item(k->verb_rows, struct verb_row, i);
		if (row->id)
			continue;
		names_of(c, row->display, S(""), &row->nl, &row->en);
		*list_add(c->arena, &made, struct verb_row) = *row;
	}
	if (!made.count)
		return OK;
	TRY(store_run_each(c, verb_put, &made));
	return rows_load(c, k, l, from);
}

static enum status activities_make(struct ctx *c, struct known *k, const struct loading *l, size_t from)
{
	list made = { 0 };
	for (size_t i = from; i < k->activity_rows.count; i++) {
		struct activity_row *row = list_item(k->activity_rows, struct activity_row, i);
		if (row->id)
			continue;
		type_and_names(c, row);
		*list_add(c->arena, &made, struct activity_row) = *row;
	}
	if (!made.count)
		return OK;
	TRY(store_run_each(c, activity_put, &made));
	return rows_load(c, k, l, from);
}

enum status known_seek(struct ctx *c, struct known *k, const struct statement *first, size_t count, const struct mention *vouched)
{
	const struct loading actors = { &query_actors_known, &k->actor_rows, sizeof(struct actor_row), offsetof(struct actor_row, key), actor_places };
	const struct loading verbs = { &query_verbs_known, &k->verb_rows, sizeof(struct verb_row), offsetof(struct verb_row, iri), verb_places };
	const struct loading activities = { &query_activities_known, &k->activity_rows, sizeof(struct activity_row), offsetof(struct activity_row, iri), activity_places };
	size_t actors_before = k->actor_rows.count, verbs_before = k->verb_rows.count, activities_before = k->activity_rows.count;
	if (vouched->kind)
		actor_seek(c, k, vouched);
	for (const struct statement *s = first; s < first + count; s++) {
		verb_seek(c, k, s);
		for (each(const struct mention, m, s->mentions))
			actor_seek(c, k, m);
		for (each(const struct activity_mention, m, s->activities))
			activity_seek(c, k, s, m);
	}
	TRY(rows_load(c, k, &actors, actors_before));
	TRY(rows_load(c, k, &verbs, verbs_before));
	TRY(rows_load(c, k, &activities, activities_before));
	TRY(actors_make(c, k, &actors, actors_before));
	TRY(verbs_make(c, k, &verbs, verbs_before));
	return activities_make(c, k, &activities, activities_before);
}

/* ---- Made richer ---- */

enum status known_actor(struct ctx *c, struct known *k, const struct mention *m, int64_t *out)
{
	int64_t place = 0;
	if (!map_find(actors_of(k, str_of(m->kind)), m->key, &place))
		return broken(c, "an actor was not looked for");
	struct actor_row *row = list_item(k->actor_rows, struct actor_row, place);
	str name = cut(m->name);
	if (name.len && !row->name.len) {
		row->name = name;
		TRY(store_run(c, actor_name, row, NULL));
	}
	*out = row->id;
	return OK;
}

enum status known_verb(struct ctx *c, struct known *k, const struct statement *s, int64_t *out)
{
	int64_t place = 0;
	if (!map_find(&k->verbs, s->verb, &place))
		return broken(c, "a verb was not looked for");
	struct verb_row *row = list_item(k->verb_rows, struct verb_row, place);
	str display = s->display ? json_slice(s->json, s->display) : (str){ 0 };
	bool says_more = display.len && !str_eq(row->display, display);
	str merged = says_more ? json_merge(c->arena, row->display, display) : row->display;
	if (!str_eq(merged, row->display)) {
		row->display = merged;
		names_of(c, merged, S(""), &row->nl, &row->en);
		TRY(store_run(c, verb_change, row, NULL));
	}
	*out = row->id;
	return OK;
}

/* What is said of an activity is put to what is known of it once; whoever says the same again in this batch adds nothing. */
static bool says_more(struct ctx *c, struct known *k, const struct activity_row *row, str definition)
{
	if (!definition.len || str_eq(row->definition, definition))
		return false;
	return map_put(c->arena, &k->said, text_format(c->arena, S_FMT " " S_FMT, S_ARG(row->iri), S_ARG(definition)), 1, NULL);
}

enum status known_activity(struct ctx *c, struct known *k, const struct statement *s, const struct activity_mention *m, int64_t *out)
{
	int64_t place = 0;
	if (!map_find(&k->activities, m->iri, &place))
		return broken(c, "an activity was not looked for");
	struct activity_row *row = list_item(k->activity_rows, struct activity_row, place);
	str definition = m->definition ? json_slice(s->json, m->definition) : (str){ 0 };
	str merged = says_more(c, k, row, definition) ? json_merge(c->arena, row->definition, definition) : row->definition;
	if (!str_eq(merged, row->definition)) {
		row->definition = merged;
		type_and_names(c, row);
		TRY(store_run(c, activity_change, row, NULL));
	}
	*out = row->id;
	return OK;
}

enum status actor_number(struct ctx *c, const struct mention *m, int64_t *out)
{
	const struct actor_row row = { .kind = str_of(m->kind), .key = m->key };
	struct actor_row known = { 0 };
	bool found;
	TRY(store_find(c, actor_find, &row, &known, &found));
	*out = found ? known.id : 0;
	return OK;
}

enum status verb_number(struct ctx *c, str iri, int64_t *out)
{
	struct verb_row known = { 0 };
	bool found;
	TRY(store_find(c, verb_find, (&(const struct iri_row){ iri }), &known, &found));
	*out = found ? known.id : 0;
	return OK;
}

enum status activity_number(struct ctx *c, str iri, int64_t *out)
{
	struct activity_row known = { 0 };
	bool found;
	TRY(store_find(c, activity_find, (&(const struct iri_row){ iri }), &known, &found));
	*out = found ? known.id : 0;
	return OK;
}
