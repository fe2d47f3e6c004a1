/* view.h - what a compiled template writes with.
 *
 * tools/templates.c turns results.html into results.html.h: a function
 * `results_html(struct view *v, const void *record)` that is included below the structs it shows. It
 * reaches members by their C name, so that an unknown one is a compile error at results.html:line.
 * How a value is escaped follows from its place in the HTML; README.md describes the language.
 */
#pragma once
#include "base/buffer.h"
#include "base/context.h"
#include "record/record.h"

struct view;
typedef void view_template(struct view *v, const void *record);

/* Bytes that are HTML already: only made by lib/view, and by C that draws with view_html_of. */
typedef struct { str html; } safe_html;

/* What a form needs to know of the operation it calls; filled in by lib/web, which this folder does not know. */
struct view_operation { str name, method, route; const struct record *input; bool writes; };

/* A struct and its description: where a form finds what stands in its fields before anybody types. */
struct view_source { const struct record *record; const void *at; };

struct view_form {
	struct view_operation operation;
	struct view_source from;
	int number;                                /* 1 for the first on the page: makes ids unique */
	bool open, failed;                         /* failed: this is the form that comes back, with what was typed */
	bool bare;                                 /* no "not required" beside labels: a filter */
};

struct view {
	struct ctx *c;
	struct buffer *out;                        /* where the template writes now */
	struct buffer title;                       /* {title}…{end}: plain text */
	struct buffer crumbs, lead, actions, body; /* {crumbs}…{end} and its like, and all the rest: HTML */
	enum language language;
	date today;
	str path;                                  /* of the page shown, for "where am I" */
	str csrf;                                  /* masked for this response; no text for nobody */
	const list *given;                         /* of struct given: what was typed, when a form comes back */
	str failed;                                /* the operation whose form comes back */
	bool (*operation)(struct view *v, str name, struct view_operation *out);
	bool (*may)(struct view *v, str right);
	int forms;                                 /* so far on this page */
	bool errors_shown;
	struct view_form form;                     /* the one being written */
	void *app;
};

void view_done(struct view *v);                                          /* gives the memory of its buffers back */

/* ---- in text: HTML comes out ---- */

/* view_raw: constant HTML of a template; never a value. */
static inline void view_raw(struct view *v, str html) { buffer_add(v->out, html); }
void view_text(struct view *v, str s);                                   /* & < > " ' escaped: fit for text and for quoted attributes */
void view_int(struct view *v, int64_t n);                                /* 1.234 or 1,234 */
void view_tenths(struct view *v, double x);                             /* 12.3 in every language: places in a picture, of less than a million */
void view_real(struct view *v, double x);                                /* one decimal: 3,6 or 3.6; NaN writes an en dash */
void view_bool(struct view *v, bool yes);                                /* ja, nee */
void view_date(struct view *v, date d);                                  /* <time datetime="…">23 november 2026</time>; nothing for no date */
void view_instant(struct view *v, instant i);                            /* the same with 14.05 uur or 14:05 */
void view_money(struct view *v, money m);                                /* € 1.234,50 or €1,234.50 */
void view_html(struct view *v, safe_html h);
void view_word(struct view *v, const struct word *w);                    /* none writes nothing */
void view_said(struct view *v, struct said s);
void view_list(struct view *v, list l);                                  /* how many there are */
void view_c_text(struct view *v, const char *s);                         /* names of fields and records */

/* view_write: the one of these that fits the type of x. */
#define view_write(v, x) _Generic((x), \
	str: view_text, bool: view_bool, int: view_int, unsigned: view_int, long: view_int, unsigned long: view_int, double: view_real, \
	date: view_date, instant: view_instant, money: view_money, safe_html: view_html, \
	const struct word *: view_word, struct said: view_said, list: view_list, const char *: view_c_text, char *: view_c_text)((v), (x))

/* ---- in attributes that machines read (value, datetime, id, width): ISO dates, point as decimal mark ---- */

void view_plain_int(struct view *v, int64_t n);
void view_plain_real(struct view *v, double x);                          /* the shortest that reads back; nothing for NaN */
void view_plain_bool(struct view *v, bool yes);                          /* true, false: aria-expanded and its like */
void view_plain_date(struct view *v, date d);
void view_plain_instant(struct view *v, instant i);
void view_plain_money(struct view *v, money m);                          /* 1234.50 */

#define view_attribute(v, x) _Generic((x), \
	str: view_text, bool: view_plain_bool, int: view_plain_int, unsigned: view_plain_int, long: view_plain_int, unsigned long: view_plain_int, \
	double: view_plain_real, date: view_plain_date, instant: view_plain_instant, money: view_plain_money, \
	const struct word *: view_word, const char *: view_c_text, char *: view_c_text)((v), (x))

