/* layers.c - reads every #include and every call under lib and src, and fails on an arrow or a call that the house does not allow.
 *
 *     layers SOURCE_ROOT
 *
 * lib: a folder includes itself and what its line in `layers` names. src: a feature includes lib, itself, and only NAME.h of a
 * feature that stands before it in the schemas of src/features.c. Only the engine's own files know SQLite and PostgreSQL. Nothing in
 * src calls what `banned` names. It is a scan of text without comments and literals.
 */
#include "tool.h"
#include "base/list.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct layer { const char *name, *may; } layers[] = {
	{ "base", "" }, { "stats", "base" }, { "seal", "base" }, { "record", "base" }, { "table", "base" }, { "store", "base record" }, { "http", "base" },
	{ "view", "base record" }, { "vault", "base" }, { "mail", "base" }, { "web", "base record store http view vault mail" }, { "style", "base http web" },
	{ "shell", "base record seal store http view vault mail web style" }, { NULL, NULL },
};

static const struct engine { const char *header, *files; } engines[] = {
	{ "sqlite3.h", "lib/store/sqlite lib/vault/" }, { "libpq-fe.h", "lib/store/postgres" }, { "curl/curl.h", "lib/mail/line.c" }, { NULL, NULL },
};

/* `at_a_terminal`: a feature's shell.c and what lies in src itself may, for they run no operation. */
static const struct banned { const char *calls, *instead; bool at_a_terminal; } banned[] = {
	{ "malloc calloc realloc reallocarray free strdup strndup asprintf vasprintf", "take memory from the context's arena", false },
	{ "strcpy strncpy strcat strncat sprintf vsprintf gets strtok", "use str, text_format or a buffer", false },
	{ "time clock clock_gettime gettimeofday localtime localtime_r gmtime gmtime_r mktime", "the context knows now and today", false },
	{ "clock_now", "the context knows now and today", true },
	{ "rand rand_r srand random srandom drand48", "use random_bytes", false },
	{ "printf fprintf vprintf vfprintf dprintf puts fputs putchar perror syslog", "refuse, object or broken say it once; lib logs", true },
	{ "store_read store_write store_write_now", "lib/web opens the transaction around an operation", true },
	{ NULL, NULL, false },
};

/* What one file does all the same, and why. */
static const struct excepted { const char *path, *call, *because; } excepted[] = {
	{ "src/imports/read.c", "store_write_now", "an import beside a running server stages its rows in transactions of at most 50 ms" },
	{ "src/skills/esco_import.c", "store_write_now", "ESCO is some 140,000 rows: staged beside a running server, then made visible at once" },
	{ "src/skills/esco_import.c", "store_read", "what is there already is read before the first row is staged" },
	{ NULL, NULL, NULL },
};

struct source { const char *path; bool in_lib; str folder, name; };      /* no folder: src/main.c and its neighbours */
struct tree { struct arena *arena; const char *root; list features; int faults; };

static void fault(struct tree *t, const char *path, int line, const char *format, ...) __attribute__((format(printf, 4, 5)));
static void fault(struct tree *t, const char *path, int line, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	str what = text_vformat(t->arena, format, values);
	va_end(values);
	fprintf(stderr, "%s:%d: error: " S_FMT "\n", path, line, S_ARG(what));
	t->faults++;
}

/* Whether `word` stands in a list of words with a space between. */
static bool listed(const char *words, str word)
{
	for (str one, rest = str_of(words); rest.len; ) {
		str_cut(rest, ' ', &one, &rest);
		if (str_eq(one, word))
			return true;
	}
	return false;
}

static bool begins_with_one_of(str s, const char *words)
{
	for (str one, rest = str_of(words); rest.len; ) {
		str_cut(rest, ' ', &one, &rest);
		if (str_starts(s, one))
			return true;
	}
	return false;
}

static const struct layer *layer_find(str name)
{
	const struct layer *l = layers;
	while (l->name && !str_eq(str_of(l->name), name))
		l++;
	return l->name ? l : NULL;
}

