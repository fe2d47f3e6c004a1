/* esco_read.c - the Commission's own files, as they are downloaded: zips, folders and CSVs, in any order and several languages. */
#include "esco.h"
#include "table/table.h"
#include "table/unzip.h"
#include <dirent.h>
#include <sys/stat.h>

RECORD(esco_concept, FIELD(esco_concept, release), FIELD(esco_concept, kind), FIELD(esco_concept, id), FIELD(esco_concept, uri), FIELD(esco_concept, code),
	FIELD(esco_concept, reuse), FIELD(esco_concept, knowledge), FIELD(esco_concept, name_nl), FIELD(esco_concept, name_en), FIELD(esco_concept, fold),
	FIELD(esco_concept, fold_nl),
	FIELD(esco_concept, fold_en), FIELD(esco_concept, description_nl), FIELD(esco_concept, description_en));
RECORD(esco_relation, FIELD(esco_relation, release), FIELD(esco_relation, occupation), FIELD(esco_relation, skill), FIELD(esco_relation, essential));

enum { PROBLEMS_SHOWN = 20, PATH_MOST = 4096 };

/* What a file is, told by its columns: one of the three that are kept, another list of the Commission's, or nothing of ESCO. */
enum esco_file { NO_ESCO, NOT_KEPT, OCCUPATIONS, SKILLS, RELATIONS };
enum column { URI, NAME, OTHER_NAMES, DESCRIPTION, SKILL_TYPE, REUSE, ISCO, CODE, BROADER, FROM, TYPE, TO, SKILL_FROM, LEVEL_0, SCHEME, COLUMNS };

static const char *const column_names[COLUMNS] = { "conceptUri", "preferredLabel", "altLabels", "description", "skillType", "reuseLevel", "iscoGroup", "code",
	"broaderConceptUri", "occupationUri", "relationType", "skillUri", "originalSkillUri", "Level 0 URI", "conceptSchemeUri" };

/* A file with relations waits until all concepts are known; its bytes with it, when it came out of a zip. */
struct waiting { struct table *table; struct buffer *bytes; };
struct esco_reader { list waiting; };

struct source { struct table *table; int64_t at[COLUMNS]; enum esco_file file; };

static struct source source_of(struct table *t)
{
	struct source s = { .table = t };
	for (int column = 0; column < COLUMNS; column++) {
		s.at[column] = -1;
		for (size_t i = 0; i < t->width; i++)
			if (str_eq_ignoring_case(t->columns[i], str_of(column_names[column])))
				s.at[column] = (int64_t)i;
	}
	bool names = s.at[URI] >= 0 && s.at[NAME] >= 0 && s.at[BROADER] < 0;       /* with it: a collection, which repeats some of the skills */
	if (names && s.at[ISCO] >= 0)
		s.file = OCCUPATIONS;
	else if (names && s.at[SKILL_TYPE] >= 0)
		s.file = SKILLS;
	else if (s.at[FROM] >= 0 && s.at[TYPE] >= 0 && s.at[TO] >= 0)
		s.file = RELATIONS;
	else if (s.at[URI] >= 0 || s.at[SKILL_FROM] >= 0 || s.at[LEVEL_0] >= 0 || s.at[SCHEME] >= 0)
		s.file = NOT_KEPT;
	return s;
}

static str cell(const struct source *s, const struct table_row *row, enum column column)
{
	str text = s->at[column] >= 0 ? str_trim(row->cells[s->at[column]]) : (str){ 0 };
	return text.len ? text : (str){ 0 };
}

/* "skills_nl.csv" is Dutch. */
static str language_of(const struct esco *e, str name)
{
	str stem = str_ends(name, S(".csv")) || str_ends(name, S(".CSV")) ? str_until(name, name.len - 4) : name;
	if (stem.len > 3 && stem.at[stem.len - 3] == '_')
		return str_from(stem, stem.len - 2);
	return e->language;
}