/* ---- in URLs ---- */

void view_url(struct view *v, str s);                                    /* a path segment or query value: all but A-Z a-z 0-9 - . _ ~ percent-encoded */
void view_link(struct view *v, str s);                                   /* a whole URL: http, https, mailto, or a path of ours; anything else becomes "#" */

#define view_segment(v, x) _Generic((x), \
	str: view_url, int: view_plain_int, unsigned: view_plain_int, long: view_plain_int, unsigned long: view_plain_int, \
	bool: view_plain_bool, double: view_plain_real, date: view_plain_date)((v), (x))

/* ---- as plain text for people: titles, aria-label, <option>, values in words ---- */

str text_of_text(struct ctx *c, str s);
str text_of_bool(struct ctx *c, bool yes);
str text_of_int(struct ctx *c, int64_t n);
str text_of_real(struct ctx *c, double x);
str text_of_date(struct ctx *c, date d);                                 /* 23 november 2026; always with its year, because people print pages */
str text_of_instant(struct ctx *c, instant i);                           /* 23 november 2026 om 14.05 uur, 23 November 2026 at 14:05; Amsterdam's clock */
str text_of_money(struct ctx *c, money m);
str text_of_word(struct ctx *c, const struct word *w);
str text_of_said(struct ctx *c, struct said s);
str text_of_list(struct ctx *c, list l);                                 /* how many there are: {t skills-title skills} */
str text_of_c_text(struct ctx *c, const char *s);

#define view_string(v, x) _Generic((x), \
	str: text_of_text, bool: text_of_bool, int: text_of_int, unsigned: text_of_int, long: text_of_int, unsigned long: text_of_int, \
	double: text_of_real, date: text_of_date, instant: text_of_instant, money: text_of_money, \
	const struct word *: text_of_word, struct said: text_of_said, list: text_of_list, const char *: text_of_c_text, char *: text_of_c_text)((v)->c, (x))

/* "a, b en c" or "a, b and c"; "or" instead of "and" with `either`. */
str text_of_all(struct ctx *c, const str *items, size_t count, bool either);

/* ---- as text for machines: hidden inputs, values of options ---- */

str plain_of_text(struct ctx *c, str s);
str plain_of_bool(struct ctx *c, bool yes);
str plain_of_int(struct ctx *c, int64_t n);
str plain_of_real(struct ctx *c, double x);
str plain_of_date(struct ctx *c, date d);
str plain_of_instant(struct ctx *c, instant i);
str plain_of_money(struct ctx *c, money m);
str plain_of_c_text(struct ctx *c, const char *s);

#define view_plain(v, x) _Generic((x), \
	str: plain_of_text, bool: plain_of_bool, int: plain_of_int, unsigned: plain_of_int, long: plain_of_int, unsigned long: plain_of_int, \
	double: plain_of_real, date: plain_of_date, instant: plain_of_instant, money: plain_of_money, \
	const char *: plain_of_c_text, char *: plain_of_c_text)((v)->c, (x))

/* ---- filters: {x|name args} calls name_view(v, x, args…); what it returns is then written for its place.
 *      A feature declares its own in the same way: `static str level_view(struct view *v, int64_t level)`. ---- */

str percent_view(struct view *v, double share);                          /* .734 gives 73 % or 73%; NaN an en dash */
str decimal_view(struct view *v, double x, int decimals);
str signed_view(struct view *v, double x);                               /* +3, −2, 0; at most one decimal */
str plain_view(struct view *v, int64_t n);                               /* 2026, without a point */
str iso_view(struct view *v, date d);
str short_view(struct view *v, date d);                                  /* 23 nov 2026 */
str month_view(struct view *v, date d);                                  /* november 2026 */
str weekday_view(struct view *v, date d);                                /* maandag */
str clock_view(struct view *v, instant i);                               /* 14.05 uur, 14:05 */
str day_view(struct view *v, instant i);                                 /* 23 november 2026 */
str lang_view(struct view *v, enum language l);                          /* nl, en: for lang="…" */
str of_choice_view(struct view *v, str value, const struct choice *choices);    /* the label of a value; the value itself if it has none */
safe_html markdown_view(struct view *v, str text);                       /* CommonMark; raw HTML and images dropped, links rel=nofollow */

/* ---- conditions ---- */

static inline bool view_is_text(str s) { return s.len != 0; }
static inline bool view_is_true(bool b) { return b; }
static inline bool view_is_int(int64_t n) { return n != 0; }
static inline bool view_is_real(double x) { return x != 0 && x == x; }
static inline bool view_is_date(date d) { return d.day != 0; }
static inline bool view_is_instant(instant i) { return i.ms != 0; }
static inline bool view_is_money(money m) { return m.cents != 0; }
static inline bool view_is_list(list l) { return l.count != 0; }
static inline bool view_is_html(safe_html h) { return h.html.len != 0; }
static inline bool view_is_word(const struct word *w) { return w != NULL; }
static inline bool view_is_said(struct said s) { return s.word != NULL; }
static inline bool view_is_pointer(const void *p) { return p != NULL; }

