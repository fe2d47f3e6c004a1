/* fresh.h - an empty store for a test, on either engine, with a context to ask it by. */
#pragma once
#include "store/store.h"

enum engine_tested { ON_SQLITE, ON_POSTGRES };

struct fresh {
	enum engine_tested engine;
	struct store *store;
	struct ctx c;
	str url;                                   /* to open it once more, from another process too */
	char folder[60];                           /* for files of the test; gone afterwards */
	char schema[40];                           /* PostgreSQL: a schema of its own, so that tests can run side by side */
};

/* False, having printed "skipped: …", when there is no such engine: PostgreSQL is where WIJZER_TEST_POSTGRES says. */
bool fresh_has(enum engine_tested engine);
/* A migrated store, or none opened yet when `schemas` is NULL. Ends the program when it cannot be made. */
struct fresh *fresh_new(enum engine_tested engine, const struct schema *const schemas[]);
struct store *fresh_open(const struct fresh *f);       /* the same database once more */
void fresh_free(struct fresh *f);

/* What `broken` said last, on whichever thread; empty when nothing. Read it when no body runs. */
extern char broken_said[400];
