/* declare.c - what is fixed before anybody answers: who is asked, which background is kept, and which units get a result of their own.
 *
 * Everybody's background is unit and, where wanted, role. Where fewer than five people share one, it is coarsened before the first
 * question is asked: without the role, then to the unit above, up to the whole organisation. So no answer ever carries a
 * combination of one to four people.
 */
#include "inside.h"
#include "base/map.h"
#include "base/token.h"
#include "trust/trust.h"

struct survey_seat { int64_t person, unit, role; };
struct survey_lately { date day; int64_t round; };
RECORD(survey_seat, FIELD(survey_seat, person), FIELD(survey_seat, unit), FIELD(survey_seat, role));
RECORD(survey_lately, FIELD(survey_lately, day), FIELD(survey_lately, round));
RECORD(survey_unit_row, FIELD(survey_unit_row, id), FIELD(survey_unit_row, parent, .optional = true), FIELD(survey_unit_row, name), FIELD(survey_unit_row, path));
RECORD(survey_cell, FIELD(survey_cell, round), FIELD(survey_cell, cell), FIELD(survey_cell, unit, .optional = true), FIELD(survey_cell, role, .optional = true), FIELD(survey_cell, people),
	FIELD(survey_cell, sealing_key));
RECORD(survey_view, FIELD(survey_view, round), FIELD(survey_view, unit), FIELD(survey_view, parent), FIELD(survey_view, name), FIELD(survey_view, path), FIELD(survey_view, teams),
	FIELD(survey_view, people));
RECORD(survey_asked, FIELD(survey_asked, round), FIELD(survey_asked, person), FIELD(survey_asked, cell), FIELD(survey_asked, link), FIELD(survey_asked, entry), FIELD(survey_asked, part));

enum { CELLS_MOST = 20000 };

static str place_key(struct ctx *c, const struct place *p)
{
	return text_format(c->arena, "%lld/%lld", (long long)p->unit, (long long)p->role);
}

static void coarsen(const struct map *parents, struct place *p)
{
	int64_t above = 0;
	if (p->role) {
		p->role = 0;
		return;
	}
	map_find_number(parents, p->unit, &above);
	p->unit = above;
}

/* One step coarser for everybody whose background is shared by fewer than k; true when anybody moved. */
static bool coarsen_small(struct ctx *c, const struct map *parents, struct place *places, size_t count, int64_t k)
{
	struct map sizes = { 0 };
	int64_t *counted = arena_array_of(c->arena, int64_t, count + 1);
	int64_t *group = arena_array_of(c->arena, int64_t, count + 1), groups = 0;
	bool moved = false;
	for (size_t i = 0; i < count; i++) {
		if (map_put(c->arena, &sizes, place_key(c, &places[i]), groups, &group[i]))
			group[i] = groups++;
		counted[group[i]]++;
	}
	for (size_t i = 0; i < count; i++)
		if (counted[group[i]] < k && (places[i].unit || places[i].role)) {
			coarsen(parents, &places[i]);
			moved = true;
		}
	return moved;
}

/* Those that are still too few at the very top take the smallest other background with them: then nobody's is known. */
static void top_fill(struct ctx *c, struct place *places, size_t count, int64_t k)
{
	struct map sizes = { 0 };
	struct place with = { 0 };
	int64_t *counted = arena_array_of(c->arena, int64_t, count + 1), *group = arena_array_of(c->arena, int64_t, count + 1);
	int64_t groups = 0, top = 0, smallest = INT64_MAX;
	for (size_t i = 0; i < count; i++)
		top += !places[i].unit && !places[i].role;
	if (!top || top >= k || top == (int64_t)count)
		return;
	for (size_t i = 0; i < count; i++) {
		if (map_put(c->arena, &sizes, place_key(c, &places[i]), groups, &group[i]))
			group[i] = groups++;
		counted[group[i]]++;
	}
	for (size_t i = 0; i < count; i++)
		if ((places[i].unit || places[i].role) && counted[group[i]] < smallest) {
			smallest = counted[group[i]];
			with = places[i];
		}
	for (size_t i = 0; i < count; i++)
		if (places[i].unit == with.unit && places[i].role == with.role)
			places[i] = (struct place){ 0 };
}

