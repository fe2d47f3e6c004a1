/* inside.h - what the files of surveys know of each other. */
#pragma once
#include "surveys.h"
#include "store/store.h"
#include "stats/scale.h"
#include "trust/trust.h"
#include "surveys.sql.h"
#include "surveys.words.h"

enum {
	QUESTIONS_MOST = 20,                       /* more takes longer than three minutes */
	QUESTIONS_READ_MOST = 60,                  /* of a round that was asked elsewhere */
	ANSWER_PLACES = 128,
	ANSWER_VALUES = 11,                        /* 0 … 10 */
	REMARKS_SHOWN = 100,
	TEXTS_MOST = 3,
	COMMENT_MOST = 1000,                       /* characters */
	BATCH_LEAST = 5,                           /* so many answers of one background are mixed together at least */
	COMMENTS_LEAST = 10,
	QUIET_DAYS = 28,                           /* nobody is asked twice within so many days, over all surveys */
	USUAL_PERCENT = 65,                        /* the response that a forecast counts with */
	TEAMS_LEAST = 3,                           /* what is sensitive is shown above the team only for so many teams together */
};

struct survey_round {
	int64_t id, survey, number;
	str name, promise, state, unit_path, role_name, owner_name;
	int64_t owner, unit, role, months, rotating;
	date opens, closes;
	bool by_role, imported;
	date mailed;                               /* of the last letter */
	int64_t reminders;
	str link_key;                              /* what everybody's link by mail is made from (lib/seal) */
	int64_t least, seal_bytes, asked, answers, lost;
};
extern const struct record survey_round_record;

struct survey_question {
	int64_t round, place, skill;
	str item, kind, text_nl, text_en, choices_nl, choices_en, licence, text;    /* text: in the reader's language */
	int64_t points;                            /* of agreement: 5 in a round of ours */
	str scale;                                 /* what it belongs to, in a round that was asked elsewhere; else its item's instrument says so */
	bool outcome;                              /* what the other questions are held against */
	bool reversed, sensitive;
};
extern const struct record survey_question_record;

struct survey_cell { int64_t round, cell, unit, role, people; str sealing_key; };
struct survey_asked { int64_t round, person, cell; str link, entry; bool part; };
struct survey_view { int64_t round, unit, parent, teams, people; str name, path; };
struct survey_figure { int64_t round, unit, place, n, people; str shown, counts; double mean, sd, share; };
extern const struct record survey_figure_record, survey_view_record;

/* round.c: NOT_FOUND, said in words. */
enum status round_load(struct ctx *c, int64_t id, struct survey_round *out) must_use;
enum status round_questions(struct ctx *c, int64_t round, list *out) must_use;       /* of struct survey_question, by place */
/* Only before the first answer may a round change: CONFLICT otherwise. */
enum status round_must_be_draft(struct ctx *c, const struct survey_round *r) must_use;

/* instruments.c: what comes along. */
struct item { str code, instrument, kind, text_nl, text_en; bool reversed; };
struct instrument { str key, name, purpose, scoring, not_for; list items; };
enum status instruments_load(struct ctx *c, list *out) must_use;                     /* of struct instrument */

/* round.c: a question that comes along, put behind the others; a survey's own row. */
enum status item_take(struct ctx *c, list *to, int64_t round, const struct item *q, int64_t skill) must_use;
enum status survey_row_add(struct ctx *c, const struct survey_plan *plan, int64_t *id) must_use;

/* declare.c: who is asked, with which background, and which units get their own result. */
struct declared { list asked, cells, views; int64_t left_out; };
enum status round_declare(struct ctx *c, const struct survey_round *r, struct declared *out) must_use;
/* The same for answers that come without a person: backgrounds coarsened, `cell_of` for each. r->least is the k. */
struct place;
enum status round_declare_read(struct ctx *c, const struct survey_round *r, struct place *places, size_t count, int64_t *cell_of, struct declared *out) must_use;
struct survey_unit_row { int64_t id, parent; str name, path; };
enum status round_open(struct ctx *c, struct survey_round *r, int64_t *left_out) must_use;

/* A background on its way to being common enough. unit 0: the whole organisation. */
struct place { int64_t unit, role; };
/* Coarsens until every background is shared by nobody or at least k; what is left over at the top takes others with it, unless all together are fewer. */
enum status places_coarsen(struct ctx *c, struct place *places, size_t count, int64_t k) must_use;

