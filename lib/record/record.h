/* record.h - how the program describes its own structs.
 *
 * A record is a table of fields: name, type, place in the struct, limits, label. One
 * table serves every reader of a struct: forms, JSON, validation, SQL parameters and
 * columns, CSV, OpenAPI, the reference page, the audit log. A field has one name
 * everywhere.
 *
 *     struct person { int64_t id; str name; date start; };
 *     RECORD(person,
 *             FIELD(person, id),
 *             FIELD(person, name,  .label = W(people_name), .min = 1, .max = 120, .required = true),
 *             FIELD(person, start, .label = W(people_start)));
 *
 * "No value" is a text without place, a zeroed date or instant, a NaN, and for numbers
 * marked .optional the zero; SQL and JSON call it null. record_clear makes it so.
 */
#pragma once
#include "base/context.h"

enum field_type { FIELD_BOOL, FIELD_INT, FIELD_REAL, FIELD_TEXT, FIELD_DATE, FIELD_INSTANT, FIELD_MONEY, FIELD_LIST, FIELD_RECORD };

struct choice { str value; const struct word *label; };

struct field {
	const char *name;              /* in SQL, JSON, forms and templates alike */
	str key;                       /* ,"name": as JSON writes it */
	size_t offset;
	enum field_type type;          /* taken from the struct member, never typed */
	const struct record *of;       /* what a list holds or a record is; a list without it holds texts */
	const struct word *label;      /* what a person sees; none: the field is for programs */
	const struct word *hint;       /* one line below the label */
	const char *doc;               /* what the API reference says; English */
	const char *example;           /* for the reference page */
	const struct choice *choices;  /* ended by a choice without value */
	double min, max;               /* text: characters; number: value (money: euros); list: elements. max 0: text 500, list 1,000, number unbounded */
	bool required;                 /* must be given and not be empty; a boolean or a number must be given */
	bool optional;                 /* for numbers: zero means no value */
	bool lines;                    /* text: several lines are fine, and it is asked for in a textarea */
	bool file;                     /* text: the bytes of a file as a person sent it, untrimmed, max in bytes; NAME_file, if there, gets its name */
	bool secret;                   /* never logged, never audited, never sent back; read as typed, untrimmed */
};

struct record { const char *name; size_t size; const struct field *fields; size_t count; };

#define FIELD_TYPE_OF(member) _Generic((member), \
	bool: FIELD_BOOL, int64_t: FIELD_INT, double: FIELD_REAL, str: FIELD_TEXT, date: FIELD_DATE, \
	instant: FIELD_INSTANT, money: FIELD_MONEY, list: FIELD_LIST, default: FIELD_RECORD)

#define FIELD(owner, member, ...) { \
	.name = #member, .key = { ",\"" #member "\":", sizeof #member + 3 }, .offset = offsetof(struct owner, member), \
	.type = FIELD_TYPE_OF(((struct owner *)0)->member), __VA_ARGS__ }

/* RECORD makes owner_record, visible to queries and to other features by its declaration in a header. */
#define RECORD(owner, ...) \
	static const struct field owner##_fields[] = { __VA_ARGS__ }; \
	extern const struct record owner##_record; \
	const struct record owner##_record = { #owner, sizeof(struct owner), \
		owner##_fields, sizeof owner##_fields / sizeof owner##_fields[0] }

/* For operations without input or output. */
struct nothing { char unused; };
extern const struct record nothing_record;
/* The commonest inputs and outputs. */
struct by_id { int64_t id; };
extern const struct record by_id_record;
struct count { int64_t count; };
extern const struct record count_record;

const struct field *field_find(const struct record *r, str name);

/* The member itself. The types must agree; debug builds assert it. */
/* The most a text, a list or a number may have, with the defaults filled in. */
enum { TEXT_MAX = 500, LIST_MAX = 1000 };

void record_clear(const struct record *r, void *of);                       /* no value anywhere */
void *field_at(const struct field *f, void *of);
const void *field_in(const struct field *f, const void *of);
bool field_is_empty(const struct field *f, const void *of);
/* As forms and CSV write it, and record_read reads it: "1" or "0", "12.50", "2026-11-23"; no text for no value, lists and records. */
str field_text(struct arena *a, const struct field *f, const void *of);

/* The same of what is no text into a place of the caller's; answers its length, 0 for no value. */
enum { FIELD_ROOM = 40 };
size_t field_put(char at[FIELD_ROOM], const struct field *f, const void *of);

/* One named value, as a form, a query, a path or the shell gives it. */
struct given { str name, value; };

/* record_read: clears `into` and fills it from named texts; `list.0.field` reaches into lists, a list of texts takes its name
 * repeated as well. Every value that cannot be read is objected to (context.h) at its own path, in the order of the fields, and so are names
 * nobody asked for unless `lenient`; the limits of record_check apply. At most PROBLEMS_MAX objections. INVALID if there was one.
 *   texts    trimmed, UTF-8 without control characters, line ends LF; an empty one is no text
 *   numbers  point or comma; money also as "€ 1.250,00"
 *   dates    2026-11-23, or 23-11-2026 as people type them; instants as instant_from_iso
 *   booleans "1", "true", "on" or "0", "false", ""
 *   lists    rows in the order in which they come; a row in which nothing was filled in is left out; problems keep its own number
 * Of a name given twice the last counts, so that a hidden "0" may stand before a checkbox. */
enum { PROBLEMS_MAX = 100, LEVELS_MAX = 64 };
enum status record_read(struct ctx *c, const struct record *r, const list *given, bool lenient, void *into) must_use;

/* record_read_json: the same from a JSON object, numbers and booleans in JSON's own types, dates as ISO, null as no value.
 * A duplicate key, more than LEVELS_MAX levels or a text that is no JSON is refused as a whole (code "json"). */
enum status record_read_json(struct ctx *c, const struct record *r, str json, void *into) must_use;
/* The same where some members come from elsewhere, such as a route's {id}: those stand, whatever the object says of them. */
enum status record_read_json_with(struct ctx *c, const struct record *r, str json, const list *given, void *into) must_use;

/* record_check: required, lengths, ranges, choices, also inside lists and records. */
enum status record_check(struct ctx *c, const struct record *r, const void *of) must_use;

struct buffer;
/* Secrets left out, no value as null, never NaN; '<', U+2028 and U+2029 escaped, so that it may stand inside HTML and scripts. */
void record_write_json(struct buffer *b, const struct record *r, const void *of);
void json_write_text(struct buffer *b, str s);                                         /* quoted; no text is null; a byte that is not UTF-8 becomes U+FFFD */

/* CSV by RFC 4180: comma, point, LF; or the Dutch form: semicolon, comma. A cell of text that a spreadsheet would run as a formula gets a leading '.
 * Lists, records and secrets have no column. */
void csv_write_head(struct buffer *b, const struct record *r, bool dutch);
void csv_write_row(struct buffer *b, const struct record *r, const void *of, bool dutch);

/* record_difference: names of the fields in which a and b differ, with both texts; of lists and records
 * both counts or no text; a secret shows its name only. */
struct difference { str field, before, after; };
list record_difference(struct arena *a, const struct record *r, const void *before, const void *after);
