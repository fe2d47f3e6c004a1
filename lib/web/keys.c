/* keys.c - which keys belong to this database, ending one with an erasure, and keeping it ended whichever copy is put back. */
#include "inside.h"
#include "keys.h"
#include "base/token.h"
#include "vault/vault.h"
#include "web/web.sql.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct installation { str name; };
struct forgotten { int64_t person; instant at; };
RECORD(installation, FIELD(installation, name));
RECORD(forgotten, FIELD(forgotten, person), FIELD(forgotten, at));

/* ---- Ending a key ---- */

JOB(key_destroy_due, by_id)
{
	if (!c->vault)
		return broken(c, "the keys are not here; the key of person %" PRId64 " is destroyed when they are", in->id);
	return vault_destroy(c->vault, in->id, c->now) == OK ? OK : broken(c, "the key of person %" PRId64 " cannot be destroyed", in->id);
}

enum status key_forget(struct ctx *c, int64_t person)
{
	struct by_id in = { person };
	struct forgotten f = { person, c->now };
	TRY(store_run(c, forgotten_put, &f, NULL));
	return job_add(c, key_destroy_due, &in, c->now);
}

/* ---- The database's name for itself ---- */

static enum status name_find(struct ctx *c, void *of)
{
	bool found;
	return store_find(c, installation_find, NOTHING, (struct installation *)of, &found);
}

static enum status name_put(struct ctx *c, void *of)
{
	return store_run(c, installation_put, (struct installation *)of, NULL);
}

/* ---- Both lists of who was erased ---- */

struct both { struct vault *vault; list here, there; };           /* of struct forgotten; of struct vault_erased */

static enum status lists_read(struct ctx *c, void *of)
{
	struct both *b = of;
	return store_all(c, forgotten_all, NOTHING, &b->here);
}

static bool is_forgotten(const struct both *b, int64_t person)
{
	for (each(struct forgotten, f, b->here))
		if (f->person == person)
			return true;
	return false;
}

static bool is_ended(const struct both *b, int64_t person)
{
	for (each(struct vault_erased, e, b->there))
		if (e->person == person)
			return true;
	return false;
}

static enum status erase_again(struct ctx *c, void *of)
{
	struct both *b = of;
	c->me.unprotected = true;
	for (each(struct vault_erased, e, b->there)) {
		if (is_forgotten(b, e->person))
			continue;
		struct erased_before before = { e->person, e->at };
		struct forgotten f = { e->person, e->at };
		TRY(event_raise(c, S("person_erased_before"), &before));
		TRY(store_run(c, forgotten_put, &f, NULL));
	}
	return OK;
}

enum status web_keys_agree(struct web *w, int64_t *again)
{
	struct ctx c;
	struct arena *a = arena_new();
	struct both b = { .vault = w->settings.vault };
	int64_t last = 0;
	*again = 0;
	context_start(w, &c, a);
	enum status status = vault_erased(b.vault, a, &b.there);
	if (status == OK)
		status = store_read(w->settings.store, 0, &c, lists_read, &b);
	for (size_t i = 0; status == OK && i < b.here.count; i++) {
		const struct forgotten *f = list_item(b.here, struct forgotten, i);
		if (!is_ended(&b, f->person))
			status = vault_destroy(b.vault, f->person, f->at);
	}
	for (each(struct vault_erased, e, b.there))
		*again += !is_forgotten(&b, e->person);
	if (status == OK && *again)
		status = web_jobs_last(w, &last);
	if (status == OK && *again)
		status = store_write_now(w->settings.store, &c, erase_again, &b);
	if (status == OK && *again)
		web_jobs_finish(w, last);
	arena_free(a);
	return status;
}

/* ---- Opening ---- */

/* Nothing is ever thrown away here: keys of a database that is gone step aside. */
static enum status step_aside(const struct web_keys *k, char why[400], str *said, struct arena *a)
{
	str aside = text_format(a, "%s.%s", k->keys, token_new(a).at);
	aside.len = strlen(k->keys) + 9;
	const char *to = text_c(a, aside);
	if (rename(k->keys, to))
		return snprintf(why, 400, "%s is of another database and cannot be put aside", k->keys), BROKEN;
	*said = text_format(a, S_FMT "%s belonged to another database and is now %s. ", S_ARG(*said), k->keys, to);
	return OK;
}

