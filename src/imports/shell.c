/* shell.c - importing from a terminal, beside a running server too: many short writes, one quick end. */
#include "inside.h"
#include "shell/shell.h"
#include "table/name.h"
#include <stdio.h>
#include <unistd.h>

/* What the bodies below work on: the command's own state, on whichever connection. */
struct command { struct shell *sh; struct import *im; list dead; };

/* The same rights as on the web, asked again in every transaction that writes for good. */
static enum status identify(struct ctx *c, const struct command *k)
{
	const struct web_app *app = k->sh->app;
	TRY(app->identify(c, &k->sh->by));
	if (access_may(app->rights, &c->me, str_of(import_right(k->im->kind))))
		return OK;
	return refuse(c, FORBIDDEN, "forbidden", W(imports_forbidden));
}

static enum status begin_body(struct ctx *c, void *of)
{
	struct command *k = of;
	struct import_seen kind = { .kind = str_of(k->im->kind->name) };
	TRY(identify(c, k));
	TRY(store_all(c, imports_dead, &kind, &k->dead));
	for (each(struct import_seen, one, k->dead))
		if (one->seen.ms > c->now.ms - DEAD_MS)
			return refuse(c, BUSY, "import-runs", W(imports_runs), k->im->kind->label);
	return import_begin(c, k->im);
}

static enum status open_body(struct ctx *c, void *of)
{
	struct command *k = of;
	TRY(identify(c, k));
	return import_row_open(c, k->im);
}

static enum status clear_body(struct ctx *c, void *of)
{
	return import_clear(c, of);
}

static enum status check_body(struct ctx *c, void *of)
{
	return import_check(c, ((struct command *)of)->im);
}

static enum status write_body(struct ctx *c, void *of)
{
	struct command *k = of;
	TRY(identify(c, k));
	TRY(import_write(c, k->im, k->im->part == 0));
	return k->im->more ? OK : import_audit(c, k->im);
}

/* What an import that died left behind; also a dry run's own staging. */
static enum status clear(struct command *k, int64_t id)
{
	struct import left = { .kind = k->im->kind, .id = id };
	do {
		TRY(store_write_now(k->sh->store, &k->sh->c, clear_body, &left));
	} while (left.more);
	return OK;
}

/* After every batch: the clock goes on, and a person at a terminal sees how far it is. */
static void heard(struct ctx *c, struct import *im)
{
	c->now = clock_now();
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r%lld rows ", (long long)im->count.rows);
}

static void heard_enough(const struct import *im)
{
	if (im->in->batch && isatty(STDERR_FILENO))
		fputs("\r              \r", stderr);
}

static void part_free(void *part)
{
	arena_free(part);
}

static enum status rows_read(struct command *k)
{
	struct shell *sh = k->sh;
	TRY(store_read(sh->store, 0, &sh->c, begin_body, k));
	for (each(struct import_seen, one, k->dead))
		TRY(clear(k, one->id));
	if (k->im->kind->stage)
		TRY(store_write_now(sh->store, &sh->c, open_body, k));
	enum status status = import_read(&sh->c, k->im);
	heard_enough(k->im);
	TRY(status);
	TRY(import_verdict(&sh->c, k->im, W(imports_wrong)));
	TRY(store_read(sh->store, 0, &sh->c, check_body, k));
	return import_verdict(&sh->c, k->im, W(imports_wrong));
}

/* Runs a body in one short transaction after the other, while im->more; what each part of a large one needed of memory goes with it. */
static enum status in_parts(struct command *k, enum status (*body)(struct ctx *c, void *of))
{
	struct ctx *c = &k->sh->c;
	struct arena *part = arena_new(), *whole = c->arena;
	enum status status;
	arena_when_done(whole, part_free, part);               /* not before: what is refused stands in it */
	k->im->part = 0;
	do {
		if (k->im->large) {                            /* other kinds may keep something from part to part */
			arena_reset(part);
			c->arena = part;
		}
		c->now = clock_now();
		status = k->im->large ? store_write_part(k->sh->store, c, body, k) : store_write_now(k->sh->store, c, body, k);
		k->im->part++;
	} while (status == OK && k->im->more);
	c->arena = whole;
	return status;
}

/* What follows from an import that is done. When the program ends before it has, a job takes it up. */
static enum status after_body(struct ctx *c, void *of)
{
	struct import *im = ((struct command *)of)->im;
	im->more = false;
	return im->kind->after(c, im);
}

static enum status rejects_write(struct command *k, str path)
{
	struct buffer b = { 0 };
	enum status status = import_reject(&k->sh->c, k->im, &b);
	FILE *f = status == OK ? fopen(text_c(k->sh->arena, path), "wb") : NULL;
	bool written = f && fwrite(b.at ? b.at : "", 1, b.len, f) == b.len;
	if (f && fclose(f))
		written = false;
	buffer_done(&b);
	if (status == OK && !written)
		return refuse(&k->sh->c, INVALID, "rejects", W(imports_rejects_unwritten), path);
	return status;
}

static void say(struct shell *sh, const struct word *w, str value)
{
	struct said s = said_of(sh->arena, w, value);
	shell_say(sh, S_FMT, S_ARG(said_text(sh->arena, sh->c.language, &s)));
}

