/* sample.h - for each operation one input that is right, given by somebody who may: what the sweeps call it with.
 *
 * The organisation is the demonstration. A value that begins with "=" is the answer of SQL ("id==select min(id) from person").
 * A writing operation without a sample fails the fault sweep, so that a new one cannot be forgotten.
 */
#pragma once
#include "harness.h"

/* Who asks: the six who can sign in, a privacy officer; and of a protocol a tool with credentials for everything. */
enum who { NOBODY, EMPLOYEE_, LEAD_, LEARNING_, BOARD_, COUNCIL_, PRIVACY_, ADMINISTRATOR_, WHO_COUNT, TOOL_ };
#define TOOL_KEY "sweep"
#define TOOL_SECRET "sweep-secret"
extern const struct somebody { const char *role, *name; } somebodies[WHO_COUNT];

struct sample {
	const char *operation;
	enum who who;
	const char *given[12];              /* "key=value", ended by NULL */
	const char *first;                 /* SQL that makes what it needs */
	const char *before;                /* another sample to be run first, such as the upload of what is confirmed */
	const char *why_not;               /* why it cannot be called here, and where it is tested instead */
};

const struct sample *sample_find(str operation);       /* NULL when there is none */
/* What the demonstration lacks: a privacy officer, and ESCO with one occupation and one skill. */
void samples_prepare(struct app *a);
/* Makes what it needs, then answers the values to call it with, as struct given. */
list sample_given(struct app *a, const struct sample *s);
/* The values alone. */
list sample_values(struct app *a, const struct sample *s);
const char *email_of_who(struct app *a, enum who who);     /* NULL for nobody; a tool, called without a socket, is the operator */
