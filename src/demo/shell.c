/* shell.c - makes the demonstration organisation, once, and says when it has grown old. */
#include "inside.h"
#include "shell/shell.h"
#include <stdio.h>
#include <unistd.h>

struct demo_state { instant made; int64_t seed; };
RECORD(demo_state, FIELD(demo_state, made), FIELD(demo_state, seed));

enum { SEED = 20260101, OLD_DAYS = 60 };

struct look { struct demo_state state; bool is_demo; int64_t people; };

static enum status look_perform(struct ctx *c, void *of)
{
	struct look *l = of;
	struct count n = { 0 };
	TRY(store_find(c, demo_state, NOTHING, &l->state, &l->is_demo));
	TRY(store_one(c, demo_people_count, NOTHING, &n));
	l->people = n.count;
	return OK;
}

static enum status make_perform(struct ctx *c, void *of)
{
	struct demo d = { .random = SEED, .day = c->today };
	struct demo_state state = { .seed = SEED };
	(void)of;
	c->me.unprotected = true;
	TRY(demo_organisation(c, &d));
	TRY(demo_frame(c, &d));
	TRY(demo_rounds(c, &d));
	TRY(demo_story(c, &d));
	TRY(demo_surveys(c, &d));
	TRY(demo_needs(c, &d));
	TRY(demo_practice(c, &d));
	TRY(demo_record(c, &d));
	TRY(demo_journal(c, &d));
	TRY(demo_keeping(c, &d));
	return store_run(c, demo_made, &state, NULL);
}

/* Only a file that holds a demonstration is ever removed. */
static bool file_remove(struct shell *sh)
{
	str path = str_from(sh->url, 7);
	web_free(sh->web);
	store_close(sh->store);
	sh->web = NULL;
	sh->store = NULL;
	bool gone = !unlink(text_c(sh->arena, path));
	unlink(text_c(sh->arena, text_join(sh->arena, path, S("-wal"))));
	unlink(text_c(sh->arena, text_join(sh->arena, path, S("-shm"))));
	unlink(shell_keys(sh).keys);
	return gone;
}

static enum exit fresh(struct shell *sh)
{
	struct web_settings settings = { .language = sh->c.language };
	if (!str_starts(sh->url, S("sqlite:"))) {
		shell_say(sh, "wijzer: --fresh removes a file; for PostgreSQL make a new database and name it with --db");
		return REFUSED;
	}
	if (!file_remove(sh)) {
		shell_say(sh, "wijzer: " S_FMT " could not be removed", S_ARG(sh->url));
		return REFUSED;
	}
	enum exit e = shell_database(sh, true, &settings);
	return e == DONE ? shell_keys_open(sh, true, false) : e;
}

COMMAND(demo, "[--fresh]", "Makes the demonstration organisation in an empty database; leaves anything else alone.",
	OPTIONS({ "fresh", NULL, "makes it again, with today's dates" }), .needs = MAKES_DATABASE)
{
	struct look l = { 0 };
	enum status s = store_read(sh->store, 0, &sh->c, look_perform, &l);
	if (s != OK)
		return shell_finish(sh, s);
	if (l.people && !l.is_demo) {
		if (shell_has(sh, S("fresh"))) {
			shell_say(sh, "wijzer: this database holds people of its own and is left alone. Name another with --db.");
			return REFUSED;
		}
		return DONE;
	}
	if (l.is_demo && shell_has(sh, S("fresh"))) {
		enum exit e = fresh(sh);
		if (e != DONE)
			return e;
	} else if (l.is_demo) {
		if (sh->c.now.ms - l.state.made.ms > (int64_t)OLD_DAYS * 86400000)
			shell_say(sh, "wijzer: the demonstration was made %lld days ago; --fresh makes it again with today's dates", (long long)((sh->c.now.ms - l.state.made.ms) / 86400000));
		return DONE;
	}
	shell_say(sh, "Making the demonstration organisation");
	return shell_finish(sh, store_write_now(sh->store, &sh->c, make_perform, NULL));
}
