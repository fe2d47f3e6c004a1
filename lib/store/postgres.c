/* postgres.c - the store on PostgreSQL. */
#include "engine.h"

enum status postgres_open(const struct store_settings *s, struct store **out, char why[WHY])
{
	(void)s;
	(void)out;
	return because(why, BROKEN, "This build cannot reach PostgreSQL.");
}