/* Says of what is missing how it can come back; serving without would hide from people that their entries are closed. */
static enum status missing(const struct web_keys *k, bool key, bool keys, char why[400])
{
	if (!key && !keys)
		snprintf(why, 400, "neither the key file %s nor the keys %s are there, and this database has had them. Put both back (--key-file, --keys; wijzer restore-keys), or, "
			"if they are lost, wijzer init --new-keys: what people sealed then stays closed.", k->key, k->keys);
	else if (!key)
		snprintf(why, 400, "the key file %s is not there. Name it with --key-file. If it is lost, wijzer init --new-keys starts anew: what people sealed then stays closed.", k->key);
	else
		snprintf(why, 400, "the keys %s are not there. wijzer restore-keys FILE puts a copy back. If they are lost, wijzer init --new-keys starts anew: "
			"what people sealed then stays closed.", k->keys);
	return NOT_FOUND;
}

static enum status vault_of(struct web *w, const struct web_keys *k, struct installation *own, bool known, struct arena *a, str *said, char why[400])
{
	char detail[VAULT_WHY] = "";
	bool key = !access(k->key, F_OK), keys = !access(k->keys, F_OK);
	if (!k->make && !(known && key && keys))
		return missing(k, key, keys, why);
	bool fresh = !known || k->renew;
	if (!fresh && (!key || (!keys && !k->restoring)))
		return missing(k, key, keys, why);
	if (keys && fresh) {
		TRY(step_aside(k, why, said, a));
		keys = false;
	}
	if (!key) {
		if (vault_key_make(k->key, detail) != OK)
			return snprintf(why, 400, "%s", detail), BROKEN;
		*said = text_format(a, S_FMT "made the key file %s (0600) and the keys %s. Keep the key file apart from the database and from every backup: "
			"with both, what people keep for themselves can be read; without it nobody can. ", S_ARG(*said), k->key, k->keys);
	} else if (!keys) {
		*said = text_format(a, S_FMT "made the keys %s under the key file %s. ", S_ARG(*said), k->keys, k->key);
	}
	struct vault_settings s = { .keys = k->keys, .key = k->key, .lent = k->lent, .make = !keys, .adopt = k->restoring, .database = own->name };
	enum status status = vault_new(&s, &w->settings.vault, detail);
	if (status != OK)
		snprintf(why, 400, "%s", detail);
	return status;
}

enum status web_keys_open(struct web *w, const struct web_keys *k, struct arena *a, str *said, char why[400])
{
	struct ctx c;
	struct installation own = { 0 };
	int64_t again = 0;
	*said = S("");
	context_start(w, &c, a);
	enum status status = store_read(w->settings.store, 0, &c, name_find, &own);
	bool known = own.name.len > 0;
	if (status == OK && !known) {
		unsigned char bytes[16];
		random_bytes(bytes, sizeof bytes);
		own.name = hex_of(a, bytes, sizeof bytes);
	}
	if (status == OK)
		status = vault_of(w, k, &own, known, a, said, why);
	else
		snprintf(why, 400, status == BUSY ? "the database is in use; try again in a moment" : "the database cannot be read");
	if (status == OK && !known && store_write_now(w->settings.store, &c, name_put, &own) != OK)
		status = (snprintf(why, 400, "the database cannot be written"), BROKEN);
	if (status == OK && k->make && (status = web_keys_agree(w, &again)) != OK)
		snprintf(why, 400, "who was erased cannot be compared between keys and database");
	if (status == OK && again)
		*said = text_format(a, S_FMT "%" PRId64 " erased earlier, and erased again. ", S_ARG(*said), again);
	if (status != OK) {
		vault_free(w->settings.vault);
		w->settings.vault = NULL;
	}
	return status;
}

struct vault *web_vault(const struct web *w)
{
	return w->settings.vault;
}

void web_keys_close(struct web *w)
{
	vault_free(w->settings.vault);
	w->settings.vault = NULL;
}
