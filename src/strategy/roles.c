/* roles.c - the gap by role, beside the same people by unit: what both together give away is withheld. */
#include "gap.h"
#include "stats/margin.h"
#include <math.h>

/* The people a reader cannot see, by what is left of each shown unit and by role. */
struct crossing { int64_t *count; size_t rows, columns; };

/* For each unit the nearest shown one at or above it; SIZE_MAX where even the whole is withheld. */
static size_t *rests_of(struct ctx *c, const struct needs *n, const enum gate_state *state)
{
	size_t *rest = arena_array_of(c->arena, size_t, n->unit_count);
	for (size_t u = 0; u < n->unit_count; u++)
		rest[u] = state[u] == GATE_SHOWN ? u : u == WHOLE ? SIZE_MAX : rest[n->units[u].parent];
	return rest;
}

static enum status crossing_count(struct ctx *c, const struct gap_question *q, const struct gap_skill *s, bool known_only, struct crossing *x, bool *withheld)
{
	const struct needs *n = q->n;
	struct gate_group *groups = arena_array_of(c->arena, struct gate_group, n->unit_count);
	enum gate_state *state = arena_array_of(c->arena, enum gate_state, n->unit_count);
	for (size_t u = 0; u < n->unit_count; u++)
		groups[u].parent = u == WHOLE ? GATE_TOP : (size_t)n->units[u].parent;
	for (size_t i = s->first; i < s->first + s->count; i++)
		if (!known_only || n->all[i].belief == CONFIRMED) {
			groups[n->all[i].unit].people++;
			groups[n->all[i].unit].seen += need_is_seen(n, &q->seen, s, &n->all[i]);
		}
	for (size_t u = n->unit_count; u-- > 1;) {
		groups[n->units[u].parent].people += groups[u].people;
		groups[n->units[u].parent].seen += groups[u].seen;
	}
	TRY(gate_tree(c, groups, n->unit_count, state));
	size_t *rest = rests_of(c, n, state);
	*withheld = rest[WHOLE] == SIZE_MAX;
	*x = (struct crossing){ arena_array_of(c->arena, int64_t, n->unit_count * n->role_count + 1), n->unit_count, n->role_count };
	for (size_t i = s->first; i < s->first + s->count; i++) {
		const struct need *p = &n->all[i];
		if (rest[p->unit] != SIZE_MAX && !need_is_seen(n, &q->seen, s, p) && (!known_only || p->belief == CONFIRMED))
			x->count[rest[p->unit] * x->columns + p->role]++;
	}
	return OK;
}

/* Marks what may not be shown; called for those who need the skill and again for those of whom something is known. */
static enum status roles_withhold(struct ctx *c, const struct gap_question *q, const struct gap_skill *s, bool known_only, enum suppress_state *state)
{
	struct crossing x;
	bool withheld;
	int64_t k;
	TRY(gate_least(c, &k));
	TRY(crossing_count(c, q, s, known_only, &x, &withheld));
	enum suppress_state *found = arena_array_of(c->arena, enum suppress_state, x.columns + 1);
	if (suppress_margin(x.count, x.rows, x.columns, k, found) != SUPPRESS_OK)
		return broken(c, "the gate could not compare roles with units");
	for (size_t r = 0; r < x.columns; r++)
		if (state[r] == SUPPRESS_SHOWN)
			state[r] = withheld ? SUPPRESS_SMALL : found[r];
	return OK;
}

static void sums_make(const struct gap_question *q, const struct gap_skill *s, struct gap_sum *sums, struct figure *at)
{
	const struct needs *n = q->n;
	for (size_t i = s->first; i < s->first + s->count; i++) {
		const struct need *p = &n->all[i];
		struct asked a = asked_of(n, &q->wish, p, s->id);
		if (!a.level || !needs_is_under(n, p->unit, q->unit))
			continue;
		at[p->role].people++;
		at[p->role].self_rated += p->belief == SELF_RATED;
		at[p->role].known += p->belief == CONFIRMED && gap_add(&sums[p->role], p->mean, p->variance, a.level, a.level, a.weight);
	}
}

enum status role_column(struct ctx *c, const struct gap_question *q, size_t skill, struct figure *at)
{
	const struct needs *n = q->n;
	const struct gap_skill *s = &n->skills[skill];
	struct gap_sum *sums = arena_array_of(c->arena, struct gap_sum, n->role_count + 1);
	enum suppress_state *state = arena_array_of(c->arena, enum suppress_state, n->role_count + 1);
	for (size_t r = 0; r < n->role_count; r++)
		gap_start(&sums[r]);
	sums_make(q, s, sums, at);
	const struct wanted *w = q->ambition.id ? wanted_find(n, q->ambition.id, s->id) : NULL;
	bool part = w && w->unit && !q->seen.everybody;        /* roles within one unit again */
	if (!q->seen.everybody) {
		TRY(roles_withhold(c, q, s, false, state));
		TRY(roles_withhold(c, q, s, true, state));
	}
	for (size_t r = 0; r < n->role_count; r++) {
		struct gap_figures g = gap_figures(&sums[r]);
		struct figure f = at[r];
		f.required = f.people;
		if (!f.people)
			f.shown = NOBODY;
		else if (part || state[r] != SUPPRESS_SHOWN)
			f = (struct figure){ .shown = state[r] == SUPPRESS_SMALL ? FEW : BESIDE };
		else if (!f.known || f.known * 100 < n->least_known_percent * f.people)
			f.shown = UNKNOWN;
		else {
			f.expected = g.expected_at_target;
			f.low = g.low80;
			f.high = g.high80;
			f.weighted = g.weighted_gap;
		}
		at[r] = f;
	}
	return OK;
}
