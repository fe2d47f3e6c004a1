/* inside.h - what the files of the log share: an entry as it is stored, and as its owner reads it. */
#pragma once
#include "journal.h"
#include "base/context.h"
#include "record/record.h"
#include "store/store.h"
#include "vault/vault.h"
#include "journal.sql.h"
#include "journal.words.h"

enum { TEXT_LONG = 4000, LINK_MAX = 500, FILE_MAX = 5 * 1024 * 1024, BODY_WITH_FILE = FILE_MAX + 128 * 1024, ENTRIES_MAX = 3000, HOURS_MAX = 100 };

/* A row of journal_entry: nothing of it says what is in it. */
struct journal_row { int64_t id, person, version; str sealed; bool shared; };

/* An entry, opened. */
struct journal_entry {
	int64_t id, version, skill;
	date day;
	str kind, did, learnt, next, link, file, skill_name, unit_name;
	double hours;
	bool shared, everybody, closed;            /* closed: it does not open with the keys that are here */
};

/* What is shared of one: readable, and gone when sharing ends. */
struct journal_shared { int64_t entry, person, unit, skill; date day; str kind, did, learnt, next, link, statement; double hours; };

/* Whose log this is: the asker's own, and nobody's without a person or with --unprotected. */
enum status journal_owner(struct ctx *c) must_use;

/* sealed.c */
enum status entry_open(struct ctx *c, const struct journal_row *row, struct journal_text *text, bool *closed) must_use;
enum status entry_seal(struct ctx *c, int64_t person, int64_t id, const struct journal_text *text, str *sealed) must_use;
enum status entry_load(struct ctx *c, int64_t id, struct journal_entry *out) must_use;    /* of the asker; NOT_FOUND, said */
enum status entries_load(struct ctx *c, list *out) must_use;          /* all of the asker's, of struct journal_entry, the newest day first */
void entry_of_text(struct journal_entry *e, const struct journal_text *t);
struct journal_text text_of_entry(const struct journal_entry *e);

/* share.c */
enum status shared_put(struct ctx *c, const struct journal_entry *e, int64_t person, int64_t unit) must_use;
enum status shared_end(struct ctx *c, int64_t entry, int64_t person) must_use;

/* file.c */
/* What kind of file it is by its first bytes and name; no text: of a kind that is not kept. */
str file_type(str name, str bytes);
enum status file_check(struct ctx *c, str name, str bytes) must_use;

/* prompt.c */
enum status prompt_rest(struct ctx *c, int64_t person) must_use;       /* until next Monday */

