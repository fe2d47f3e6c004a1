/* figures.c - how many are where they need to be: by unit and skill, and what of it a reader may see. */
#include "inside.h"
#include "store/cache.h"
#include <math.h>

CACHE(matrices_kept, 16 << 20)

/* ---- What is asked of one person ---- */

const struct wanted *wanted_find(const struct needs *n, int64_t ambition, int64_t skill)
{
	for (size_t i = 0; i < n->wanted_count; i++)
		if (n->wanted[i].ambition == ambition && n->wanted[i].skill == skill)
			return &n->wanted[i];
	return NULL;
}

/* Without an ambition a skill weighs as in the ambition that needs it most, 1 when none does. */
static int64_t weight_of(const struct needs *n, int64_t skill)
{
	int64_t most = 1;
	for (size_t i = 0; i < n->wanted_count; i++)
		if (n->wanted[i].skill == skill && n->wanted[i].weight > most)
			most = n->wanted[i].weight;
	return most;
}

/* The part of asked_of that is the same for all needs of one skill. */
struct measure { const struct wanted *wanted; size_t scope; int64_t target, weight; bool asked; };

static struct measure measure_of(const struct needs *n, const struct gap_wish *w, int64_t skill)
{
	struct measure m = { .target = w->target, .asked = true, .scope = WHOLE };
	m.wanted = w->ambition ? wanted_find(n, w->ambition, skill) : NULL;
	m.asked = !w->ambition || m.wanted;
	m.weight = m.wanted ? m.wanted->weight : weight_of(n, skill);
	if (m.wanted) {
		m.scope = needs_unit(n, m.wanted->unit);
		m.target = w->target ? w->target : m.wanted->target_level;
		m.asked = m.scope != SIZE_MAX;
	}
	return m;
}

static struct asked asked_by(const struct needs *n, const struct measure *m, const struct need *p)
{
	if (!m->asked || (m->scope != WHOLE && !needs_is_under(n, p->unit, m->scope)))
		return (struct asked){ 0 };
	uint8_t own = p->required ? p->required : WITHOUT_ROLE_LEVEL;
	return (struct asked){ m->target ? (uint8_t)m->target : own, (double)m->weight * (p->importance ? p->importance : 1) };
}

struct asked asked_of(const struct needs *n, const struct gap_wish *w, const struct need *p, int64_t skill)
{
	struct measure m = measure_of(n, w, skill);
	return asked_by(n, &m, p);
}

/* ---- Sums ---- */

static void figure_add_all(struct figure *to, const struct figure *f)
{
	to->people += f->people;
	to->known += f->known;
	to->self_rated += f->self_rated;
	for (int l = 0; l < LEVELS; l++)
		to->spread[l] += f->spread[l];
}

static void figure_count(struct figure *f, struct gap_sum *sum, const struct need *p, struct asked a)
{
	f->people++;
	f->self_rated += p->belief == SELF_RATED;
	if (p->belief != CONFIRMED || !gap_add(sum, p->mean, p->variance, a.level, a.level, a.weight))
		return;
	f->known++;
	gap_spread(p->mean, p->variance, f->spread, LEVELS);
}

