/* letter.c - letters that wait in the database, and the thread that hands them to a mail server without holding up anybody. */
#include "inside.h"
#include "letter.h"
#include "base/token.h"
#include "web/web.sql.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct letter_line { int64_t id; str name, input, message, state, failed; instant due, claimed, stale; int64_t tries; date day; };
RECORD(letter_line, FIELD(letter_line, id), FIELD(letter_line, name), FIELD(letter_line, input, .max = 65536), FIELD(letter_line, message), FIELD(letter_line, state), FIELD(letter_line, failed),
	FIELD(letter_line, due), FIELD(letter_line, claimed), FIELD(letter_line, stale), FIELD(letter_line, tries), FIELD(letter_line, day));
RECORD(letter_count, FIELD(letter_count, name), FIELD(letter_count, state), FIELD(letter_count, failed), FIELD(letter_count, count));

extern const struct letter_kind *const __start_wijzer_letters[] __attribute__((weak));
extern const struct letter_kind *const __stop_wijzer_letters[] __attribute__((weak));

enum { TRIES_MAX = 8, A_MINUTE = 120, PAUSE_MS = 1000, LEASE_MS = 150 * 1000, KEPT_DAYS = 60, DOWN_MOST_MINUTES = 64 };

struct letters {
	struct letters_settings settings;
	pthread_t thread;
	atomic_bool end;
	pthread_mutex_t lock;
	pthread_cond_t wake;
};

enum status letter_add_named(struct ctx *c, const struct letter_kind *kind, const void *in, instant due)
{
	struct buffer b = { 0 };
	unsigned char random[16];
	random_bytes(random, sizeof random);
	record_write_json(&b, kind->input, in);
	struct letter_line line = { .name = str_of(kind->name), .input = text_copy(c->arena, buffer_text(&b)), .message = hex_of(c->arena, random, sizeof random), .due = due, .day = c->today };
	buffer_done(&b);
	return store_run(c, letter_put, &line, NULL);
}

const struct letter_kind *letter_kind_find(str name)
{
	for (const struct letter_kind *const *k = __start_wijzer_letters; k < __stop_wijzer_letters; k++)
		if (str_eq(str_of((*k)->name), name))
			return *k;
	return NULL;
}

enum status letter_counts(struct ctx *c, list *out)
{
	return store_all(c, letters_counted, NOTHING, out);
}

bool letter_server(const struct ctx *c, str *host)
{
	const struct letters *l = c->web && c->web->web ? c->web->web->letters : NULL;
	*host = l ? l->settings.server.host : (str){ 0 };
	return host->len > 0;
}

/* ---- One letter ---- */

struct turn { struct web *web; struct ctx *c; struct letter_line line; struct letter letter; bool found, dropped; };

/* Takes the next that is due for itself, and has it written. What others took and did not finish in time is theirs no longer. */
static enum status claim(struct ctx *c, void *of)
{
	struct turn *t = of;
	struct letter_line wish = { .claimed = c->now, .stale = { c->now.ms - LEASE_MS } };
	t->dropped = false;
	TRY(store_run(c, letters_unsure, &wish, NULL));
	TRY(store_find(c, letter_claim, &wish, &t->line, &t->found));
	if (!t->found)
		return OK;
	const struct letter_kind *kind = letter_kind_find(t->line.name);
	if (!kind)
		return broken(c, "no letter is called " S_FMT, S_ARG(t->line.name));
	void *in = arena_take(c->arena, kind->input->size);
	TRY(record_read_json(c, kind->input, t->line.input, in));
	c->me.unprotected = true;
	t->letter = (struct letter){ .language = c->language };
	enum status s = kind->write(c, in, &t->letter);
	if (s == NOT_FOUND) {
		t->dropped = true;
		return store_run(c, letter_drop, &t->line, NULL);
	}
	return s;
}

static enum status mark(struct ctx *c, void *of)
{
	return store_run(c, letter_mark, (struct letter_line *)of, NULL);
}

static bool marked(struct turn *t, const char *state)
{
	t->line.state = str_of(state);
	t->line.day = t->c->today;
	return store_write_now(t->web->settings.store, t->c, mark, &t->line) == OK;
}

/* On the disk before the first byte leaves. */
static bool about_to(void *of)
{
	return marked(of, "sending");
}

