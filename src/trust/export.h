/* export.h - a person's export while it is gathered. */
#pragma once
#include "keeps.h"
#include "table/pack.h"

struct keep_section { const struct keep *keep; str name; const struct record *record; list rows; };
struct keep_file { str name, bytes; const struct zip_stream *stream; };
struct keep_export {
	struct ctx *c;
	const struct keep *keep;           /* whose turn it is */
	list sections;                     /* of struct keep_section */
	list files;                        /* of struct keep_file */
};

/* Everything that is kept about them, kind by kind in the order of features. */
enum status export_gather(struct ctx *c, const struct keep_person *who, struct keep_export *out) must_use;