static enum status units_above(struct ctx *c, struct map *parents, list *units)
{
	TRY(store_all(c, all_units, NOTHING, units));
	for (each(struct survey_unit_row, u, *units))
		map_put_number(c->arena, parents, u->id, u->parent, NULL);
	return OK;
}

enum status places_coarsen(struct ctx *c, struct place *places, size_t count, int64_t k)
{
	struct map parents = { 0 };
	list units = { 0 };
	TRY(units_above(c, &parents, &units));
	while (coarsen_small(c, &parents, places, count, k))
		;
	top_fill(c, places, count, k);
	return OK;
}

/* seats: of struct survey_seat; without them, of answers that were always nobody's, nobody was asked. */
static enum status cells_make(struct ctx *c, const struct survey_round *r, const struct place *places, size_t count, const list *seats, int64_t *cell_of, struct declared *out)
{
	struct map known = { 0 };
	for (size_t i = 0; i < count; i++) {
		int64_t cell = (int64_t)out->cells.count;
		if (map_put(c->arena, &known, place_key(c, &places[i]), cell, &cell))
			*list_add(c->arena, &out->cells, struct survey_cell) = (struct survey_cell){ .round = r->id, .cell = cell, .unit = places[i].unit, .role = places[i].role };
		list_item(out->cells, struct survey_cell, cell)->people++;
		if (seats)
			*list_add(c->arena, &out->asked, struct survey_asked) = (struct survey_asked){ .round = r->id, .person = list_item(*seats, struct survey_seat, i)->person, .cell = cell };
		if (cell_of)
			cell_of[i] = cell;
	}
	return out->cells.count > CELLS_MOST ? broken(c, "%zu backgrounds", out->cells.count) : OK;
}

/* Every unit somebody asked works in, and those above: as a tree, with how many people and how many teams it would be about. */
static void views_make(struct ctx *c, const struct survey_round *r, const list *units, struct declared *out)
{
	struct map at = { 0 };
	*list_add(c->arena, &out->views, struct survey_view) = (struct survey_view){ .round = r->id, .parent = -1, .name = S(""), .path = S("") };
	for (each(struct survey_unit_row, u, *units)) {
		map_put_number(c->arena, &at, u->id, (int64_t)out->views.count, NULL);
		*list_add(c->arena, &out->views, struct survey_view) = (struct survey_view){ .round = r->id, .unit = u->id, .parent = u->parent, .name = u->name, .path = u->path };
	}
	for (each(struct survey_cell, k, out->cells))
		for (int64_t unit = k->unit, place = 0, steps = 0; steps < 64; steps++) {
			map_find_number(&at, unit, &place);
			struct survey_view *v = list_item(out->views, struct survey_view, unit ? place : 0);
			v->people += k->people;
			if (!unit)
				break;
			unit = v->parent;
		}
	/* A unit without asked units below it is a team. From the leaves up: parents come first by path. */
	struct survey_view *views = list_of(out->views, struct survey_view);
	for (size_t i = out->views.count; i-- > 1; ) {
		int64_t above = 0;
		if (!views[i].people)
			continue;
		if (!views[i].teams)
			views[i].teams = 1;
		map_find_number(&at, views[i].parent, &above);
		views[views[i].parent ? above : 0].teams += views[i].teams;
	}
	list with_people = { 0 };
	for (each(struct survey_view, v, out->views))
		if (v->people)
			*list_add(c->arena, &with_people, struct survey_view) = *v;
	out->views = with_people;
}

