/* inside.h - what the parts of lib/table share and nobody else needs. */
#pragma once
#include "table/name.h"
#include "table/table.h"
#include "table/table.words.h"

/* decode.c: the file as UTF-8 without byte order mark; `own` holds it when it had to be converted. */
enum status table_decode(struct ctx *c, str name, str bytes, struct buffer *own, str *text, enum table_encoding *encoding) must_use;

/* file.c */
extern void (*file_reading_hook)(const char *path);        /* called in the middle of reading: tests change the file there */
str file_name(str path);

/* dialect.c */
char dialect_delimiter(str text);
struct dialect_votes { int comma, point, iso, day_first; };
void dialect_vote(struct dialect_votes *v, str cell);
void dialect_decide(struct table_dialect *d, const struct dialect_votes *v);

/* value.c: one cell as a number or a day. */
struct date_format { char order[3]; char between; str text; };       /* "dmy", '-' or 0 for none; all zero: recognise */
bool date_format_read(str pattern, struct date_format *out);           /* "dd-mm-yyyy", "iso" */
bool date_format_recognise(str cell, struct date_format *out);         /* year first or day first; never month first */

enum value_fault { VALUE_FINE, VALUE_UNREADABLE, VALUE_AMBIGUOUS, VALUE_NO_SUCH_DAY, VALUE_NOT_WHOLE };
enum { NUMBER_ROOM = 48 };
/* value_number: with a point, without groups, into `room`. `mark` is told, `hint` only seen elsewhere in the file. */
enum value_fault value_number(str cell, char mark, char hint, char room[NUMBER_ROOM], str *out);
enum value_fault value_whole(str cell, char mark, char hint, char room[NUMBER_ROOM], str *out);
enum value_fault value_date(str cell, const struct date_format *f, date *out);

/* name.c */
str name_key(struct arena *a, str name);                   /* letters and digits only, folded: "Person_ID" and "person id" agree */
