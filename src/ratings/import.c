/* import.c - ratings from a file: who was rated, on what, how, by whom, when. Rows are only ever added, and the same file again adds nothing. */
#include "import_lines.h"
#include "skills/skills.h"
#include "trust/trust.h"
#include <string.h>

RECORD(rating_line,
	FIELD(rating_line, line),
	FIELD(rating_line, person_id, .label = W(ratings_person_id), .required = true, .max = 60),
	FIELD(rating_line, skill,     .label = W(ratings_skill),     .required = true, .max = 200),
	FIELD(rating_line, level,     .label = W(ratings_level),     .required = true, .min = 1, .max = LEVELS),
	FIELD(rating_line, source,    .label = W(ratings_source),    .required = true, .max = 40),
	FIELD(rating_line, rater_id,  .label = W(ratings_rater_id),  .max = 60),
	FIELD(rating_line, day,       .label = W(ratings_day),       .required = true),
	FIELD(rating_line, note,      .label = W(ratings_note),      .max = 1000),
	FIELD(rating_line, context,   .label = W(ratings_context),   .max = 100),
	FIELD(rating_line, person, .optional = true), FIELD(rating_line, skill_number, .optional = true), FIELD(rating_line, rater, .optional = true),
	FIELD(rating_line, external, .optional = true), FIELD(rating_line, import, .optional = true), FIELD(rating_line, same));

static const struct import_name columns[] = {
	{ "person_id", "personeelsnummer, medewerkernummer, medewerker, employee id, employee number" },
	{ "skill", "vaardigheid, competentie, competency" },
	{ "level", "niveau, score, rating" },
	{ "source", "bron, soort" },
	{ "rater_id", "beoordelaar, beoordelaarsnummer, rater" },
	{ "day", "dag, datum, date" },
	{ "note", "toelichting, opmerking, comment, remark" },
	{ "context", "verband" },
	{ 0 } };

/* What a source may be called in somebody's file. */
static const struct { const char *name; enum source source; } source_words[] = {
	{ "self", SELF }, { "zelf", SELF }, { "lead", LEAD_SOURCE }, { "leidinggevende", LEAD_SOURCE }, { "manager", LEAD_SOURCE },
	{ "peer", PEER }, { "collega", PEER }, { "test", TEST }, { "toets", TEST }, { "evidence", EVIDENCE }, { "bewijs", EVIDENCE },
	{ "certificate", CERTIFICATE }, { "certificaat", CERTIFICATE } };

RECORD(id_text, FIELD(id_text, id), FIELD(id_text, text, .max = 1000));

struct person_skill { int64_t person, skill; };
RECORD(person_skill, FIELD(person_skill, person), FIELD(person_skill, skill));

RECORD(rating_kept, FIELD(rating_kept, person), FIELD(rating_kept, skill), FIELD(rating_kept, level), FIELD(rating_kept, source),
	FIELD(rating_kept, rater, .optional = true), FIELD(rating_kept, external, .optional = true), FIELD(rating_kept, day), FIELD(rating_kept, context));

/* Ratings that stand there already, by their natural key, with how often. */
struct standing { struct map kept; list times; };

enum { SMALL = 4000 };

static enum status source_read(struct ctx *c, struct import *im, struct rating_line *r)
{
	for (size_t i = 0; i < sizeof source_words / sizeof source_words[0]; i++)
		if (str_eq_ignoring_case(r->source, str_of(source_words[i].name))) {
			r->source = str_of(source_names[source_words[i].source]);
			return OK;
		}
	import_object(c, im, r->line, S("source"), W(ratings_source_unknown), r->source);
	return OK;
}

static enum status row(struct ctx *c, struct import *im, void *of)
{
	struct rating_line *r = of;
	if (date_compare(r->day, c->today) > 0)
		import_object(c, im, r->line, S("day"), W(ratings_day_future), date_iso(c->arena, r->day));
	TRY(source_read(c, im, r));
	return im->large ? many_row(c, im, r) : OK;
}