enum status round_declare(struct ctx *c, const struct survey_round *r, struct declared *out)
{
	list seats = { 0 }, asked_before = { 0 }, units = { 0 }, asked = { 0 };
	struct map lately = { 0 };
	int64_t k;
	TRY(gate_least(c, &k));
	TRY(store_all(c, seats_asked, r, &seats));
	TRY(store_all(c, asked_lately, (&(struct survey_lately){ date_add_days(r->opens, -QUIET_DAYS), r->id }), &asked_before));
	TRY(store_all(c, all_units, NOTHING, &units));
	for (each(struct by_id, b, asked_before))
		map_put_number(c->arena, &lately, b->id, 1, NULL);
	for (each(struct survey_seat, s, seats)) {
		int64_t there;
		if (map_find_number(&lately, s->person, &there))
			out->left_out++;
		else
			*list_add(c->arena, &asked, struct survey_seat) = *s;
	}
	struct place *places = arena_array_of(c->arena, struct place, asked.count + 1);
	for (size_t i = 0; i < asked.count; i++)
		places[i] = (struct place){ list_item(asked, struct survey_seat, i)->unit, r->by_role ? list_item(asked, struct survey_seat, i)->role : 0 };
	TRY(places_coarsen(c, places, asked.count, k));
	TRY(cells_make(c, r, places, asked.count, &asked, NULL, out));
	views_make(c, r, &units, out);
	return OK;
}

enum status round_declare_read(struct ctx *c, const struct survey_round *r, struct place *places, size_t count, int64_t *cell_of, struct declared *out)
{
	list units = { 0 };
	TRY(store_all(c, all_units, NOTHING, &units));
	TRY(places_coarsen(c, places, count, r->least));
	TRY(cells_make(c, r, places, count, NULL, cell_of, out));
	views_make(c, r, &units, out);
	for (each(struct survey_view, v, out->views))
		v->people = 0;                                 /* of how many they are the answers is not known */
	return OK;
}

/* So long that no answer needs more, and every one takes as much. */
static int64_t seal_bytes(const list *questions)
{
	int64_t bytes = 192;
	for (each(struct survey_question, q, *questions))
		bytes += str_eq(q->kind, S("text")) ? 4 * COMMENT_MOST + 16 : 40;
	return bytes;
}

/* The questions in mixed order, the open ones last. */
static enum status questions_mix(struct ctx *c, const struct survey_round *r, list *questions)
{
	struct survey_question *q = list_of(*questions, struct survey_question);
	for (size_t i = questions->count; i > 1; i--) {
		uint32_t random;
		random_bytes(&random, sizeof random);
		size_t j = random % i;
		struct survey_question other = q[j];
		q[j] = q[i - 1];
		q[i - 1] = other;
	}
	TRY(store_run(c, round_remove_questions, (&(struct by_id){ r->id }), NULL));
	int64_t place = 0;
	for (int open = 0; open <= 1; open++)
		for (size_t i = 0; i < questions->count; i++)
			if (str_eq(q[i].kind, S("text")) == open)
				q[i].place = ++place;
	return store_run_each(c, question_add, questions);
}

enum status round_open(struct ctx *c, struct survey_round *r, int64_t *left_out)
{
	struct declared d = { 0 };
	list questions = { 0 };
	struct by_id before = { 0 };
	TRY(trust_purpose(c, PURPOSE_SURVEYS));
	TRY(round_questions(c, r->id, &questions));
	if (!questions.count)
		return refuse(c, CONFLICT, "no-questions", W(surveys_no_questions));
	TRY(store_one(c, round_before, r, &before));
	if (before.id) {
		struct count told = { 0 };
		TRY(store_one(c, told_count, (&(struct by_id){ before.id }), &told));
		if (!told.count)
			return refuse(c, CONFLICT, "nothing-told", W(surveys_nothing_told), r->name);
	}
	TRY(round_declare(c, r, &d));
	*left_out = d.left_out;
	TRY(gate_least(c, &r->least));
	if ((int64_t)d.asked.count < r->least)
		return refuse(c, CONFLICT, "too-few-asked", W(surveys_too_few_asked), text_format(c->arena, "%zu", d.asked.count), text_format(c->arena, "%lld", (long long)d.left_out));
	TRY(questions_mix(c, r, &questions));
	TRY(store_run_each(c, cell_add, &d.cells));
	TRY(store_run_each(c, view_add, &d.views));
	TRY(store_run_each(c, asked_add, &d.asked));
	r->state = S("open");
	r->asked = (int64_t)d.asked.count;
	r->seal_bytes = seal_bytes(&questions);
	return store_run(c, round_state_put, r, NULL);
}
