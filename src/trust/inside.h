/* inside.h - the rows that the files of this folder share. */
#pragma once
#include "trust.h"
#include "trust.sql.h"
#include "trust.words.h"

struct basis { int64_t id; str purpose, kind; date day; str document, scope, recorder; instant made, ended; };
struct setting_version { str name, value; instant since; int64_t proposal; };
struct proposal { int64_t id; str setting, before, after, why, proposer; instant made; str decision; instant decided; str decider_name, document; int64_t by_account; };

struct proposal_form { str setting, before, after, why; };
struct decision_form { int64_t id; str decision, document; };
extern const struct record proposal_record;

/* What the shell prints of a sweep. */
struct sweep_step { date day; int64_t kind, removed; str name; bool more; };
struct keeping_count { str name, term; int64_t past; bool decided; };
struct keeping_counts { list kinds; };