static enum status wrong(struct ctx *c, const struct source *s, const struct table_row *row, enum column column, const struct word *w, str value)
{
	return object(c, text_format(c->arena, "line %lld", (long long)row->line), W(skills_esco_at), s->table->name,
		text_format(c->arena, "%lld", (long long)row->line), str_of(column_names[column]), said_of(c->arena, w, value));
}

static bool is_uri(str s)
{
	return str_starts(s, S("http://")) || str_starts(s, S("https://"));
}

/* The concept with this address: the one there is, else a new one without a name. */
static struct esco_concept *concept_at(struct ctx *c, struct esco *e, str uri, str kind)
{
	int64_t place;
	if (map_find(&e->places, uri, &place))
		return list_item(e->concepts, struct esco_concept, place);
	struct esco_concept *one = list_add(c->arena, &e->concepts, struct esco_concept);
	*one = (struct esco_concept){ .id = ++e->highest, .kind = kind, .uri = text_copy(c->arena, uri), .fold = S("") };
	map_put(c->arena, &e->places, one->uri, (int64_t)e->concepts.count - 1, NULL);
	return one;
}

/* The first bytes of a text, whole characters only. */
static str beginning(str s, size_t most)
{
	while (most < s.len && most && ((unsigned char)s.at[most] & 0xC0) == 0x80)
		most--;
	return str_until(s, most);
}

/* What is searched, in both languages. */
static str fold_of(struct ctx *c, const struct esco_concept *e)
{
	if (!e->fold_nl.len || !e->fold_en.len)
		return beginning(e->fold_nl.len ? e->fold_nl : e->fold_en, FOLD_MAX);
	str dutch = beginning(e->fold_nl, FOLD_MAX / 2), english = beginning(e->fold_en, FOLD_MAX / 2 - 3);
	return text_format(c->arena, S_FMT " | " S_FMT, S_ARG(dutch), S_ARG(english));
}

/* Puts what a file says in its place; true when that is another text than was there. */
static bool text_put(struct ctx *c, str *at, str text)
{
	if (str_eq(*at, text))
		return false;
	*at = text.len ? text_copy(c->arena, text) : (str){ 0 };
	return true;
}

static enum status concept_take(struct ctx *c, struct esco *e, const struct source *s, const struct table_row *row, bool dutch)
{
	str uri = cell(s, row, URI), name = cell(s, row, NAME);
	if (!is_uri(uri))
		return wrong(c, s, row, URI, W(skills_esco_no_uri), uri);
	if (!name.len)
		return wrong(c, s, row, NAME, W(skills_esco_no_name), uri);
	str kind = s->file == OCCUPATIONS ? S("occupation") : S("skill");
	struct esco_concept *one = concept_at(c, e, uri, kind);
	if (!str_eq(one->kind, kind))
		return wrong(c, s, row, URI, W(skills_esco_other_kind), uri);
	str also = s->file == OCCUPATIONS ? cell(s, row, OTHER_NAMES) : (str){ 0 };
	str fold = text_fold(c->arena, also.len ? text_format(c->arena, S_FMT " | " S_FMT, S_ARG(name), S_ARG(also)) : name);
	bool changed = text_put(c, dutch ? &one->name_nl : &one->name_en, name);
	changed |= text_put(c, dutch ? &one->fold_nl : &one->fold_en, fold);
	changed |= text_put(c, dutch ? &one->description_nl : &one->description_en, cell(s, row, DESCRIPTION));
	str code = cell(s, row, CODE).len ? cell(s, row, CODE) : cell(s, row, ISCO);
	if (code.len && (!dutch || !one->code.len))                     /* two languages may be of two releases: the English one decides */
		changed |= text_put(c, &one->code, code);
	if (s->file == SKILLS) {
		bool knowledge = str_eq(cell(s, row, SKILL_TYPE), S("knowledge"));
		changed |= text_put(c, &one->reuse, cell(s, row, REUSE)) || knowledge != one->knowledge;
		one->knowledge = knowledge;
	}
	if (changed)
		one->fold = fold_of(c, one);
	one->changed |= changed;
	return OK;
}

