/* results.h - the page of a closed round, as results.c puts it together: which figures, for whose eyes, and what its parts add to it. */
#pragma once
#include "inside.h"
#include "base/map.h"

struct survey_driver_row { str name; double share, low, high; int64_t percent; bool top; };
struct survey_agreed { str name, says; double rwg; int64_t n; };
struct survey_remark { str text; };
struct survey_unit_key { int64_t round, unit; };
struct survey_comment_ask { int64_t round, place; bool all; };
struct survey_comment_count { int64_t place, count, quoted; };
struct survey_remarks { str text; int64_t count, left, more; list quotes; };
struct survey_option_row { str text; int64_t percent; };
struct survey_options { str text, band; list rows; };
struct scale_row { str name; int64_t n, teams; double alpha, low, high, omega, icc1, icc2, rwg; bool reliable, teams_differ; };

struct results_page { struct survey_round round; int64_t unit, percent, answered, changed, units_hidden, drivers_n; str unit_name, finding, instead, outcome; double drivers_r2;
	list rows, highest, lowest, changes, units, heat, remarks, options, actions, people, scales, drivers, agreed;
	bool few, compared, moved, may_act, may_drop, choose, sensitive_hidden, heat_shown, intervals, drivers_weak; date today; };

/* Whose eyes: the units whose figures they may see, and those they belong to or lead. */
struct reader { const list *views; struct map at, visible, own; bool all; };

/* A round's figures, found by unit and place. */
struct figure_set { list rows; struct map at; };
struct figures { struct figure_set all, before; list questions, questions_before; };

/* ---- results.c ---- */
const struct survey_figure *figure_find(const struct figure_set *figures, int64_t unit, int64_t place);     /* NULL: not to be known */
bool result_is_hidden(const struct reader *r, const struct survey_question *q, int64_t unit);                /* sensitive, and of another team */
str result_band(struct ctx *c, int64_t n);                                                                   /* "170–174": never how many exactly */

/* ---- results_said.c ---- */
enum status results_remarks(struct ctx *c, struct results_page *out, const struct figures *f) must_use;
void results_options(struct ctx *c, struct results_page *out, const struct figures *f);

/* ---- results_how.c ---- */
enum status results_scales(struct ctx *c, struct results_page *out, const struct figures *f, const list *instruments) must_use;
enum status results_agreed(struct ctx *c, struct results_page *out, const struct reader *r, const struct figures *f, const list *instruments) must_use;
enum status results_drivers(struct ctx *c, struct results_page *out, const struct figures *f, const list *instruments) must_use;