/* Bottom up: a unit is its own people and those of the units below it. */
static void column_sum(const struct needs *n, const struct gap_wish *w, size_t skill, struct gap_sum *sums, struct figure *at)
{
	const struct gap_skill *s = &n->skills[skill];
	struct measure m = measure_of(n, w, s->id);
	for (size_t u = 0; u < n->unit_count; u++)
		gap_start(&sums[u]);
	for (size_t i = s->first; i < s->first + s->count; i++) {
		struct asked a = asked_by(n, &m, &n->all[i]);
		if (a.level)
			figure_count(&at[n->all[i].unit], &sums[n->all[i].unit], &n->all[i], a);
	}
	for (size_t u = n->unit_count; u-- > 1;) {
		size_t parent = (size_t)n->units[u].parent;
		if (at[u].people && (m.scope == WHOLE || needs_is_under(n, parent, m.scope))) {
			figure_add_all(&at[parent], &at[u]);
			gap_add_all(&sums[parent], &sums[u]);
		}
	}
	int64_t whole = m.scope == SIZE_MAX ? 0 : at[m.scope].people, needed = m.wanted ? m.wanted->people_needed : 0;
	for (size_t u = 0; u < n->unit_count; u++) {
		struct gap_figures g = gap_figures(&sums[u]);
		at[u].expected = g.expected_at_target;
		at[u].low = g.low80;
		at[u].high = g.high80;
		at[u].weighted = g.weighted_gap;
		at[u].numbered = needed > 0;
		/* The number an ambition needs is shared out over its units by how many people's work asks for the skill. */
		at[u].required = needed && whole ? llround((double)needed * (double)at[u].people / (double)whole) : at[u].people;
	}
}

static void matrix_fill(struct ctx *c, struct arena *keep, const struct needs *n, struct matrix *m)
{
	m->at = arena_array_of(keep, struct figure, n->skill_count * n->unit_count + 1);
	struct gap_sum *sums = arena_array_of(c->arena, struct gap_sum, n->unit_count);
	for (size_t s = 0; s < n->skill_count; s++)
		if (!m->wish.ambition || wanted_find(n, m->wish.ambition, n->skills[s].id))
			column_sum(n, &m->wish, s, sums, m->at + s * n->unit_count);
}

static enum status matrix_make(struct ctx *c, struct arena *keep, const void *of, const void **made)
{
	struct matrix *m = arena_new_of(keep, struct matrix);
	const struct needs *n;
	m->wish = *(const struct gap_wish *)of;
	TRY(needs_load(c, m->wish.day, &n));
	matrix_fill(c, keep, n, m);
	*made = m;
	return OK;
}

const struct matrix *matrix_without(struct ctx *c, const struct matrix *m, const uint8_t *gone)
{
	struct needs *n = arena_copy(c->arena, m->n, sizeof *n);
	struct matrix *left = arena_new_of(c->arena, struct matrix);
	struct need *all = arena_array_of(c->arena, struct need, n->count + 1);
	struct gap_skill *skills = arena_copy(c->arena, n->skills, n->skill_count * sizeof *skills);
	n->count = 0;
	for (size_t s = 0; s < n->skill_count; s++) {
		skills[s].first = n->count;
		for (size_t i = 0; i < n->skills[s].count; i++) {
			const struct need *p = &m->n->all[n->skills[s].first + i];
			if (!gone[p->person])
				all[n->count++] = *p;
		}
		skills[s].count = n->count - skills[s].first;
	}
	n->all = all;
	n->skills = skills;
	*left = (struct matrix){ .n = n, .wish = m->wish };
	matrix_fill(c, c->arena, n, left);
	return left;
}

enum status matrix_load(struct ctx *c, const struct gap_wish *w, const struct matrix **out)
{
	struct gap_wish wish = *w;
	const struct needs *n;
	const void *made;
	if (!date_is(wish.day))
		wish.day = c->today;
	TRY(needs_load(c, wish.day, &n));                      /* first, because it refuses */
	int64_t key[] = { wish.day.day, wish.ambition, wish.target };
	TRY(cache_take(c, &matrices_kept, (str){ (const char *)key, sizeof key }, matrix_make, &wish, &made));
	/* The needs of this very request, which the cache may have dropped and made again since. */
	struct matrix *m = arena_copy(c->arena, made, sizeof *m);
	m->n = n;
	*out = m;
	return OK;
}

/* ---- What a reader may see ---- */

/* Everybody who needs a skill, and those of whom something is known, as two trees: whatever the wish, the gate decides on these, so
 * that an ambition for one unit shows no more than the whole does. */