static enum status relation_take(struct ctx *c, struct esco *e, const struct source *s, const struct table_row *row)
{
	str from = cell(s, row, FROM), to = cell(s, row, TO), type = cell(s, row, TYPE);
	bool essential = str_eq(type, S("essential"));
	if (!is_uri(from))
		return wrong(c, s, row, FROM, W(skills_esco_no_uri), from);
	if (!is_uri(to))
		return wrong(c, s, row, TO, W(skills_esco_no_uri), to);
	if (!essential && !str_eq(type, S("optional")))
		return wrong(c, s, row, TYPE, W(skills_esco_no_relation), type);
	struct esco_concept occupation = *concept_at(c, e, from, S("occupation")), skill = *concept_at(c, e, to, S("skill"));
	if (!str_eq(occupation.kind, S("occupation")))
		return wrong(c, s, row, FROM, W(skills_esco_other_kind), from);
	if (!str_eq(skill.kind, S("skill")))
		return wrong(c, s, row, TO, W(skills_esco_other_kind), to);
	*list_add(c->arena, &e->relations, struct esco_relation) = (struct esco_relation){ .occupation = occupation.id, .skill = skill.id, .essential = essential };
	return OK;
}

/* All rows; goes on behind a wrong one, so that twenty are told at once. */
static enum status rows_take(struct ctx *c, struct esco *e, const struct source *s, bool dutch)
{
	struct table_row row;
	enum status status, worst = OK;
	while ((status = table_next(c, s->table, &row)) != NOT_FOUND) {
		if (status == OK)
			status = s->file == RELATIONS ? relation_take(c, e, s, &row) : concept_take(c, e, s, &row, dutch);
		if (status != OK && status != INVALID)
			return status;
		if (status == INVALID)
			worst = INVALID;
		if (c->problems.count >= PROBLEMS_SHOWN || (status == INVALID && table_is_over(s->table)))
			break;
	}
	return worst;
}

/* One table; `found` in a folder or a zip, where other lists of the Commission may stand beside ours. Takes over the table and the bytes. */
static enum status table_take(struct ctx *c, struct esco *e, struct esco_reader *r, struct waiting w, bool found)
{
	struct source s = source_of(w.table);
	str language = language_of(e, w.table->name);
	bool dutch = str_eq(language, S("nl")), other = s.file != RELATIONS && language.len && !dutch && !str_eq(language, S("en"));
	if (s.file == RELATIONS) {
		*list_add(c->arena, &r->waiting, struct waiting) = w;
		return OK;
	}
	enum status status = OK;
	if (s.file == NOT_KEPT || (found && (s.file == NO_ESCO || other)))
		e->passed++;
	else if (s.file == NO_ESCO)
		status = refuse(c, INVALID, "esco-file", W(skills_esco_no_file), w.table->name);
	else if (other)
		status = refuse(c, INVALID, "esco-language", W(skills_esco_other_language), w.table->name, language);
	else if (!language.len)
		status = refuse(c, INVALID, "esco-language", W(skills_esco_no_language), w.table->name);
	else {
		status = rows_take(c, e, &s, dutch);
		e->files++;
	}
	table_close(w.table);
	if (w.bytes)
		buffer_done(w.bytes);
	return status;
}

static bool has_end(str name, str end)
{
	return name.len > end.len && str_eq_ignoring_case(str_from(name, name.len - end.len), end);
}

static str last_name(str path)
{
	for (size_t i = path.len; i; i--)
		if (path.at[i - 1] == '/')
			return str_from(path, i);
	return path;
}

static enum status zip_take(struct ctx *c, struct esco *e, struct esco_reader *r, const char *path)
{
	struct unzip *z;
	size_t count;
	TRY(unzip_open_file(c, path, &z));
	const struct unzip_member *members = unzip_members(z, &count);
	enum status status = OK;
	for (size_t i = 0; status == OK && i < count; i++) {
		str name = last_name(members[i].name);
		if (!has_end(name, S(".csv")) || str_starts(name, S(".")))
			continue;
		struct waiting w = { .bytes = arena_new_of(c->arena, struct buffer) };
		status = unzip_read(c, z, i, w.bytes);
		if (status == OK)
			status = table_open(c, text_copy(c->arena, name), buffer_text(w.bytes), (struct table_limits){ 0 }, &w.table);
		if (status != OK) {
			buffer_done(w.bytes);
			break;
		}
		status = table_take(c, e, r, w, true);
	}
	unzip_close(z);
	return status;
}