/* Where a feature stands in the order, from 0; -1 when it is none. */
static int feature_place(const struct tree *t, str name)
{
	for (size_t i = 0; i < t->features.count; i++)
		if (str_eq(list_of(t->features, str)[i], name))
			return (int)i;
	return -1;
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The text with comments, and the insides of literals too if asked, made blank; lines stay where they are. */
static str blanked(struct arena *a, str s, bool literals)
{
	char *out = arena_copy(a, s.at, s.len);
	enum { CODE, LINE, BLOCK, TEXT, LETTER } in = CODE;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i], after = i + 1 < s.len ? s.at[i + 1] : 0;
		bool blank = in != CODE && (literals || in == LINE || in == BLOCK);
		if (in == CODE && c == '/' && (after == '/' || after == '*')) {
			in = after == '/' ? LINE : BLOCK;
			out[i++] = ' ';
			blank = true;
		} else if (in == BLOCK && c == '*' && after == '/') {
			out[i++] = ' ';
			in = CODE;
		} else if (in == LINE && c == '\n') {
			in = CODE;
		} else if (in == CODE && (c == '"' || (c == '\'' && !(i && is_name(s.at[i - 1]))))) {
			in = c == '"' ? TEXT : LETTER;
		} else if ((in == TEXT && (c == '"' || c == '\n')) || (in == LETTER && (c == '\'' || c == '\n'))) {
			in = CODE;
			blank = false;
		} else if ((in == TEXT || in == LETTER) && c == '\\' && i + 1 < s.len) {
			out[i] = literals ? ' ' : c;
			i++;
		}
		if (blank && s.at[i] != '\n')
			out[i] = ' ';
	}
	return (str){ out, s.len };
}

static void lib_include(struct tree *t, const struct source *f, int line, str path, str folder)
{
	const struct layer *from = layer_find(f->folder);
	if (!layer_find(folder))
		fault(t, f->path, line, "lib/" S_FMT " includes \"" S_FMT "\", which is no part of lib", S_ARG(f->folder), S_ARG(path));
	else if (!str_eq(folder, f->folder) && !listed(from->may, folder))
		fault(t, f->path, line, "lib/" S_FMT " may not know lib/" S_FMT " (\"" S_FMT "\"); it may know: %s",
			S_ARG(f->folder), S_ARG(folder), S_ARG(path), *from->may ? from->may : "nothing");
}

/* The feature of a header that the build makes: people of "people.sql.h", "people.words.h" and "people_list.html.h". */
static str feature_made(const struct tree *t, str path)
{
	for (size_t i = 0; i < t->features.count; i++) {
		str name = list_of(t->features, str)[i];
		str rest = str_from(path, name.len);
		if (str_starts(path, name) && (str_eq(rest, S(".sql.h")) || str_eq(rest, S(".words.h")) || (str_starts(rest, S("_")) && str_ends(rest, S(".html.h")))))
			return name;
	}
	return (str){ 0 };
}

static void feature_include(struct tree *t, const struct source *f, int line, str path, str folder)
{
	bool made = !folder.len;
	if (made)
		folder = feature_made(t, path);
	int mine = feature_place(t, f->folder), theirs = feature_place(t, folder);
	if (str_eq(folder, f->folder) || !folder.len)
		return;
	if (layer_find(folder)) {
		if (str_ends(path, S("/inside.h")))
			fault(t, f->path, line, "\"" S_FMT "\" is the inside of lib/" S_FMT, S_ARG(path), S_ARG(folder));
	} else if (theirs < 0) {
		fault(t, f->path, line, "\"" S_FMT "\" is neither in lib nor of a feature in src/features.c", S_ARG(path));
	} else if (made || !str_eq(path, text_format(t->arena, S_FMT "/" S_FMT ".h", S_ARG(folder), S_ARG(folder)))) {
		fault(t, f->path, line, "\"" S_FMT "\" is the inside of " S_FMT "; other features may include only " S_FMT "/" S_FMT ".h",
			S_ARG(path), S_ARG(folder), S_ARG(folder), S_ARG(folder));
	} else if (theirs > mine) {
		fault(t, f->path, line, S_FMT " stands before " S_FMT " in src/features.c and may not know it; raise an event that " S_FMT " hears",
			S_ARG(f->folder), S_ARG(folder), S_ARG(folder));
	}
}

static void include_check(struct tree *t, const struct source *f, int line, str text)
{
	text = str_trim(str_from(str_trim(text), 1));
	if (!str_starts(text, S("include")))
		return;
	text = str_trim(str_from(text, 7));
	bool angled = text.len && text.at[0] == '<';
	str path, folder, rest;
	if (!angled && !(text.len && text.at[0] == '"'))
		return;
	str_cut(str_from(text, 1), angled ? '>' : '"', &path, &rest);
	for (const struct engine *e = engines; e->header; e++)
		if (str_eq(path, str_of(e->header)) && !begins_with_one_of(str_of(f->path), e->files))
			fault(t, f->path, line, "only files that begin with one of %s may include <%s>", e->files, e->header);
	if (angled)
		return;
	if (!str_cut(path, '/', &folder, &rest))
		folder = (str){ 0 };
	if (f->in_lib && folder.len)
		lib_include(t, f, line, path, folder);
	else if (!f->in_lib && f->folder.len)
		feature_include(t, f, line, path, folder);
}