static void ended_say(struct shell *sh, const struct import *im)
{
	str ended = number_text(sh->arena, im->count.ended);
	struct said s = said_of(sh->arena, W(imports_would_end), ended, said_of(sh->arena, im->kind->ends, ended));
	shell_say(sh, S_FMT, S_ARG(said_text(sh->arena, sh->c.language, &s)));
}

static void result_say(struct shell *sh, const struct import *im, bool dry)
{
	struct said s = import_outcome(sh->arena, &im->count, dry);
	buffer_add_format(&sh->out, S_FMT "\n", S_ARG(said_text(sh->arena, sh->c.language, &s)));
	if (im->id && !dry && import_is_change(&im->count))
		say(sh, W(imports_undo_hint), number_text(sh->arena, im->id));
}

static enum status import_run(struct shell *sh, const struct import_wish *w, bool dry, str rejects)
{
	struct command k = { .sh = sh };
	enum status status = import_open(&sh->c, w, &k.im);
	if (status == OK) {
		shell_say(sh, S_FMT, S_ARG(table_report(&sh->c, k.im->in->table)));
		status = k.im->in->left.len ? refuse(&sh->c, INVALID, "import-columns", W(imports_columns_left), k.im->file, k.im->in->left) : rows_read(&k);
	}
	if (status == OK && !dry)
		status = import_agreed(&sh->c, k.im);
	if (status == OK && rejects.len)
		status = rejects_write(&k, rejects);           /* first the file: a full disk then changes nothing */
	if (status == OK && !dry)
		status = in_parts(&k, write_body);
	bool parts = k.im && (k.im->kind->stage || k.im->large);
	if (parts && k.im->id && (dry || status != OK) && clear(&k, k.im->id) != OK && status == OK)
		status = BROKEN;
	if (status == OK && !dry && k.im->large && k.im->kind->after)
		status = in_parts(&k, after_body);
	import_close(k.im);
	if (status != OK)
		return status;
	if (parts && !dry)
		store_settle(sh->store);
	result_say(sh, k.im, dry);
	if (dry && w->complete && k.im->count.ended)
		ended_say(sh, k.im);
	if (rejects.len && k.im->count.rejected)
		say(sh, W(imports_rejects_in), rejects);
	return OK;
}

static enum exit kinds_say(struct shell *sh)
{
	shell_say(sh, "wijzer import KIND FILE, where KIND is one of:");
	for (size_t i = 0; i < import_kinds_count(); i++) {
		struct said label = SAY(import_kinds_at(i)->label);
		shell_say(sh, "  %-12s " S_FMT, import_kinds_at(i)->name, S_ARG(said_text(sh->arena, sh->c.language, &label)));
	}
	return USAGE;
}

COMMAND(import, "KIND FILE [--map FILE] [--dry-run] [--rejects FILE] [--complete [--confirm N]]",
	"Takes in rows from a CSV file: people, skills, roles, ratings, ambitions.",
	OPTIONS({ "map", "FILE", "which column is which field; share/mappings has examples" }, { "dry-run", NULL, "say what would happen, and change nothing" },
		{ "rejects", "FILE", "take the good rows, and write the others here with the reason" },
		{ "complete", NULL, "what is not in the file ends; says how many" }, { "confirm", "N", "with --complete: yes, these N" }))
{
	struct import_wish w = { .kind = import_kind_find(shell_word(sh, 0)), .store = sh->store, .heard = heard };
	str map = shell_option(sh, S("map")), rejects = shell_option(sh, S("rejects")), confirm = shell_option(sh, S("confirm"));
	if (!w.kind)
		return kinds_say(sh);
	if (!shell_need_words(sh, 2))
		return USAGE;
	w.path = text_c(sh->arena, shell_word(sh, 1));
	w.complete = shell_has(sh, S("complete"));
	w.confirmed = confirm.len > 0;
	w.without_wrong = rejects.len > 0;
	if (w.confirmed && (!w.complete || !str_to_int(confirm, &w.confirm)))
		return shell_usage(sh, "--confirm takes the number that --complete told");
	if (!sh->by.as.len && !sh->unprotected)
		return shell_finish(sh, refuse(&sh->c, FORBIDDEN, "who", W(imports_who)));
	sh->c.me.unprotected = sh->unprotected;
	struct mapping *mapping = NULL;
	enum status status = map.len ? mapping_read_file(&sh->c, text_c(sh->arena, map), &mapping) : OK;
	w.mapping = mapping;
	if (status == OK)
		status = import_run(sh, &w, shell_has(sh, S("dry-run")), rejects);
	return shell_finish(sh, status);
}

COMMAND(import_undo, "ID", "Takes an import back: every row as it was, unless it was changed since.", OPTIONS())
{
	if (!shell_need_words(sh, 1))
		return USAGE;
	if (!sh->by.as.len && !sh->unprotected)
		return shell_finish(sh, refuse(&sh->c, FORBIDDEN, "who", W(imports_who)));
	list given = { 0 };
	void *out;
	shell_give(sh, &given, S("id"), shell_word(sh, 0));
	enum status status = shell_call(sh, "import_take_back", &given, &out);
	if (status == OK)
		say(sh, W(imports_taken_back), shell_word(sh, 0));
	return shell_finish(sh, status);
}
