/* mapping.h - from the columns a file has to the fields somebody wants.
 *
 * A mapping is a small text that HR or IT writes once per export:
 *
 *     # AFAS Profit, export "Medewerkers"
 *     person_id = column "Medewerker"
 *     name      = column "Roepnaam" + " " + column "Voorvoegsel" + " " + column "Achternaam"
 *     unit      = column "Afdeling" / column "Team"
 *     start     = column "Begindatum dv" as dd-mm-yyyy
 *     end       = column "Einddatum dv" { "31-12-9999" -> ""; otherwise -> same } as dd-mm-yyyy
 *     hours     = column "Uren per week" as decimal comma or "36"
 *     language  = "nl"
 *
 * Grammar (a line ends where its value does, but not between braces; # begins a comment):
 *
 *     line  = field "=" value
 *     value = join { "/" join } { table | "as" form | shift | "or" TEXT }      each at most once, in any order
 *     join  = part { "+" part }
 *     part  = "column" TEXT | TEXT
 *     table = "{" case { ";" case } [ ";" ] "}"
 *     case  = ( TEXT | "empty" | "otherwise" ) "->" ( TEXT | WORD | "same" )
 *     form  = "decimal" ( "comma" | "point" ) | "iso" | a date such as dd-mm-yyyy, d/m/yyyy, mm/dd/yyyy, yyyymmdd
 *     shift = ( "plus" | "minus" ) "column" TEXT [ "times" NUMBER ] "days"
 *     TEXT  = between double quotes, a quote inside doubled
 *
 * A value is made in this order: joined, looked up in the table, read in its form, shifted by days, replaced by `or`
 * when empty. A join whose columns are all empty is empty; several spaces become one; "/" makes a path, in which empty
 * steps fall away and a "/" inside a step becomes "-". Without a mapping, columns are found by the field's own name
 * and its synonyms, whatever their case, spaces, hyphens and underscores.
 */
#pragma once
#include "table/table.h"

enum table_kind { TABLE_TEXT, TABLE_INT, TABLE_REAL, TABLE_DATE };

struct table_field {
	str name;                          /* as a mapping writes it: "person_id" */
	enum table_kind kind;
	bool required;                     /* must have a column and a value in every row */
	str synonyms;                      /* parted by commas: "personeelsnummer, medewerker" */
};

struct mapping;
struct mapped;

/* mapping_read: the grammar only; whether fields and columns exist is known at mapped_open. `name` is the mapping file's. */
enum status mapping_read(struct ctx *c, str name, str bytes, struct mapping **out) must_use;
enum status mapping_read_file(struct ctx *c, const char *path, struct mapping **out) must_use;

/* mapped_open: `m` may be NULL, for finding columns by name. The table, the fields and the mapping must outlive it.
 * INVALID before any row for an unknown field or column, two columns for one field, a missing required one. */
enum status mapped_open(struct ctx *c, struct table *t, const struct mapping *m,
	const struct table_field *fields, size_t count, struct mapped **out) must_use;

struct mapped_row {
	struct table_row row;              /* as it came, also when it is refused */
	const str *values;                 /* one per field: trimmed, ISO days, numbers with a point; no text when empty, unmapped or wrong */
};

/* mapped_next: as table_next; INVALID objects to every wrong value of the row, under "line N field". Rows in which all cells
 * are empty are passed over. Values live until the next row. */
enum status mapped_next(struct ctx *c, struct mapped *m, struct mapped_row *out) must_use;
bool mapped_has(const struct mapped *m, size_t field);     /* whether the field has a column or a constant */
/* The columns that no field was found for by their names, at most twelve; no text when there is none, or a mapping says what is wanted.
 * What a file of rejects adds, its line and its reason, is not among them: it can be mended and read again. */
str mapped_left(struct ctx *c, const struct mapped *m);
str mapped_column(const struct mapped *m, size_t field);   /* as the file calls it, the first of several; no text for constants and unmapped fields */
/* mapped_guess: the column that mapped_open would find for the field by its names; no text when there is none or more than one. */
str mapped_guess(struct ctx *c, const struct table *t, const struct table_field *field);
void mapped_close(struct mapped *m);                       /* leaves the table open; NULL is fine */
