/* consistent.c - up to which moment everything stored can be read. */
#include "protocol.h"

/* A statement is readable as soon as it is acknowledged. */
instant xapi_consistent_through(const struct ctx *c)
{
	return c->now;
}