static enum status index_load(struct ctx *c, const list *rows, struct map *m, list *names)
{
	for (each(struct id_text, r, *rows)) {
		if (!map_put(c->arena, m, r->text, r->id, NULL) || !names)
			continue;
		*list_add(c->arena, names, str) = r->text;
	}
	return OK;
}

/* Names in both languages, as typed and folded; keys and addresses as they are. */
static enum status skills_load(struct ctx *c, struct known *k)
{
	list rows = { 0 };
	TRY(store_all(c, skill_names, NOTHING, &rows));
	TRY(index_load(c, &rows, &k->skills, &k->skill_names));
	for (each(struct id_text, r, rows))
		map_put(c->arena, &k->skills, text_fold(c->arena, r->text), r->id, NULL);
	return OK;
}

enum status known_load(struct ctx *c, struct known *k)
{
	list rows = { 0 };
	TRY(store_all(c, person_numbers, NOTHING, &rows));
	TRY(index_load(c, &rows, &k->persons, &k->person_ids));
	rows = (list){ 0 };
	TRY(store_all(c, externals_all, NOTHING, &rows));
	TRY(index_load(c, &rows, &k->externals, NULL));
	return skills_load(c, k);
}

/* The natural key: two rows that agree in all of it are the same rating. */
static str key_of(struct ctx *c, const struct rating_kept *r)
{
	int64_t numbers[] = { r->person, r->skill, r->level, r->rater, r->external, r->day.day, source_of(r->source) };
	size_t len = sizeof numbers + r->context.len;
	char *at = arena_take(c->arena, len);
	memcpy(at, numbers, sizeof numbers);
	if (r->context.len)
		memcpy(at + sizeof numbers, r->context.at, r->context.len);
	return (str){ at, len };
}

static enum status kept_take(struct ctx *c, void *of, const void *row_of)
{
	struct standing *k = of;
	int64_t at = (int64_t)k->times.count;
	if (map_put(c->arena, &k->kept, key_of(c, row_of), at, &at))
		(void)list_add(c->arena, &k->times, int64_t);
	++*list_item(k->times, int64_t, at);
	return OK;
}

/* Of a small file only what stands there about its people in its skills, of a large one everything, in one go. */
static enum status kept_load(struct ctx *c, const struct import *im, struct standing *k)
{
	struct map asked = { 0 };
	if (im->rows.count > SMALL)
		return store_each(c, ratings_kept, NOTHING, kept_take, k);
	for (each(struct rating_line, r, im->rows)) {
		struct person_skill pair = { r->person, r->skill_number };
		if (r->person && r->skill_number && map_put(c->arena, &asked, (str){ arena_copy(c->arena, &pair, sizeof pair), sizeof pair }, 1, NULL))
			TRY(store_each(c, ratings_kept_of, &pair, kept_take, k));
	}
	return OK;
}

void line_resolve(struct ctx *c, struct import *im, const struct known *k, struct rating_line *r)
{
	r->person = r->skill_number = r->rater = r->external = 0;
	if (!map_find(&k->persons, r->person_id, &r->person))
		import_unknown(c, im, r->line, S("person_id"), r->person_id, &k->person_ids);
	if (!map_find(&k->skills, r->skill, &r->skill_number) && !map_find(&k->skills, text_fold(c->arena, r->skill), &r->skill_number))
		import_unknown(c, im, r->line, S("skill"), r->skill, &k->skill_names);
	bool self = str_eq(r->source, S("self"));
	if (r->rater_id.len && !map_find(&k->persons, r->rater_id, &r->rater))
		map_find(&k->externals, r->rater_id, &r->external);
	if (r->rater_id.len && self != str_eq(r->rater_id, r->person_id))
		import_object(c, im, r->line, S("rater_id"), self ? W(ratings_self_other) : W(ratings_rates_self), r->rater_id);
	if (self)
		r->rater = 0;
}

bool line_has_new_rater(const struct rating_line *r)
{
	return r->rater_id.len && !r->rater && !r->external && !str_eq(r->source, S("self"));
}

