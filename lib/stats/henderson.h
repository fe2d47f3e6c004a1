/* henderson.h - the mixed model equations at given variance ratios: solution, deviance, derivatives. Inside of mixed.c.
 *
 * Columns are scaled by sqrt(gamma), so that the random part of the system is Z'Z + I and effects have the variance of the residual.
 * `big`, the factor with most levels, has a diagonal block and is eliminated by hand. What is left is dense: the other factors'
 * levels, padding, X, padding.
 */
#pragma once
#include "mixed.h"
#include <stdbool.h>

enum { HENDERSON_RESPONSES = 1 + MIXED_FACTORS };

struct henderson {
	const struct mixed_data *data;
	bool reml;
	size_t big, levels;                            /* the eliminated factor and its levels                       */
	size_t at[MIXED_FACTORS];                      /* first column of each other factor                          */
	size_t random, order;                          /* columns before X, and all, both padded                     */
	size_t *start;                                 /* [levels + 1] per level of big: where its columns begin     */
	uint32_t *column;                              /* the dense columns it meets, ascending, each once ..        */
	double *weight;                                /* .. and the sum of their values in its ratings              */
	double *ratings;                               /* [levels] how many ratings it has                           */
	double *matrix, *scratch;                      /* [order * order] the system, then L, then its inverse       */
	double *scale;                                 /* [order] sqrt(gamma) of each column, 1 for X                */
	double *response[HENDERSON_RESPONSES];         /* [count] y, then each factor's share of it                  */
	double *of_big[HENDERSON_RESPONSES];           /* [levels] their right-hand sides ..                         */
	double *rest[HENDERSON_RESPONSES];             /* [order] .. with big eliminated, after L^-1                 */
	double *solution;                              /* [order] scaled effects and beta                            */
	double *mode;                                  /* [levels] scaled effects of big                             */
	double gamma[MIXED_FACTORS];
	double deviance, squares;                      /* squares: the penalised residual sum of squares             */
	double gradient[MIXED_FACTORS], curvature[MIXED_FACTORS][MIXED_FACTORS];
};

/* False when memory runs out; henderson_done in either case. The data must stay. */
bool henderson_init(struct henderson *s, const struct mixed_data *d, enum mixed_method method);
void henderson_done(struct henderson *s);

double henderson_degrees_of_freedom(const struct henderson *s);

/* The system at these ratios: L, deviance and squares. MIXED_FIXED_DEPENDENT, MIXED_NO_VARIATION or MIXED_OK. */
enum mixed_result henderson_at(struct henderson *s, const double *gamma);

/* beta (in solution, from column random on) and the effects. Needs L. */
void henderson_solve(struct henderson *s);

/* Effect of a level, before it is multiplied by sqrt(gamma). */
double henderson_effect(const struct henderson *s, size_t factor, size_t level);

/* The inverse takes L's place, of the random columns only or of all. */
void henderson_invert(struct henderson *s, bool with_x);

/* The diagonal of that inverse for a level of any factor. */
double henderson_inverse(const struct henderson *s, size_t factor, size_t level, bool with_x);

/* Gradient and average information of the deviance in log gamma; solves, then the inverse takes L's place. */
void henderson_differentiate(struct henderson *s);