static bool is_excepted(const char *path, str call)
{
	for (const struct excepted *e = excepted; e->path; e++)
		if (!strcmp(e->path, path) && str_eq(str_of(e->call), call))
			return true;
	return false;
}

static void calls_check(struct tree *t, const struct source *f, int line, str code)
{
	bool terminal = !f->folder.len || str_eq(f->name, S("shell.c"));
	for (size_t i = 0; i < code.len; ) {
		size_t from = i;
		while (i < code.len && is_name(code.at[i]))
			i++;
		str name = { code.at + from, i - from };
		str behind = str_trim(str_from(code, i));
		bool member = from && (code.at[from - 1] == '.' || (from > 1 && code.at[from - 1] == '>' && code.at[from - 2] == '-'));
		if (name.len && !member && behind.len && behind.at[0] == '(')
			for (const struct banned *b = banned; b->calls; b++)
				if (listed(b->calls, name) && !(terminal && b->at_a_terminal) && !is_excepted(f->path, name))
					fault(t, f->path, line, S_FMT " is not called in src: %s", S_ARG(name), b->instead);
		i += !name.len;
	}
}

static void source_check(struct tree *t, const struct source *f)
{
	if (f->in_lib && !layer_find(f->folder)) {
		fault(t, f->path, 1, "lib/" S_FMT " has no place yet: give it a line in tools/layers.c", S_ARG(f->folder));
		return;
	}
	if (!f->in_lib && f->folder.len && feature_place(t, f->folder) < 0) {
		fault(t, f->path, 1, "the feature " S_FMT " has no schema in src/features.c, so no place in their order", S_ARG(f->folder));
		return;
	}
	str text = tool_read(t->arena, text_format(t->arena, "%s/%s", t->root, f->path).at);
	str includes = blanked(t->arena, text, false), code = blanked(t->arena, text, true);
	str one, call;
	for (int line = 1; includes.len; line++) {
		str_cut(includes, '\n', &one, &includes);
		str_cut(code, '\n', &call, &code);
		if (str_starts(str_trim(one), S("#")))
			include_check(t, f, line, one);
		if (!f->in_lib)
			calls_check(t, f, line, call);
	}
}

static int is_visible(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

/* Every .c and .h below `path`, in the order of their names. */
static void walk(struct tree *t, const char *path, str folder, bool in_lib)
{
	struct dirent **entries;
	int count = scandir(text_format(t->arena, "%s/%s", t->root, path).at, &entries, is_visible, alphasort);
	if (count < 0)
		tool_refuse(path, 0, "cannot be read");
	for (int i = 0; i < count; i++) {
		str name = text_copy(t->arena, str_of(entries[i]->d_name));
		const char *here = text_format(t->arena, "%s/%s", path, name.at).at;
		if (str_ends(name, S(".c")) || str_ends(name, S(".h")))
			source_check(t, &(struct source){ here, in_lib, folder, name });
		else if (entries[i]->d_type == DT_DIR)
			walk(t, here, folder.len ? folder : name, in_lib);
		free(entries[i]);
	}
	free(entries);
}

/* The order is that of the schemas: &people_schema, &skills_schema, … */
static void features_read(struct tree *t)
{
	str code = blanked(t->arena, tool_read(t->arena, text_format(t->arena, "%s/src/features.c", t->root).at), true);
	for (str before, rest = code; str_cut(rest, '&', &before, &rest); ) {
		size_t len = 0;
		while (len < rest.len && is_name(rest.at[len]))
			len++;
		str name = str_until(rest, len), end = S("_schema");
		if (!str_ends(name, end))
			continue;
		name.len -= end.len;
		if (!layer_find(name))                         /* lib/web has tables too */
			*list_add(t->arena, &t->features, str) = name;
	}
}

int main(int count, char **values)
{
	if (count != 2) {
		fprintf(stderr, "usage: layers SOURCE_ROOT\n");
		return 2;
	}
	struct tree t = { .arena = arena_new(), .root = values[1] };
	features_read(&t);
	walk(&t, "lib", (str){ 0 }, true);
	walk(&t, "src", (str){ 0 }, false);
	if (t.faults)
		fprintf(stderr, "%d %s against the order of the house (design: ARCHITECTURE.md)\n", t.faults, t.faults == 1 ? "fault" : "faults");
	arena_free(t.arena);
	return t.faults ? 1 : 0;
}