#define view_is(x) _Generic((x), \
	str: view_is_text, bool: view_is_true, int: view_is_int, unsigned: view_is_int, long: view_is_int, unsigned long: view_is_int, double: view_is_real, date: view_is_date, \
	instant: view_is_instant, money: view_is_money, list: view_is_list, safe_html: view_is_html, const struct word *: view_is_word, struct said: view_is_said, \
	default: view_is_pointer)(x)

/* Is anything known? Unlike view_is, zero and "no" are known. */
static inline bool view_known_text(str s) { return s.at != NULL; }
static inline bool view_known_real(double x) { return x == x; }
static inline bool view_known_money(money m) { (void)m; return true; }
static inline bool view_known_int(int64_t n) { (void)n; return true; }
#define view_known(x) _Generic((x), \
	str: view_known_text, double: view_known_real, bool: view_known_int, int: view_known_int, unsigned: view_known_int, long: view_known_int, \
	unsigned long: view_known_int, date: view_is_date, instant: view_is_instant, money: view_known_money)(x)

static inline int view_compare_int(int64_t a, int64_t b) { return (a > b) - (a < b); }
static inline int view_compare_real(double a, double b) { return a == b ? 0 : a > b ? 1 : -1; }
static inline int view_compare_instant(instant a, instant b) { return view_compare_int(a.ms, b.ms); }
static inline int view_compare_money(money a, money b) { return view_compare_int(a.cents, b.cents); }

/* Below zero, zero or above it, as a stands to b; both of one type, a plain number fits each number. */
#define view_compare(a, b) _Generic((a), \
	str: str_compare, bool: view_compare_int, int: view_compare_int, unsigned: view_compare_int, long: view_compare_int, unsigned long: view_compare_int, double: view_compare_real, \
	date: date_compare, instant: view_compare_instant, money: view_compare_money)((a), (b))

/* ---- forms ---- */

/* view_source_of: the member at `path` ("survey.owner") of a record, with its own record. */
struct view_source view_source_of(const struct record *r, const void *at, str path);

struct view_opening {
	str operation;
	const struct given *keys;                  /* fill the route's places; the others become hidden inputs */
	size_t count;
	struct view_source from;
	bool sends_file;
	str style;                                 /* class; no text: "form" when it writes, "fields" (a filter) when it reads; "plain": none */
	str live;                                  /* id of what is replaced as somebody types, see lib/style */
};
void view_form_begin(struct view *v, const struct view_opening *o);
void view_form_end(struct view *v);

struct view_option { str value, label; };

struct view_input {
	str name;                                  /* a field of the operation's input */
	const struct word *label, *hint;           /* instead of the record's */
	str value;                                 /* instead of what the source holds; no text: the source's */
	str type, autocomplete, inputmode, accept; /* instead of what follows from the field */
	const list *options;                       /* of struct view_option: one of these; no text in the first means "none" */
	int rows;                                  /* of a textarea; 0: 4 */
	int width;                                 /* 2, 4 or 8: some so many characters wide; 0: as wide as fits */
	bool radios, select;                       /* else: radios up to five choices */
	bool suggest;                              /* the options are proposals: something else may be typed */
	bool grow;                                 /* takes the room that is left, in a filter */
	bool submits;                              /* choosing is enough where there is script */
};
void view_input(struct view *v, const struct view_input *i);
/* style: "main" (default), "quiet", "danger"; name and value may be no text. */
void view_submit(struct view *v, str text, str style, str name, str value);
/* view_errors: what must be mended, with links to the fields; nothing when nothing. A form that comes back begins with it by itself. */
void view_errors(struct view *v);

/* ---- what templates count on: a test holds it against operations, rights and routes, see lib/web/needs.c ---- */

enum view_need_kind { NEED_OPERATION, NEED_FIELD, NEED_RIGHT, NEED_PATH };
struct view_need {
	enum view_need_kind kind;
	const char *text;                          /* an operation, a field, a right, or a path with {} for each value: "/surveys/{}" */
	const char *operation;                     /* of a field */
	const char *file;
	int line;
};
#define VIEW_NEED(name, ...) \
	static const struct view_need name = { __VA_ARGS__ }; \
	static const struct view_need *const name##_listed __attribute__((used, section("wijzer_needs"))) = &name

size_t view_needs_count(void);
const struct view_need *view_needs_at(size_t i);
