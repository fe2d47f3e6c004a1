/* statement.h - a statement read from its bytes: every rule of xAPI 1.0.3 and 2.0.0 (IEEE 9274.1.1) about its content, without store and web.
 *
 *     struct json j; struct fault fault;
 *     if (!statements_read(a, body, RULES_1_0_3, &all, &fault)) … fault.place, fault.what …
 *
 * Nothing is changed in what came. What was found in it stands in `struct statement`; statement_write gives the bytes that are kept,
 * with id, stored, authority, timestamp and version spliced in, and a list put around a context activity that stands alone.
 */
#pragma once
#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/map.h"
#include "record/json.h"

enum rules { RULES_1_0_3, RULES_2_0_0 };

enum { JSON_LEVELS_MAX = 64, STATEMENTS_MAX = 1000, STATEMENT_BYTES_MAX = 1 << 20, IRI_BYTES_MAX = 4000 };

/* What is wrong: where ("actor.mbox"), in words that hold nothing of the content, and whether it is a matter of 409 or 403 instead of 400. */
struct fault { str place; const char *what; };

enum where { ACTING, NARROW, WIDE };
/* Somebody in a statement, by one of four identifiers. */
struct mention { enum where where; const char *kind; str key, name; };

/* An activity in it; `object`: the statement's own object. definition: its node, 0 for none. */
struct activity_mention { str iri; uint32_t definition; bool object; };

struct attachment_mention { str sha2, type, usage; bool elsewhere, signature; uint32_t node; };

struct statement {
	const struct json *json;
	uint32_t node;                     /* of json: the statement itself */
	str id;                            /* small letters; no text: the store gives one */
	bool has_time;
	int64_t time_us;                   /* of `timestamp`, microseconds UTC since 1970 */
	str version;                       /* as given; no text: not */
	str verb;
	uint32_t display;                  /* of the verb: its node, 0 for none */
	list mentions;                     /* of struct mention */
	list activities;                   /* of struct activity_mention */
	str registration;
	str target;                        /* the id of the statement it points at */
	bool voids;
	double seconds;                    /* result.duration; NaN: none */
	list alone;                        /* of uint32_t: context activities that stand without a list around them */
	list attachments;                  /* of struct attachment_mention, those of a SubStatement too */
	str digest;                        /* what it says, for "the same again?": 32 hexadecimal digits */
	enum rules by;              /* the rules it was read by */
};

/* One statement, or a list of them. False with the first thing that is wrong. */
bool statements_read(struct arena *a, str body, enum rules v, list *out, bool *many, struct fault *fault);     /* of struct statement */

/* The bytes to keep. `authority` is JSON. */
struct statement_given { str id; int64_t stored; str authority; };
void statement_write(struct arena *a, struct buffer *b, const struct statement *s, const struct statement_given *g);

/* The same under the specification's comparison: what the store sets, when it was set by the store, and what may differ (the order of
 * members, definitions, displays) left aside. Of 32 hexadecimal digits; made by statements_read.
 * `without_signature`: as it was before it was signed. */
str statement_digest(struct arena *a, const struct statement *s, bool without_signature);
#define SIGNATURE_USAGE S("http://adlnet.gov/expapi/attachments/signature")

/* ---- parts, for parameters of a request and for signatures ---- */

/* An Agent or identified Group, as a parameter holds it. */
bool agent_read(struct arena *a, str json, enum rules v, struct mention *out, struct fault *fault);

/* ---- the small languages inside ---- */
bool is_iri(str s);                                    /* absolute: scheme, colon, something */
bool is_uuid(str s);
bool is_language(str s);                               /* RFC 5646, well-formed */
bool is_mailto(str s);
bool is_sha1(str s);
bool is_sha2(str s);                                   /* 56, 64, 96 or 128 hexadecimal digits */
bool is_media_type(str s);
bool duration_read(str s, double *seconds);            /* ISO 8601: PT1H30M, P4W; a year is 365.25 days, a month a twelfth of it */
/* ISO 8601 and RFC 3339; microseconds UTC since 1970, without zone as if it were Z. A sixtieth second is refused: nothing here can count it. */
bool time_read(str s, bool zone_needed, int64_t *us);
void time_put(char into[27], int64_t us);              /* "2026-11-26T08:35:34.123456Z", without NUL */
str lower(struct arena *a, str s);                     /* ASCII */