static void later(struct turn *t, const char *why)
{
	int64_t minutes = 1;
	for (int64_t i = 0; i < t->line.tries && i < 3; i++)
		minutes *= 4;
	t->line.tries++;
	t->line.failed = text_copy(t->c->arena, str_of(why));
	t->line.due = (instant){ t->c->now.ms + minutes * 60000 };
	marked(t, t->line.tries >= TRIES_MAX ? "failed" : "waiting");
}

/* Answers false when the server cannot be reached, so that the others need not find out too. */
static bool turn_send(struct turn *t, struct mail_line *line)
{
	char why[MAIL_WHY];
	struct mail_letter l = { .to = t->letter.to, .subject = t->letter.subject, .text = t->letter.text, .language = t->letter.language == NL ? S("nl") : S("en"),
		.message = t->line.message, .at = t->c->now };
	enum mail_result result = mail_hand_over(line, &l, about_to, t, why);
	t->c->now = clock_now();
	t->line.failed = result == MAIL_TAKEN ? (str){ 0 } : text_copy(t->c->arena, str_of(why));
	switch (result) {
	case MAIL_TAKEN:
		marked(t, "sent");
		return true;
	case MAIL_NEVER:
		marked(t, "failed");
		return true;
	case MAIL_UNSURE:
		marked(t, "unsure");
		return true;
	case MAIL_LATER:
		later(t, why);
		return true;
	case MAIL_DOWN:
		break;
	}
	t->line.due = t->c->now;
	marked(t, "waiting");
	return false;
}

/* ---- The thread ---- */

static void wait_ms(struct letters *l, int64_t ms)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += ms / 1000;
	until.tv_nsec += ms % 1000 * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	pthread_mutex_lock(&l->lock);
	while (!atomic_load(&l->end) && !pthread_cond_timedwait(&l->wake, &l->lock, &until))
		;
	pthread_mutex_unlock(&l->lock);
}

static enum status forget_old(struct ctx *c, void *of)
{
	(void)of;
	struct letter_line line = { .day = date_add_days(c->today, -KEPT_DAYS) };
	return store_run(c, letters_forget, &line, NULL);
}

static void *letters_work(void *of)
{
	struct web *w = of;
	struct letters *l = w->letters;
	struct arena *a = arena_new();
	struct mail_line *line = mail_line_open(&l->settings.server);
	int64_t down_minutes = 1, pause = 60000 / (l->settings.a_minute > 0 ? l->settings.a_minute : A_MINUTE);
	date swept = { 0 };
	while (line && !atomic_load(&l->end)) {
		arena_reset(a);
		struct web_request r = { .web = w, .by = &r.credentials };
		struct ctx c;
		context_start(w, &c, a);
		c.web = &r;
		if (date_compare(swept, c.today) && store_write_now(w->settings.store, &c, forget_old, NULL) == OK)
			swept = c.today;
		struct turn t = { .web = w, .c = &c };
		enum status s = store_write_now(w->settings.store, &c, claim, &t);
		if (s != OK && t.found) {
			t.line.claimed = (instant){ 0 };
			later(&t, "could not be written");
			wait_ms(l, PAUSE_MS);
		} else if (s != OK || !t.found) {
			wait_ms(l, PAUSE_MS);
		} else if (!t.dropped) {
			bool up = turn_send(&t, line);
			wait_ms(l, up ? pause : down_minutes * 60000);
			down_minutes = up ? 1 : down_minutes < DOWN_MOST_MINUTES ? down_minutes * 4 : down_minutes;
		}
	}
	mail_line_close(line);
	arena_free(a);
	return NULL;
}

void web_letters_start(struct web *w, const struct letters_settings *s)
{
	if (!s->server.host.len)
		return;
	struct letters *l = calloc(1, sizeof *l);
	if (!l)
		return;
	l->settings = *s;
	pthread_mutex_init(&l->lock, NULL);
	pthread_cond_init(&l->wake, NULL);
	w->letters = l;
	if (!pthread_create(&l->thread, NULL, letters_work, w))
		return;
	w->letters = NULL;
	free(l);
}

void web_letters_stop(struct web *w)
{
	struct letters *l = w->letters;
	if (!l)
		return;
	pthread_mutex_lock(&l->lock);
	atomic_store(&l->end, true);
	pthread_cond_signal(&l->wake);
	pthread_mutex_unlock(&l->lock);
	pthread_join(l->thread, NULL);
	w->letters = NULL;
	pthread_cond_destroy(&l->wake);
	pthread_mutex_destroy(&l->lock);
	free(l);
}
