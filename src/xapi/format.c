/* format.c - ids: only what names somebody or something; canonical: what the store knows of it, in the reader's language. */
#include "format.h"
#include "base/buffer.h"
#include "record/record.h"
#include "store/store.h"
#include "xapi.sql.h"

struct formatter { struct ctx *c; struct formatting *f; const struct json *j; struct buffer *b; };

typedef enum status part_writer(const struct formatter *w, uint32_t n);

/* ---- Languages ---- */

static double quality(str range)
{
	str name, rest;
	double q = 1;
	str_cut(range, ';', &name, &rest);
	rest = str_trim(rest);
	if (str_starts(rest, S("q=")) && !str_to_real(str_trim(str_from(rest, 2)), &q))
		q = 0;
	return q;
}

/* How well a tag fits a range: 0 not; the longer the range, the better. */
static size_t fit(str tag, str range)
{
	if (str_eq(range, S("*")))
		return 1;
	bool fits = tag.len >= range.len && str_eq_ignoring_case(str_until(tag, range.len), range) && (tag.len == range.len || tag.at[range.len] == '-');
	bool wider = range.len > tag.len && range.at[tag.len] == '-' && str_eq_ignoring_case(str_until(range, tag.len), tag);   /* en for who asks en-US */
	return fits ? range.len + 2 : wider ? 2 : 0;
}

uint32_t language_best(const struct json *j, uint32_t map, str languages)
{
	uint32_t best = json_first(j, map);
	double best_quality = 0;
	for (str range, rest = languages; rest.len; ) {
		str name, parameters;
		str_cut(rest, ',', &range, &rest);
		range = str_trim(range);
		double q = quality(range);
		str_cut(range, ';', &name, &parameters);
		uint32_t closest = 0;
		size_t closest_fit = 0;
		for (uint32_t i = json_first(j, map); i; i = json_next(j, map, i)) {
			size_t fits = fit(j->nodes[i].key, str_trim(name));
			if (fits > closest_fit) {
				closest = i;
				closest_fit = fits;
			}
		}
		if (closest && q > best_quality) {         /* of two that are wanted alike, the one that is named first */
			best = closest;
			best_quality = q;
		}
	}
	return best;
}

/* ---- Writing ---- */

static void key_put(struct buffer *b, bool *first, str key)
{
	buffer_add(b, *first ? S("") : S(","));
	json_write_text(b, key);
	buffer_add_char(b, ':');
	*first = false;
}

static void same_put(struct buffer *b, const struct json *j, uint32_t n)
{
	buffer_add(b, json_slice(j, n));
}

/* A member of an object and who writes it otherwise than it stands. */
struct special { const char *name; part_writer *write; };

static enum status object_put(const struct formatter *w, uint32_t n, const struct special *special, size_t count)
{
	bool first = true;
	buffer_add_char(w->b, '{');
	for (uint32_t i = json_first(w->j, n); i; i = json_next(w->j, n, i)) {
		str key = w->j->nodes[i].key;
		part_writer *write = NULL;
		for (size_t k = 0; k < count; k++)
			if (str_eq(key, str_of(special[k].name)))
				write = special[k].write;
		key_put(w->b, &first, key);
		if (write)
			TRY(write(w, i));
		else
			same_put(w->b, w->j, i);
	}
	buffer_add_char(w->b, '}');
	return OK;
}

static enum status list_put(const struct formatter *w, uint32_t n, part_writer *write)
{
	if (w->j->nodes[n].type != JSON_LIST)
		return write(w, n);
	bool first = true;
	buffer_add_char(w->b, '[');
	for (uint32_t i = json_first(w->j, n); i; i = json_next(w->j, n, i)) {
		buffer_add(w->b, first ? S("") : S(","));
		TRY(write(w, i));
		first = false;
	}
	buffer_add_char(w->b, ']');
	return OK;
}

/* Only some members of an object, as they stand. */
static void only_put(const struct formatter *w, uint32_t n, const char *const *names, size_t count)
{
	bool first = true;
	buffer_add_char(w->b, '{');
	for (uint32_t i = json_first(w->j, n); i; i = json_next(w->j, n, i))
		for (size_t k = 0; k < count; k++)
			if (str_eq(w->j->nodes[i].key, str_of(names[k]))) {
				key_put(w->b, &first, w->j->nodes[i].key);
				same_put(w->b, w->j, i);
			}
	buffer_add_char(w->b, '}');
}

static enum status actor_put(const struct formatter *w, uint32_t n)
{
	static const char *const names[] = { "objectType", "mbox", "mbox_sha1sum", "openid", "account" };
	if (w->f->format != IDS) {
		same_put(w->b, w->j, n);
		return OK;
	}
	uint32_t member = json_find(w->j, n, S("member"));
	bool named = false;
	for (int k = 1; k < 5; k++)
		named |= json_find(w->j, n, str_of(names[k])) != 0;
	if (named || !member) {
		only_put(w, n, names, 5);
		return OK;
	}
	buffer_add(w->b, S("{\"objectType\":\"Group\",\"member\":"));
	TRY(list_put(w, member, actor_put));
	buffer_add_char(w->b, '}');
	return OK;
}

static enum status known_text(const struct formatter *w, bool verb, str iri, str *out)
{
	struct map *m = verb ? &w->f->displays : &w->f->definitions;
	int64_t at;
	if (!map_find(m, iri, &at)) {
		bool found;
		const struct iri_row key = { iri };
		struct verb_row v = { 0 };
		struct activity_row a = { 0 };
		if (verb)
			TRY(store_find(w->c, verb_find, &key, &v, &found));
		else
			TRY(store_find(w->c, activity_find, &key, &a, &found));
		at = (int64_t)w->f->texts.count;
		*list_add(w->c->arena, &w->f->texts, str) = verb ? v.display : a.definition;
		map_put(w->c->arena, m, iri, at, NULL);
	}
	*out = *list_item(w->f->texts, str, at);
	return OK;
}