/* answer_draft.c: what one person has filled in so far, sealed. */
struct draft_answer { int64_t place; str value; bool quote; };
struct draft { bool given; str browser; list answers; };         /* browser: fingerprint of where it was filled in */
enum status draft_find(struct ctx *c, str sealing_key, int64_t round, int64_t person, struct draft *out) must_use;
enum status draft_load(struct ctx *c, const struct survey_round *r, const struct survey_asked *who, struct draft *out) must_use;
enum status draft_keep(struct ctx *c, const struct survey_round *r, const struct survey_asked *who, const struct draft *d) must_use;
struct draft_answer *draft_answer(struct draft *d, int64_t place);                   /* NULL when there is none */

enum status draft_read(struct ctx *c, str plain, int64_t *person, struct draft *out) must_use;
str draft_write(struct ctx *c, int64_t person, const struct draft *d);
#define SEALED_ABOUT S("survey answer")

/* A row of the sealed queue. */
struct survey_sealed_row { str name; int64_t round, cell; str sealed; };
struct survey_cell_key { int64_t round, cell; };
struct survey_round_person { int64_t round, person; };
struct survey_spent { str sealing_key; };
str sealed_who(struct ctx *c, int64_t round, int64_t person);

/* links.c: sixteen letters and digits, 80 bits, none of which is mistaken for another on paper. */
str code_new(struct ctx *c);
str code_from(struct ctx *c, str hex);                         /* from 32 hex digits */

/* mix.c: from the sealed queue to answers that nobody belongs to. mix_cell when one more was given; mix_rest at closing. */
enum status mix_cell(struct ctx *c, const struct survey_round *r, int64_t cell) must_use;
/* How many are given and still wait. */
enum status mix_waiting(struct ctx *c, int64_t round, int64_t *given) must_use;
enum status mix_rest(struct ctx *c, struct survey_round *r) must_use;

/* What was answered, by nobody. */
struct survey_response { str name; int64_t round, cell; str given; };
struct survey_comment { str name; int64_t round, cell, place; bool quote; str text; };

/* Answers and remarks that have lost their senders, in random order under random names. */
enum status answers_keep(struct ctx *c, list *responses, list *comments) must_use;

/* close.c, figures.c */
enum status round_close(struct ctx *c, struct survey_round *r) must_use;
enum status figures_compute(struct ctx *c, const struct survey_round *r) must_use;

/* answers.c: a closed round as one table of numbers, for all that is computed of it. */
struct survey_response_text { int64_t cell; str given; };
struct closing {
	const struct survey_round *round;
	list questions, views;                     /* views: parents first */
	size_t *above;                             /* of each view, the view above it; SIZE_MAX: none */
	size_t people;
	double *value;                             /* [person * questions + question], as answered; NAN: not, or it does not apply */
	int64_t *cell;
	size_t *view;                              /* of each person: the view of their background */
};
enum status answers_load(struct ctx *c, const struct survey_round *r, struct closing *out) must_use;
double answer_turned(const struct survey_question *q, double v);                      /* of agreement: so that more is more of what is meant */
str question_scale(const list *instruments, const struct survey_question *q);       /* the scale it belongs to; no text: none */
/* figures.c: the gate over the tree of views. */
enum status closing_gate(struct ctx *c, const struct closing *k, const int64_t *people, enum gate_state *states) must_use;

/* scales.c */
struct survey_scale { int64_t round, n; str instrument; double alpha, low, high, omega; };
struct survey_climate { int64_t round, place, n, teams; str scale; double icc1, icc2, rwg; };
struct survey_team { int64_t round, unit, n; str scale; double mean, rwg; };
struct scale_items { str key; int64_t points; bool sensitive, mixed; size_t count, at[SCALE_ITEMS_MOST]; };     /* places among the questions */
enum status scales_find(struct ctx *c, const struct closing *k, list *out) must_use;                 /* of struct scale_items */
enum status scales_compute(struct ctx *c, const struct closing *k) must_use;

/* drivers.c, compare.c */
struct survey_driver { int64_t round, number, place, n; str scale; double share, low, high, r2; };
struct survey_compared { int64_t round, unit; };
struct survey_seat_asked { int64_t person, unit; };
enum status drivers_compute(struct ctx *c, const struct closing *k) must_use;
enum status compared_compute(struct ctx *c, const struct closing *k) must_use;

/* screen.c: one question as people get it, in the preview and in earnest. */
struct survey_choice { str value, text; bool on; };
struct survey_screen { int64_t place, count, before, percent; str text, kind, value; list choices; bool quote, is_last; };
extern const struct record survey_choice_record, survey_screen_record;
void screen_fill(struct ctx *c, const list *questions, int64_t place, const struct draft_answer *a, struct survey_screen *out);
int64_t question_after(const list *questions, int64_t place);                        /* 0 behind the last */
/* The order in which this person gets the questions is the order of place: mixed once, at opening. */

#define PURPOSE_SURVEYS S("surveys")
