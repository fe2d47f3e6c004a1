/* esco_import.c - `wijzer import esco`: a release is written beside the one that is shown, in short transactions, and then shown at once. */
#include "esco.h"
#include "shell/shell.h"
#include "view/view.h"
#include "web/operation.h"

struct esco_release { int64_t id; instant began; bool shown; int64_t concepts, relations; };
struct esco_piece { int64_t release, first, last; };
struct esco_told { int64_t skills, occupations, relations, unknown; };
RECORD(esco_release, FIELD(esco_release, id), FIELD(esco_release, began), FIELD(esco_release, shown), FIELD(esco_release, concepts), FIELD(esco_release, relations));
RECORD(esco_piece, FIELD(esco_piece, release), FIELD(esco_piece, first), FIELD(esco_piece, last));

/* So many rows a transaction that other writes wait less than 50 ms. */
enum { CONCEPTS_AT_ONCE = 1500, RELATIONS_AT_ONCE = 5000, CLEARED_AT_ONCE = 500 };
enum { DEAD_MS = 60 * 1000 };

struct command { struct shell *sh; struct esco e; struct esco_release shown, made; list hidden, slice; struct esco_piece piece; size_t same; bool alike; };

static enum status writer_identify(struct ctx *c, const struct command *k)
{
	const struct web_app *app = k->sh->app;
	TRY(app->identify(c, &k->sh->by));
	if (access_may(app->rights, &c->me, S("skills.manage")))
		return OK;
	return refuse(c, FORBIDDEN, "forbidden", W(skills_esco_forbidden));
}

static enum status stored_load(struct ctx *c, void *of)
{
	struct command *k = of;
	bool found;
	TRY(writer_identify(c, k));
	TRY(store_all(c, esco_hidden, NOTHING, &k->hidden));
	for (each(struct esco_release, one, k->hidden))
		if (one->id > k->shown.id && one->began.ms > c->now.ms - DEAD_MS)
			return refuse(c, BUSY, "esco-runs", W(skills_esco_runs));
	TRY(store_find(c, esco_shown, NOTHING, &k->shown, &found));
	if (!found)
		return OK;
	TRY(store_all(c, esco_stored, (&(struct by_id){ k->shown.id }), &k->e.concepts));
	k->e.stored = k->e.concepts.count;
	for (size_t i = 0; i < k->e.stored; i++) {
		const struct esco_concept *one = list_item(k->e.concepts, struct esco_concept, i);
		map_put(c->arena, &k->e.places, one->uri, (int64_t)i, NULL);
		if (one->id > k->e.highest)
			k->e.highest = one->id;
	}
	return OK;
}

/* Compares what is stored, row by row, with what the files say: both in the order of their keys. */
static enum status relation_compare(struct ctx *c, void *of, const void *stored)
{
	struct command *k = of;
	const struct esco_relation *old = stored, *now = list_item(k->e.relations, struct esco_relation, k->same);
	(void)c;
	if (k->same >= k->e.relations.count || old->occupation != now->occupation || old->skill != now->skill || old->essential != now->essential)
		k->alike = false;
	k->same++;
	return OK;
}

static enum status relation_keep(struct ctx *c, void *of, const void *stored)
{
	struct command *k = of;
	*list_add(c->arena, &k->e.relations, struct esco_relation) = *(const struct esco_relation *)stored;
	return OK;
}

/* Relations are told whole by a release: those of the files when they have any, else the ones that are stored. */
static enum status relations_settle(struct ctx *c, void *of)
{
	struct command *k = of;
	struct by_id shown = { k->shown.id };
	k->alike = true;
	if (!k->e.related)
		return store_each(c, esco_related, &shown, relation_keep, k);
	TRY(store_each(c, esco_related, &shown, relation_compare, k));
	k->alike = k->alike && k->same == k->e.relations.count;
	return OK;
}

static enum status release_begin(struct ctx *c, void *of)
{
	struct command *k = of;
	struct by_id id;
	TRY(writer_identify(c, k));
	struct esco_release wanted = { .concepts = (int64_t)k->e.concepts.count, .relations = (int64_t)k->e.relations.count };
	TRY(store_one(c, esco_release_add, &wanted, &id));
	k->made.id = id.id;
	return OK;
}

static enum status concepts_write(struct ctx *c, void *of)
{
	return store_run_each(c, esco_concept_add, &((struct command *)of)->slice);
}

static enum status relations_write(struct ctx *c, void *of)
{
	return store_run_each(c, esco_relation_add, &((struct command *)of)->slice);
}

/* A transaction for each `most` of the rows, which stay where they are. */
static enum status slices_write(struct command *k, const list *rows, size_t size, size_t most, enum status (*body)(struct ctx *, void *))
{
	for (size_t at = 0; at < rows->count; at += most) {
		size_t count = rows->count - at < most ? rows->count - at : most;
		k->slice = (list){ (char *)rows->at + at * size, count, count };
		TRY(store_write_now(k->sh->store, &k->sh->c, body, k));
	}
	return OK;
}

static enum status piece_clear(struct ctx *c, void *of)
{
	const struct command *k = of;
	TRY(store_run(c, esco_relation_clear, &k->piece, NULL));
	return store_run(c, esco_concept_clear, &k->piece, NULL);
}

static enum status release_forget(struct ctx *c, void *of)
{
	return store_run(c, esco_release_clear, (&(struct by_id){ ((struct command *)of)->piece.release }), NULL);
}

static enum status piece_highest(struct ctx *c, void *of)
{
	struct command *k = of;
	struct by_id highest;
	TRY(store_one(c, esco_highest, (&(struct by_id){ k->piece.release }), &highest));
	k->piece.last = highest.id;
	return OK;
}