static void one_language_put(const struct formatter *w, const struct json *j, uint32_t map)
{
	uint32_t best = j->nodes[map].type == JSON_OBJECT ? language_best(j, map, w->f->languages) : 0;
	bool first = true;
	buffer_add_char(w->b, '{');
	if (best) {
		key_put(w->b, &first, j->nodes[best].key);
		same_put(w->b, j, best);
	}
	buffer_add_char(w->b, '}');
}

static enum status language_put(const struct formatter *w, uint32_t n)
{
	one_language_put(w, w->j, n);
	return OK;
}

static enum status component_put(const struct formatter *w, uint32_t n)
{
	static const struct special special[] = { { "description", language_put } };
	return object_put(w, n, special, 1);
}

static enum status components_put(const struct formatter *w, uint32_t n)
{
	return list_put(w, n, component_put);
}

static enum status definition_put(const struct formatter *w, str definition)
{
	static const struct special special[] = { { "name", language_put }, { "description", language_put }, { "choices", components_put }, { "scale", components_put },
		{ "source", components_put }, { "target", components_put }, { "steps", components_put } };
	struct json j;
	struct json_fault bad;
	if (!json_read(w->c->arena, definition, JSON_LEVELS_MAX, &j, &bad) || j.nodes[0].type != JSON_OBJECT)
		return broken(w->c, "a kept definition is no JSON: %s", bad.what);
	const struct formatter inner = { w->c, w->f, &j, w->b };
	return object_put(&inner, 0, special, sizeof special / sizeof *special);
}

static enum status activity_put(const struct formatter *w, uint32_t n)
{
	static const char *const names[] = { "id" };
	uint32_t id = json_find(w->j, n, S("id"));
	str definition;
	bool first = true;
	if (w->f->format == IDS) {
		only_put(w, n, names, 1);
		return OK;
	}
	TRY(known_text(w, false, w->j->nodes[id].text, &definition));
	buffer_add_char(w->b, '{');
	key_put(w->b, &first, S("objectType"));
	buffer_add(w->b, S("\"Activity\""));
	key_put(w->b, &first, S("id"));
	same_put(w->b, w->j, id);
	if (definition.len) {
		key_put(w->b, &first, S("definition"));
		TRY(definition_put(w, definition));
	}
	buffer_add_char(w->b, '}');
	return OK;
}

static enum status verb_put(const struct formatter *w, uint32_t n)
{
	static const char *const names[] = { "id" };
	struct json j;
	struct json_fault bad;
	str display;
	bool first = true;
	uint32_t id = json_find(w->j, n, S("id"));
	if (w->f->format == IDS) {
		only_put(w, n, names, 1);
		return OK;
	}
	TRY(known_text(w, true, w->j->nodes[id].text, &display));
	buffer_add_char(w->b, '{');
	key_put(w->b, &first, S("id"));
	same_put(w->b, w->j, id);
	if (display.len && json_read(w->c->arena, display, JSON_LEVELS_MAX, &j, &bad)) {
		key_put(w->b, &first, S("display"));
		one_language_put(w, &j, 0);
	}
	buffer_add_char(w->b, '}');
	return OK;
}

static enum status activities_put(const struct formatter *w, uint32_t n)
{
	return list_put(w, n, activity_put);
}

static enum status context_activities_put(const struct formatter *w, uint32_t n)
{
	static const struct special special[] = { { "parent", activities_put }, { "grouping", activities_put }, { "category", activities_put }, { "other", activities_put } };
	return object_put(w, n, special, 4);
}

static enum status with_actor_put(const struct formatter *w, uint32_t n)
{
	static const struct special special[] = { { "agent", actor_put }, { "group", actor_put } };
	return object_put(w, n, special, 2);
}

static enum status with_actors_put(const struct formatter *w, uint32_t n)
{
	return list_put(w, n, with_actor_put);
}

static enum status context_put(const struct formatter *w, uint32_t n)
{
	static const struct special special[] = { { "instructor", actor_put }, { "team", actor_put }, { "contextActivities", context_activities_put },
		{ "contextAgents", with_actors_put }, { "contextGroups", with_actors_put } };
	return object_put(w, n, special, 5);
}

static enum status statement_put_as(const struct formatter *w, uint32_t n);

static enum status thing_put(const struct formatter *w, uint32_t n)
{
	uint32_t type = json_find(w->j, n, S("objectType"));
	str is = type ? w->j->nodes[type].text : S("Activity");
	if (str_eq(is, S("Activity")))
		return activity_put(w, n);
	if (str_eq(is, S("SubStatement")))
		return statement_put_as(w, n);
	if (str_eq(is, S("StatementRef"))) {
		same_put(w->b, w->j, n);
		return OK;
	}
	return actor_put(w, n);
}

static enum status statement_put_as(const struct formatter *w, uint32_t n)
{
	static const struct special special[] = { { "actor", actor_put }, { "authority", actor_put }, { "verb", verb_put }, { "object", thing_put }, { "context", context_put } };
	return object_put(w, n, special, 5);
}

enum status statement_format(struct ctx *c, struct formatting *f, str text, struct buffer *out)
{
	struct json j;
	struct json_fault bad;
	if (f->format == EXACT) {
		buffer_add(out, text);
		return OK;
	}
	if (!json_read(c->arena, text, JSON_LEVELS_MAX + 1, &j, &bad))
		return broken(c, "a kept statement is no JSON: %s at %zu", bad.what, bad.at);
	const struct formatter w = { c, f, &j, out };
	return statement_put_as(&w, 0);
}