static struct rating_kept kept_of(const struct rating_line *r)
{
	return (struct rating_kept){ r->person, r->skill_number, r->level, r->source, r->rater, r->external, r->day, r->context };
}

static enum status check(struct ctx *c, struct import *im)
{
	struct known k = { 0 };
	struct standing standing = { 0 };
	TRY(trust_purpose(c, PURPOSE_RATINGS));
	if (im->large)
		return many_check(c, im);
	TRY(known_load(c, &k));
	for (each(struct rating_line, r, im->rows))
		line_resolve(c, im, &k, r);
	TRY(kept_load(c, im, &standing));
	for (each(struct rating_line, r, im->rows)) {
		/* Rated twice alike on one day is possible: each row finds one that stands there, or is new. */
		struct rating_kept kept = kept_of(r);
		int64_t at, *left = NULL;
		if (!line_has_new_rater(r) && map_find(&standing.kept, key_of(c, &kept), &at))
			left = list_item(standing.times, int64_t, at);
		r->same = left && *left > 0;
		if (r->same)
			--*left;
		im->count.same += r->same;
		im->count.added += !r->same;
	}
	return OK;
}

/* Raters who are nobody here get a number of their own. */
static enum status externals_add(struct ctx *c, struct import *im)
{
	struct map new = { 0 }, known = { 0 };
	list names = { 0 }, rows = { 0 };
	for (each(struct rating_line, r, im->rows))
		if (!r->same && line_has_new_rater(r) && map_put(c->arena, &new, r->rater_id, 1, NULL))
			*list_add(c->arena, &names, struct id_text) = (struct id_text){ .text = r->rater_id };
	if (!names.count)
		return OK;
	TRY(store_run_each(c, external_add, &names));
	TRY(store_all(c, externals_all, NOTHING, &rows));
	TRY(index_load(c, &rows, &known, NULL));
	for (each(struct rating_line, r, im->rows))
		if (!r->rater && !r->external && r->rater_id.len && !str_eq(r->source, S("self")))
			map_find(&known, r->rater_id, &r->external);
	return OK;
}

/* By person, skill and day: the order in which indexes take rows fastest, and in which the estimates will read them. */
static int line_before(const void *a, const void *b)
{
	const struct rating_line *x = a, *y = b;
	return x->person != y->person ? (x->person > y->person) - (x->person < y->person)
		: x->skill_number != y->skill_number ? (x->skill_number > y->skill_number) - (x->skill_number < y->skill_number)
		: date_compare(x->day, y->day);
}

static enum status apply(struct ctx *c, struct import *im)
{
	list add = { 0 };
	if (im->large)
		return many_apply(c, im);
	TRY(externals_add(c, im));
	for (each(struct rating_line, r, im->rows))
		if (!r->same) {
			r->import = im->id;
			*list_add(c->arena, &add, struct rating_line) = *r;
		}
	if (!add.count)
		return OK;
	list_sort(c->arena, &add, struct rating_line, line_before);
	TRY(store_run_each(c, rating_take_in, &add));
	return estimates_refresh_import(c, im->id);
}

static enum status undo(struct ctx *c, struct import *im)
{
	struct by_id id = { im->id };
	struct count built;
	TRY(store_one(c, import_built_on, &id, &built));
	if (built.count)
		return refuse(c, CONFLICT, "built-on", W(ratings_built_on), text_format(c->arena, "%lld", (long long)built.count));
	TRY(store_run(c, ratings_of_import_remove, &id, NULL));
	return estimates_refresh_all(c);
}

static enum status begin(struct ctx *c, struct import *im)
{
	return im->large ? many_begin(c, im) : OK;
}

IMPORT(ratings, rating_line,
	.label = W(ratings_import),
	.hint  = W(ratings_import_hint),
	.allow = "ratings.manage",
	.doc   = "What somebody said of somebody's level in a skill: self, lead, peer, test, evidence or certificate.",
	.names = columns,
	.large = MANY_BYTES,
	.begin = begin,
	.row   = row,
	.check = check,
	.apply = apply,
	.after = many_after,
	.clear = many_clear,
	.undo  = undo)
