/* template.h - what the parts of the template compiler know of each other.
 *
 * One pass: compile.c walks over the file; at '{' a directive follows (directive.c, form.c), all else is
 * HTML (html.c), whose rules stand in rules.c. Each emits C at once (emit.c); value.c turns paths,
 * filters and conditions into C expressions. The first thing that is wrong ends the pass.
 */
#pragma once
#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/text.h"
#include <setjmp.h>

enum { DEPTH_MAX = 64, LOOPS_MAX = 8, BLOCKS_MAX = 32, PARTS_MAX = 60, NO_LINE = -2 };

/* Where in the HTML the compiler is: a value is written differently in each, or not at all. */
enum place { IN_TEXT, IN_TAG, IN_VALUE };
/* What a URL attribute holds so far: nothing, fixed text to go on from, or one value that is the whole. */
enum url { URL_EMPTY, URL_BEGUN, URL_WHOLE };

enum element_flags {
	VOID = 1,          /* has no content and no end tag */
	INLINE = 2,        /* white space around it is seen */
	WORDS = 4,         /* holds text only, no markup: <option>, <title> */
	EXACT = 8,         /* white space in it is kept */
	CODE = 16,         /* text for machines may stand in it */
	SVG = 32,          /* may end itself: <path …/> */
	CLOSES_P = 64,     /* browsers end an open <p> when they meet it */
	CONTROL = 128,     /* a person fills it in: needs a label */
	REFUSED = 256,
	TABLE = 512,       /* holds rows or cells and nothing else */
};

struct attribute {
	str name, value;                       /* as written in the template */
	bool elsewhere;                        /* in another branch of the same {if} */
};

struct element {
	str name;
	unsigned flags;
	int line;
	list attributes;                       /* of struct attribute */
	bool titled;                           /* an <svg> that has a <title> */
};

struct html {
	enum place place;
	struct element open[DEPTH_MAX];
	size_t depth, floor;                   /* floor: elements opened before this block; it may not close them */
	enum url url;                          /* in a URL attribute */
	bool url_is, people;                   /* the attribute holds a URL; is read to people */
	size_t value_from;                     /* where the attribute's value begins */
	struct buffer path;                    /* of a link, as far as it is known: "/surveys/{}" */
	bool path_known;
	int heading;                           /* the level of the last heading */
	list labels, controls;                 /* of struct labelled */
	/* White space met and not yet written; none is needed where `settled`. */
	char space;
	bool settled;
};

struct labelled { str id; int line; };

struct loop { str name, type; bool plain; };       /* plain: of texts, dates, numbers instead of structs */

struct template {
	struct arena *arena;
	const char *file;
	str text;
	size_t at;
	int line;

	struct buffer *out;                    /* C */
	struct buffer constant;                /* HTML that is the same each time, not yet in `out` */
	struct buffer form_buffer;             /* C of the {form} being read, which comes behind its beginning */
	struct buffer after;                   /* C behind the function: what the template counts on */
	int c_line, constant_line, needs;

	str function, record;                  /* "results_html", "results" */
	bool begun, part, layout;
	bool in_section, in_title;             /* between {lead} or {title} and its {end} */
	struct loop loops[LOOPS_MAX];
	size_t loop_count;
	size_t blocks;                         /* {if}, {each} … around this place */
	int parts;                             /* values and terms of the directive being read */
	str form, form_else;                   /* the operations of the {form} around this place; mostly one */
	bool form_sends_file;
	struct html html;

	jmp_buf failed;
	struct buffer *why;
};

/* template_compile: C for `out`, or false and "file:line: error: …" in `why`. */
bool template_compile(struct arena *a, const char *file, str text, struct buffer *out, struct buffer *why);

/* ---- scan.c: characters and what stands between braces ---- */

_Noreturn void fail(struct template *t, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));
int peek(const struct template *t, size_t ahead);      /* -1 at the end */
int next(struct template *t);                          /* counts lines */
void skip_space(struct template *t);
bool take(struct template *t, const char *symbol);     /* skips white space first; leaves everything when it does not follow */
bool take_word(struct template *t, const char *word);  /* the same for a whole name */
void expect(struct template *t, const char *symbol);
bool at_end_of_directive(struct template *t);
bool is_name_start(int c);
bool is_name(int c);
str take_name(struct template *t, const char *what);   /* letters, digits, '_' */
str take_key(struct template *t, const char *what);    /* a name in which '-' and '.' are fine too */
str take_string(struct template *t);                   /* "…", without the quotes; \" is a quote */
str c_name_of(struct template *t, str key);            /* '-' becomes '_' */
str c_literal(struct template *t, str s);              /* S("…") */

/* ---- value.c: C expressions ---- */

const struct loop *loop_find(const struct template *t, str name);
str take_path(struct template *t);                     /* survey.title */
str path_value(struct template *t, str path);
str path_address(struct template *t, str path);
str take_value(struct template *t);                    /* with filters */
str take_item(struct template *t);                     /* one of several: a path, a literal, or a value in parentheses */
str take_condition(struct template *t);

/* ---- emit.c ---- */

void emit(struct template *t, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));
void emit_constant(struct template *t, str html);
void emit_constant_done(struct template *t);
void emit_value(struct template *t, int line, str expression);
void emit_need(struct template *t, int line, const char *kind, str text, str operation);

/* ---- html.c ---- */

void html_step(struct template *t);                    /* one tag, one attribute, one piece of text */
void html_space(struct template *t);                   /* writes white space that waits, if it matters */
void html_value(struct template *t, int line, str expression);
void html_brace(struct template *t);                   /* a literal '{' */
void html_end(struct template *t);
/* Branches: each must leave the HTML as it found it. */
struct branch { enum place place; size_t depth, floor, attributes; enum url url; bool path_known; };
struct branch branch_begin(struct template *t);
void branch_end(struct template *t, struct branch *b, enum url *left, bool first);
void branches_end(struct template *t, const struct branch *b, enum url left, bool complete);
struct element *element_top(struct template *t);
void text_check(struct template *t, int line);         /* refuses a place in which no block of HTML can stand */

/* ---- rules.c ---- */

unsigned element_flags(str name, bool *known);
const struct attribute *attribute_find(const struct element *e, const char *name);
bool attribute_is_url(str name);
bool attribute_is_for_people(str name);
void attribute_check(struct template *t, const struct element *e, str name);
void element_check(struct template *t, struct element *e);         /* when its tag is complete */
void element_end_check(struct template *t, struct element *e);
void labels_check(struct template *t);

/* ---- directive.c, form.c ---- */

enum block_end { ENDED, ELSE, ELSE_IF, FILE_ENDED };
enum block_end block(struct template *t);              /* everything up to {end}, {else} or the end of the file */
bool form_directive(struct template *t, int line);     /* false: it is none of these */