static void groups_count(const struct needs *n, const struct seen *s, const struct gap_skill *skill, struct gate_group *people, struct gate_group *known)
{
	for (size_t u = 0; u < n->unit_count; u++) {
		size_t parent = u == WHOLE ? GATE_TOP : (size_t)n->units[u].parent;
		people[u] = known[u] = (struct gate_group){ .parent = parent };
	}
	for (size_t i = skill->first; i < skill->first + skill->count; i++) {
		const struct need *p = &n->all[i];
		bool seen = need_is_seen(n, s, skill, p), is_known = p->belief == CONFIRMED;
		people[p->unit].people++;
		people[p->unit].seen += seen;
		known[p->unit].people += is_known;
		known[p->unit].seen += is_known && seen;
	}
	for (size_t u = n->unit_count; u-- > 1;) {
		size_t parent = (size_t)n->units[u].parent;
		people[parent].people += people[u].people;
		people[parent].seen += people[u].seen;
		known[parent].people += known[u].people;
		known[parent].seen += known[u].seen;
	}
}

static enum shown shown_of(const struct needs *n, const struct figure *f, enum gate_state people, enum gate_state known)
{
	if (!f->people)
		return NOBODY;
	if (people != GATE_SHOWN)
		return people == GATE_FEW ? FEW : BESIDE;
	if (!f->known || f->known * 100 < n->least_known_percent * f->people)
		return UNKNOWN;
	return known == GATE_SHOWN ? SHOWN : known == GATE_FEW ? FEW : BESIDE;
}

static struct figure figure_shown(const struct figure *f, enum shown shown)
{
	struct figure out = *f;
	if (shown == UNKNOWN)
		out = (struct figure){ .people = f->people, .known = f->known, .self_rated = f->self_rated, .required = f->required, .numbered = f->numbered };
	else if (shown != SHOWN)
		out = (struct figure){ 0 };
	out.shown = (uint8_t)shown;
	return out;
}

enum status columns_shown(struct ctx *c, const struct matrix *m, const struct seen *s, const size_t *skills, size_t count, struct figure *out)
{
	const struct needs *n = m->n;
	size_t units = n->unit_count;
	struct gate_group *groups = arena_array_of(c->arena, struct gate_group, 2 * count * units + 1);
	enum gate_state *state = arena_array_of(c->arena, enum gate_state, 2 * count * units + 1);
	for (size_t i = 0; i < count; i++)
		groups_count(n, s, &n->skills[skills[i]], groups + 2 * i * units, groups + (2 * i + 1) * units);
	TRY(gate_forest(c, groups, units, 2 * count, state));
	for (size_t i = 0; i < count; i++)
		for (size_t u = 0; u < units; u++) {
			const struct figure *f = &m->at[skills[i] * units + u];
			out[i * units + u] = figure_shown(f, shown_of(n, f, state[2 * i * units + u], state[(2 * i + 1) * units + u]));
		}
	return OK;
}

/* The names are the same for whoever reads the same language. */
CACHE(names_kept, 4 << 20)

static enum status names_make(struct ctx *c, struct arena *keep, const void *of, const void **made)
{
	const struct needs *n = of;
	list skills = { 0 };
	TRY(skill_list(c, &skills));
	str *names = arena_array_of(keep, str, n->skill_count + 1);
	size_t at = 0;                                         /* both are in the tree's order */
	for (each(struct skill, s, skills))
		if (at < n->skill_count && n->skills[at].id == s->id)
			names[at++] = text_copy(keep, s->name);
	*made = names;
	return OK;
}

enum status skill_names(struct ctx *c, const struct needs *n, str **out)
{
	int64_t key[] = { c->language, n->day.day };
	const void *made;
	TRY(cache_take(c, &names_kept, (str){ (const char *)key, sizeof key }, names_make, n, &made));
	*out = arena_copy(c->arena, made, (n->skill_count + 1) * sizeof(str));
	return OK;
}
