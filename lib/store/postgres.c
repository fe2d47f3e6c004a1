/* postgres.c - the store on PostgreSQL: opening, closing, and a snapshot to read in. */
#include "postgres.h"
#include <stdlib.h>
#include <string.h>

/* On a connection that nobody uses now: whoever asks may be inside a transaction on one of them. 0 when all are busy. */
static int64_t bytes(const struct store *store)
{
	const struct postgres *p = (const struct postgres *)store;
	int64_t n = 0;
	for (int i = 0; i < store->settings.readers; i++) {
		struct wire *w = &p->readers[i];
		if (pthread_mutex_trylock(&w->lock))
			continue;
		PGresult *r = pq_mend(p, w) == OK && pq_send(w, "select pg_database_size(current_database())") ? pq_answer(w) : NULL;
		if (answer_is_good(r))
			str_to_int(str_of(PQgetvalue(r, 0, 0)), &n);
		PQclear(r);
		pthread_mutex_unlock(&w->lock);
		break;
	}
	return n;
}

static enum status read_snapshot(struct store *store, int reader, struct ctx *c, enum status (*body)(struct ctx *c, void *of), void *of)
{
	struct postgres *p = (struct postgres *)store;
	struct wire *w = &p->readers[reader];
	struct ctx before = *c;
	pthread_mutex_lock(&w->lock);
	struct store_session session;
	enum status status;
	int tries = 0;
	do {
		*c = before;
		session = (struct store_session){ .store = store, .link = w, .mode = READING };
		w->begin = "begin isolation level repeatable read read only";
		w->fresh = true;
		status = pq_mend(p, w);
		if (status == OK) {
			bool again;
			status = session_run(&session, c, body, of);
			(void)!pq_end(w, c, false, &again);
		}
	} while (status != OK && session.again && ++tries < 2);    /* only after the server has been restarted */
	pthread_mutex_unlock(&w->lock);
	if (status == BUSY)
		atomic_fetch_add_explicit(&store->busy, 1, memory_order_relaxed);
	return status;
}

/* ---- Opening and closing ---- */

static void close_store(struct store *store)
{
	struct postgres *p = (struct postgres *)store;
	postgres_writers_stop(p);
	for (int i = 0; i < store->settings.readers; i++)
		pq_close(&p->readers[i]);
	for (int i = 0; i < store->settings.writers; i++)
		pq_close(&p->writers[i]);
	free(p->readers);
	free(p->writers);
	free(p->writing);
	store_end(store);
	free(p);
}

static const struct engine postgres_engine = {
	.close = close_store, .read = read_snapshot, .query = postgres_query, .run_each = postgres_run_each, .revision = postgres_revision,
	.prepare_check = postgres_prepare_check, .bytes = bytes,
	.plain_open = postgres_plain_open,
};

static struct wire *wires_new(int count)
{
	struct wire *w = calloc((size_t)count, sizeof *w);
	if (!w)
		abort();
	for (int i = 0; i < count; i++)
		pthread_mutex_init(&w[i].lock, NULL);
	return w;
}

/* The others are made when they are first needed. */
static enum status first_open(struct postgres *p, char why[WHY])
{
	struct wire *w = &p->readers[0];
	if (!pq_open(p, w)) {
		const char *said = PQerrorMessage(w->pg);
		bool missing = strstr(said, "does not exist");
		return because(why, missing ? NOT_FOUND : BUSY, "PostgreSQL cannot be reached: %s", said);
	}
	const char *encoding = PQparameterStatus(w->pg, "server_encoding");
	if (!encoding || strcmp(encoding, "UTF8"))
		return because(why, INVALID, "The database must be made with encoding UTF8; this one has %s.", encoding ? encoding : "none");
	if (PQserverVersion(w->pg) < 130000)
		return because(why, INVALID, "PostgreSQL 13 or newer is needed; this one is %d.", PQserverVersion(w->pg) / 10000);
	return OK;
}

enum status postgres_open(const struct store_settings *settings, struct store **out, char why[WHY])
{
	struct postgres *p = calloc(1, sizeof *p);
	if (!p)
		abort();
	store_begin_with(&p->store, &postgres_engine, settings);
	p->readers = wires_new(p->store.settings.readers);
	p->writers = wires_new(p->store.settings.writers);
	p->writing = calloc((size_t)p->store.settings.writers, sizeof *p->writing);
	enum status status = first_open(p, why);
	if (status == OK && !postgres_writers_start(p))
		status = because(why, BROKEN, "No thread could be started.");
	if (status != OK) {
		close_store(&p->store);
		return status;
	}
	*out = &p->store;
	return OK;
}
