/* export.h - somebody's statements and documents taken along, and how one of them is shown. */
#pragma once
#include "trust/trust.h"

/* Both add files that are written while they are packed, some hundreds of statements at a time, however many there are. */
enum status export_statements(struct ctx *c, const struct keep_person *who, struct keep_export *e, str *files) must_use;
enum status export_documents(struct ctx *c, const struct keep_person *who, struct keep_export *e) must_use;

struct export_statement { int64_t stored; instant made; str verb, verb_name, activity, activity_name; double seconds; int64_t client; bool voided, acting; str text; };
struct client_name { int64_t id; str name; };
/* A tool by its number among struct client_name, or the program itself. */
str source_name(const struct ctx *c, const list *names, int64_t client);
/* What a tool calls a verb or activity, else the last part of its IRI. */
str thing_name(str name, str iri);
