/* compare.c - which units' last two rounds may stand side by side, decided once at closing.
 *
 * Whoever knows who came and who went between two rounds could take one figure from the other. So the two are compared for a unit only
 * where those who came are nobody or at least k, and those who went too; and the same in what is left of it when the units below
 * that are compared are taken away. Decided from the leaves up: a unit that is not compared is part of what is left above it.
 */
#include "inside.h"
#include "base/map.h"

RECORD(survey_compared, FIELD(survey_compared, round), FIELD(survey_compared, unit));
RECORD(survey_seat_asked, FIELD(survey_seat_asked, person), FIELD(survey_seat_asked, unit));

enum { NOW, THEN, TIMES };
/* Everybody asked in either round: in which view of this round they were (NOBODYS: not asked). */
#define NOBODYS SIZE_MAX
struct movement { size_t view[TIMES], next[TIMES]; size_t seen; };
struct counts { int64_t came, went, stayed; };

/* A unit that is no view any more counts as the nearest unit above it that is. */
static int64_t view_now(const struct map *at, const struct map *parents, int64_t unit)
{
	int64_t view = 0;
	for (int steps = 0; unit && steps < 64; steps++) {
		if (map_find_number(at, unit, &view))
			return view;
		if (!map_find_number(parents, unit, &unit))
			break;
	}
	return map_find_number(at, 0, &view) ? view : 0;
}

static enum status seats_load(struct ctx *c, const struct closing *k, int64_t round, int time, struct map *people, list *all)
{
	list seats = { 0 }, views = { 0 };
	struct map at = { 0 }, parents = { 0 };
	for (size_t i = 0; i < k->views.count; i++)
		map_put_number(c->arena, &at, list_item(k->views, struct survey_view, i)->unit, (int64_t)i, NULL);
	TRY(store_all(c, views_of, (&(struct by_id){ round }), &views));
	for (each(struct survey_view, v, views))
		map_put_number(c->arena, &parents, v->unit, v->parent, NULL);
	TRY(store_all(c, seats_were_asked, (&(struct by_id){ round }), &seats));
	for (each(struct survey_seat_asked, s, seats)) {
		int64_t place = (int64_t)all->count;
		if (map_put_number(c->arena, people, s->person, place, &place))
			*list_add(c->arena, all, struct movement) = (struct movement){ { NOBODYS, NOBODYS }, { 0 }, 0 };
		list_item(*all, struct movement, place)->view[time] = (size_t)view_now(&at, &parents, s->unit);
	}
	return OK;
}

static bool above_or_same(const struct closing *k, size_t view, size_t unit)
{
	for (size_t steps = 0; view < k->views.count && steps <= k->views.count; view = k->above[view], steps++)
		if (view == unit)
			return true;
	return false;
}

/* Of whole units: everybody in it, whatever is compared below. */
static void whole_count(const struct closing *k, const list *all, struct counts *of_view)
{
	for (each(struct movement, m, *all)) {
		for (size_t v = m->view[NOW], steps = 0; v < k->views.count && steps <= k->views.count; v = k->above[v], steps++) {
			bool stayed = above_or_same(k, m->view[THEN], v);
			of_view[v].stayed += stayed;
			of_view[v].came += !stayed;
		}
		for (size_t v = m->view[THEN], steps = 0; v < k->views.count && steps <= k->views.count; v = k->above[v], steps++)
			of_view[v].went += !above_or_same(k, m->view[NOW], v);
	}
}

/* Who is left in a view, as a chain through `next`: numbers from 1. */
struct rests { size_t *first[TIMES]; struct movement *of; };

static void rest_add(struct rests *r, int time, size_t view, size_t person)
{
	r->of[person - 1].next[time] = r->first[time][view];
	r->first[time][view] = person;
}

static struct counts rest_count(struct rests *r, size_t view)
{
	struct counts n = { 0 };
	for (size_t p = r->first[NOW][view]; p; p = r->of[p - 1].next[NOW]) {
		r->of[p - 1].seen = view + 1;
		n.came++;
	}
	for (size_t p = r->first[THEN][view]; p; p = r->of[p - 1].next[THEN]) {
		bool stayed = r->of[p - 1].seen == view + 1;
		n.stayed += stayed;
		n.went += !stayed;
	}
	n.came -= n.stayed;
	return n;
}

static void rest_up(struct rests *r, size_t view, size_t above)
{
	for (int time = 0; time < TIMES; time++)
		for (size_t p = r->first[time][view], next; p; p = next) {
			next = r->of[p - 1].next[time];
			rest_add(r, time, above, p);
		}
}

static bool is_safe(const struct counts *n, int64_t least)
{
	return (!n->came || n->came >= least) && (!n->went || n->went >= least);
}

enum status compared_compute(struct ctx *c, const struct closing *k)
{
	struct by_id before = { 0 };
	struct map people = { 0 };
	list all = { 0 }, rows = { 0 };
	TRY(store_one(c, round_before, k->round, &before));
	if (!before.id || k->round->imported)
		return OK;
	TRY(seats_load(c, k, before.id, THEN, &people, &all));
	TRY(seats_load(c, k, k->round->id, NOW, &people, &all));
	struct counts *whole = arena_array_of(c->arena, struct counts, k->views.count + 1);
	struct rests rests = { .of = all.at };
	for (int time = 0; time < TIMES; time++) {
		rests.first[time] = arena_array_of(c->arena, size_t, k->views.count + 1);
		for (size_t i = 0; i < all.count; i++)
			if (rests.of[i].view[time] != NOBODYS)
				rest_add(&rests, time, rests.of[i].view[time], i + 1);
	}
	whole_count(k, &all, whole);
	for (size_t v = k->views.count; v-- > 0; ) {
		struct counts rest = rest_count(&rests, v);
		if (whole[v].stayed >= k->round->least && is_safe(&whole[v], k->round->least) && is_safe(&rest, k->round->least))
			*list_add(c->arena, &rows, struct survey_compared) = (struct survey_compared){ k->round->id, list_item(k->views, struct survey_view, v)->unit };
		else if (k->above[v] != SIZE_MAX)
			rest_up(&rests, v, k->above[v]);
	}
	return rows.count ? store_run_each(c, compared_add, &rows) : OK;
}