static enum status file_take(struct ctx *c, struct esco *e, struct esco_reader *r, str path, bool found)
{
	struct waiting w = { 0 };
	if (has_end(path, S(".zip")))
		return zip_take(c, e, r, text_c(c->arena, path));
	TRY(table_open_file(c, text_c(c->arena, path), (struct table_limits){ 0 }, &w.table));
	return table_take(c, e, r, w, found);
}

static int name_compare(const void *a, const void *b)
{
	return str_compare(*(const str *)a, *(const str *)b);
}

enum status esco_read(struct ctx *c, struct esco *e, str path, struct esco_reader **reader)
{
	struct stat is;
	if (!*reader)
		*reader = arena_new_of(c->arena, struct esco_reader);
	DIR *folder = stat(text_c(c->arena, path), &is) == 0 && S_ISDIR(is.st_mode) ? opendir(text_c(c->arena, path)) : NULL;
	if (!folder)
		return file_take(c, e, *reader, path, false);
	list names = { 0 };
	for (struct dirent *one; (one = readdir(folder)); )
		if (one->d_name[0] != '.' && (has_end(str_of(one->d_name), S(".csv")) || has_end(str_of(one->d_name), S(".zip"))))
			*list_add(c->arena, &names, str) = text_format(c->arena, S_FMT "/%s", S_ARG(path), one->d_name);
	closedir(folder);
	list_sort(c->arena, &names, str, name_compare);
	for (each(str, name, names))
		TRY(file_take(c, e, *reader, *name, true));
	return OK;
}

static int relation_compare(const void *a, const void *b)
{
	const struct esco_relation *x = a, *y = b;
	if (x->occupation != y->occupation)
		return x->occupation < y->occupation ? -1 : 1;
	if (x->skill != y->skill)
		return x->skill < y->skill ? -1 : 1;
	return y->essential - x->essential;
}

enum status esco_read_end(struct ctx *c, struct esco *e, struct esco_reader *r)
{
	if (!r || (!e->files && !r->waiting.count))
		return refuse(c, INVALID, "esco-none", W(skills_esco_none_found));
	if (r->waiting.count && !e->concepts.count)
		return refuse(c, INVALID, "esco-relations", W(skills_esco_relations_alone));
	e->related = r->waiting.count > 0;
	if (!e->related)
		return OK;
	e->relations = (list){ 0 };
	for (each(struct waiting, w, r->waiting)) {
		struct source s = source_of(w->table);
		TRY(rows_take(c, e, &s, false));
		e->files++;
	}
	list_sort(c->arena, &e->relations, struct esco_relation, relation_compare);
	size_t kept = 0;
	struct esco_relation *all = list_of(e->relations, struct esco_relation);
	for (size_t i = 0; i < e->relations.count; i++)                 /* a pair told twice is one, and essential if it was so once */
		if (!kept || all[kept - 1].occupation != all[i].occupation || all[kept - 1].skill != all[i].skill)
			all[kept++] = all[i];
	e->relations.count = kept;
	return OK;
}

void esco_read_close(struct esco_reader *r)
{
	if (!r)
		return;
	for (each(struct waiting, w, r->waiting)) {
		table_close(w->table);
		if (w->bytes)
			buffer_done(w->bytes);
	}
	r->waiting = (list){ 0 };
}

str esco_name(const struct ctx *c, const struct esco_concept *e)
{
	return either(c, e->name_nl, e->name_en);
}

bool esco_only_other(const struct ctx *c, const struct esco_concept *e)
{
	return !(c->language == NL ? e->name_nl : e->name_en).len;
}