static enum status release_clear(struct command *k, int64_t release)
{
	struct store *store = k->sh->store;
	struct ctx *c = &k->sh->c;
	k->piece.release = release;
	TRY(store_read(store, 0, c, piece_highest, k));
	for (int64_t first = 0, end = k->piece.last; first <= end; first += CLEARED_AT_ONCE) {
		k->piece = (struct esco_piece){ release, first, first + CLEARED_AT_ONCE - 1 };
		TRY(store_write_now(store, c, piece_clear, k));
	}
	return store_write_now(store, c, release_forget, k);
}

static enum status release_write(struct command *k)
{
	struct store *store = k->sh->store;
	struct ctx *c = &k->sh->c;
	TRY(store_write_now(store, c, release_begin, k));
	for (each(struct esco_concept, one, k->e.concepts))
		one->release = k->made.id;
	for (each(struct esco_relation, one, k->e.relations))
		one->release = k->made.id;
	TRY(slices_write(k, &k->e.concepts, sizeof(struct esco_concept), CONCEPTS_AT_ONCE, concepts_write));
	TRY(slices_write(k, &k->e.relations, sizeof(struct esco_relation), RELATIONS_AT_ONCE, relations_write));
	list given = { 0 };
	void *out;
	shell_give(k->sh, &given, S("id"), text_format(k->sh->arena, "%lld", (long long)k->made.id));
	TRY(shell_call(k->sh, "esco_show", &given, &out));
	return k->shown.id ? release_clear(k, k->shown.id) : OK;
}

OPERATION(esco_show, by_id, nothing,
	.allow = "skills.manage",
	.effect = WRITES,
	.shell_only = true,
	.doc = "Shows an ESCO release that `import esco` has written whole, instead of the one before.")
{
	struct esco_release missing;
	bool found;
	(void)out;
	TRY(store_find(c, esco_release_load, in, &missing, &found));
	if (!found || missing.concepts || missing.relations)
		return refuse(c, CONFLICT, "esco-unfinished", W(skills_esco_unfinished));
	return store_run(c, esco_release_show, in, NULL);
}

/* A release names its concepts in English; what has another language only is not of it, and told apart. */
static struct esco_told told_of(const struct esco *e)
{
	struct esco_told t = { .relations = (int64_t)e->relations.count };
	bool english = false;
	for (each(struct esco_concept, one, e->concepts))
		english |= one->name_en.len > 0;
	for (each(struct esco_concept, one, e->concepts))
		if (english && !one->name_en.len)
			t.unknown++;
		else if (str_eq(one->kind, S("skill")))
			t.skills++;
		else
			t.occupations++;
	return t;
}

/* "13.896" in Dutch, as on the pages. */
static str number_shown(struct shell *sh, int64_t n)
{
	struct buffer b = { 0 };
	struct view v = { .c = &sh->c, .out = &b, .language = sh->c.language };
	view_int(&v, n);
	str text = text_copy(sh->arena, buffer_text(&b));
	buffer_done(&b);
	return text;
}

static void line_say(struct shell *sh, const struct word *w, const str *values, size_t count)
{
	buffer_add_format(&sh->out, S_FMT "\n", S_ARG(word_text(sh->arena, sh->c.language, w, values, count)));
}

static void result_say(struct command *k)
{
	struct shell *sh = k->sh;
	struct esco_told t = told_of(&k->e);
	int64_t changed = 0;
	for (size_t i = 0; i < k->e.stored; i++)
		changed += list_item(k->e.concepts, struct esco_concept, i)->changed;
	line_say(sh, W(skills_esco_told), (const str[]){ number_shown(sh, t.skills), number_shown(sh, t.occupations), number_shown(sh, t.relations) }, 3);
	if (t.unknown)
		line_say(sh, W(skills_esco_unknown), (const str[]){ number_shown(sh, t.unknown) }, 1);
	if (!k->made.id)
		line_say(sh, W(skills_esco_same), NULL, 0);
	else
		line_say(sh, W(skills_esco_done), (const str[]){ number_shown(sh, (int64_t)(k->e.concepts.count - k->e.stored)), number_shown(sh, changed) }, 2);
}

static enum status esco_import(struct command *k)
{
	struct shell *sh = k->sh;
	struct ctx *c = &sh->c;
	struct esco_reader *reader = NULL;
	TRY(store_read(sh->store, 0, c, stored_load, k));
	enum status status = OK;
	for (size_t i = 0; status == OK && i < sh->words.count; i++)
		status = esco_read(c, &k->e, shell_word(sh, i), &reader);
	if (status == OK)
		status = esco_read_end(c, &k->e, reader);
	esco_read_close(reader);
	TRY(status);
	TRY(store_read(sh->store, 0, c, relations_settle, k));
	bool changed = !k->alike || k->e.concepts.count > k->e.stored;
	for (each(struct esco_concept, one, k->e.concepts))
		changed |= one->changed;
	for (each(struct esco_release, one, k->hidden))
		TRY(release_clear(k, one->id));
	if (changed)
		TRY(release_write(k));
	result_say(k);
	return OK;
}

COMMAND(import_esco, "FILE_OR_DIR_OR_ZIP… [--language nl|en]",
	"Takes in ESCO, the European list of occupations and skills, from the Commission's own files.",
	OPTIONS())
{
	if (!sh->words.count)
		return shell_usage(sh, "name the files, folders or zips of ESCO");
	if (!sh->by.as.len && !sh->unprotected)
		return shell_finish(sh, refuse(&sh->c, FORBIDDEN, "who", W(skills_esco_who)));
	sh->c.me.unprotected = sh->unprotected;
	struct command k = { .sh = sh, .e = { .language = shell_option(sh, S("language")) } };
	return shell_finish(sh, esco_import(&k));
}
