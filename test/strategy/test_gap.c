/* test_gap.c - the gap against the plainest computation, its gate against an attacker, and what each reader gets. */
#include "world.h"
#include "strategy/gap.h"

struct unit_rows { list rows; };

static const struct gap_unit_row *unit_row_of(struct answer a, const char *unit, const char *skill)
{
	const struct unit_rows *out = a.out;
	for (each(struct gap_unit_row, r, out->rows))
		if (str_eq(r->unit, str_of(unit)) && str_eq(r->skill, str_of(skill)))
			return r;
	return NULL;
}

static const char *path_of(struct app *a, const struct world *w, int unit)
{
	str path = { 0 };
	for (int x = unit; x; x = w->parent[x])
		path = path.len ? text_format(a->arena, "U%d/" S_FMT, x, S_ARG(path)) : text_format(a->arena, "U%d", x);
	return unit ? text_c(a->arena, path) : "Whole organisation";
}

static bool is_in(const struct world *w, int unit, int top)
{
	while (unit && unit != top)
		unit = w->parent[unit];
	return unit == top;
}

static double above(double mean, double level)
{
	return .5 * erfc((level - mean) / sqrt(2 * VARIANCE));
}

/* ---- Figures ---- */

struct plain { int people, known; double expected, weighted, chance[PEOPLE + 1]; };

/* One person after another, no trees, no caches. */
static struct plain plain_of(const struct world *w, int unit, int skill, int target, const uint8_t *gone)
{
	struct plain f = { .chance = { 1 } };
	for (int p = 1; p <= PEOPLE; p++) {
		const struct one *o = &w->people[p];
		int level = w->level[o->role][skill];
		if (!level || (unit && !is_in(w, o->unit, unit)) || (gone && gone[p]))
			continue;
		f.people++;
		if (o->belief[skill] != 2)
			continue;
		level = target ? target : level;
		double mean = round(o->mean[skill] * 1000) / 1000, chance = above(mean, level);
		f.known++;
		f.expected += chance;
		f.weighted += (1 + (o->role + skill) % 3) * fmax(0, level - mean);
		for (int k = f.known; k >= 0; k--)
			f.chance[k] = f.chance[k] * (1 - chance) + (k ? f.chance[k - 1] * chance : 0);
	}
	return f;
}

static int quantile(const struct plain *f, double q)
{
	double sum = 0;
	int k = 0;
	while ((sum += f->chance[k]) < q && k < f->known)
		k++;
	return k;
}

static size_t figures_compare(struct app *a, const struct world *w, struct answer got, int target, const uint8_t *gone)
{
	size_t shown = 0;
	for (int u = 0; u <= UNITS; u++)
		for (int s = 1; s <= SKILLS; s++) {
			struct plain f = plain_of(w, u, s, target, gone);
			const struct gap_unit_row *r = unit_row_of(got, path_of(a, w, u), text_c(a->arena, text_format(a->arena, "S%d", s)));
			assert_int_equal(r != NULL, f.people > 0);
			if (!r)
				continue;
			assert_int_equal((int)r->people, f.people);
			assert_int_equal((int)r->known, f.known);
			bool enough = f.known && f.known * 100 >= 60 * f.people;
			assert_int_equal(r->shown, enough);
			assert_int_equal(isnan(r->expected_at_target), !enough);
			if (!enough)
				continue;
			assert_true(fabs(r->expected_at_target - f.expected) < 1e-9);
			assert_true(fabs(r->weighted_gap - f.weighted) < 1e-9);
			assert_int_equal((int)r->low80, quantile(&f, .1));
			assert_int_equal((int)r->high80, quantile(&f, .9));
			shown++;
		}
	return shown;
}

static void figures_are_those_of_the_plainest_sum(void **state)
{
	struct app *a = *state;
	struct world w = world_make(a, 7);
	struct answer all = call(a, LEARNING_ADDRESS, "gap_by_unit", NULL), three = call(a, LEARNING_ADDRESS, "gap_by_unit", "target=3", NULL);
	assert_answer(all, OK);
	assert_true(figures_compare(a, &w, all, 0, NULL) > 10);
	assert_answer(three, OK);
	figures_compare(a, &w, three, 3, NULL);
	uint8_t gone[PEOPLE + 1] = { 0 };
	gone[4] = gone[30] = gone[31] = 1;
	struct answer left = call(a, LEARNING_ADDRESS, "gap_by_unit", "without=P4, P30,P31", NULL);
	assert_answer(left, OK);
	figures_compare(a, &w, left, 0, gone);
	assert_true(all.queries <= 16);
}

static void sum_add(void *of, str table, int64_t rows, str checksum)
{
	if (!str_eq(table, S("session")) && !str_eq(table, S("audit")))     /* when it was last seen; that it was asked */
		buffer_add_format(of, S_FMT " %lld " S_FMT "\n", S_ARG(table), (long long)rows, S_ARG(checksum));
}

/* ---- The gate ---- */

/* Is this set of people a small group the reader cannot see? */
static int unseen(const struct world *w, const uint8_t *in, const uint8_t *seen, int skill, bool known)
{
	int n = 0;
	for (int p = 1; p <= PEOPLE; p++)
		n += in[p] && !seen[p] && w->level[w->people[p].role][skill] && (!known || w->people[p].belief[skill] == 2);
	return n;
}

/* Everything somebody can do with the tree's sums: each shown unit less the shown ones nearest below it. */
static void attack(struct app *a, const struct world *w, struct answer got, const uint8_t *seen)
{
	for (int s = 1; s <= SKILLS; s++)
		for (int u = 0; u <= UNITS; u++) {
			const char *skill = text_c(a->arena, text_format(a->arena, "S%d", s));
			const struct gap_unit_row *r = unit_row_of(got, path_of(a, w, u), skill);
			if (!r || !r->shown)
				continue;
			uint8_t rest[PEOPLE + 1] = { 0 }, whole[PEOPLE + 1] = { 0 };
			for (int p = 1; p <= PEOPLE; p++) {
				int at = w->people[p].unit;
				whole[p] = rest[p] = !u || is_in(w, at, u);
				for (; rest[p] && at != u; at = w->parent[at]) {
					const struct gap_unit_row *below = unit_row_of(got, path_of(a, w, at), skill);
					if (below && below->shown)
						rest[p] = 0;
				}
			}
			int n = unseen(w, whole, seen, s, true), left = unseen(w, rest, seen, s, true);
			assert_true(n == 0 || n >= 5);
			assert_true(left == 0 || left >= 5);
		}
}

static void nobody_works_out_a_small_group(void **state)
{
	struct app *a = *state;
	struct world w = world_make(a, 11);
	uint8_t none[PEOPLE + 1] = { 0 }, led[PEOPLE + 1] = { 0 };
	led[1] = 1;
	for (int p = 20; p < 26; p++)
		led[p] = 1;
	static const char *const wishes[] = { "target=0", "target=3" };
	for (size_t i = 0; i < 2; i++) {
		struct answer board = i ? call(a, BOARD_ADDRESS, "gap_by_unit", wishes[i], NULL) : call(a, BOARD_ADDRESS, "gap_by_unit", NULL);
		struct answer lead = i ? call(a, LEAD_ADDRESS, "gap_by_unit", wishes[i], NULL) : call(a, LEAD_ADDRESS, "gap_by_unit", NULL);
		assert_answer(board, OK);
		assert_answer(lead, OK);
		attack(a, &w, board, none);
		attack(a, &w, lead, led);
	}
	/* The whole of it stays: withholding is not withholding everything. */
	const struct gap_unit_row *whole = unit_row_of(call(a, BOARD_ADDRESS, "gap_by_unit", NULL), "Whole organisation", "S1");
	assert_non_null(whole);
	assert_int_equal(whole->shown, 1);
	/* Another day, roles within a unit, and names are for who sees everybody. */
	assert_answer(call(a, BOARD_ADDRESS, "gap_by_unit", "on=2025-01-01", NULL), FORBIDDEN);
	assert_answer(call(a, BOARD_ADDRESS, "gap_by_role", "unit=U1", NULL), FORBIDDEN);
	assert_answer(call(a, BOARD_ADDRESS, "gap_by_unit", "without=P3", NULL), FORBIDDEN);
	assert_answer(call(a, LEAD_ADDRESS, "gap_by_unit", "without=P3", NULL), FORBIDDEN);
	assert_answer(call(a, LEAD_ADDRESS, "gap_by_unit", "without=P21", NULL), OK);
	assert_answer(call(a, "unprotected", "gap_by_unit", "on=2025-01-01", NULL), OK);
	assert_answer(call(a, BOARD_ADDRESS, "gap_by_role", NULL), OK);
	assert_answer(call(a, BOARD_ADDRESS, "gap_by_skill", NULL), OK);
}

/* The same by role: each shown role, and what the whole has beside all that are shown. */
static void roles_attack(struct app *a, const struct world *w, const char *as, const uint8_t *seen)
{
	struct role_rows { list rows; };
	struct answer by_role = call(a, as, "gap_by_role", NULL), by_unit = call(a, as, "gap_by_unit", NULL);
	assert_answer(by_role, OK);
	assert_answer(by_unit, OK);
	const struct role_rows *got = by_role.out;
	int shown = 0;
	for (int s = 1; s <= SKILLS; s++) {
		uint8_t rest[PEOPLE + 1];
		const char *skill = text_c(a->arena, text_format(a->arena, "S%d", s));
		for (int p = 1; p <= PEOPLE; p++)
			rest[p] = 1;
		for (each(struct gap_role_row, r, got->rows)) {
			uint8_t in[PEOPLE + 1] = { 0 };
			if (!r->shown || !str_eq(r->skill, str_of(skill)))
				continue;
			for (int p = 1; p <= PEOPLE; p++) {
				in[p] = str_eq(r->role, text_format(a->arena, "R%d", w->people[p].role));
				rest[p] = rest[p] && !in[p];
			}
			int n = unseen(w, in, seen, s, true);
			assert_true(n == 0 || n >= 5);
			shown++;
		}
		const struct gap_unit_row *whole = unit_row_of(by_unit, "Whole organisation", skill);
		int left = unseen(w, rest, seen, s, true);
		assert_true(!whole || !whole->shown || left == 0 || left >= 5);
	}
	assert_true(shown > 0);
}

static void nobody_works_out_a_small_role(void **state)
{
	struct app *a = *state;
	uint8_t none[PEOPLE + 1] = { 0 }, led[PEOPLE + 1] = { 0 };
	struct world w = world_make(a, 23);
	led[1] = 1;
	for (int p = 20; p < 26; p++)
		led[p] = 1;
	roles_attack(a, &w, BOARD_ADDRESS, none);
	roles_attack(a, &w, LEAD_ADDRESS, led);
}

/* A role of three, which the whole would otherwise give away beside the other roles. */
static void a_role_of_three_is_not_what_is_left(void **state)
{
	struct app *a = *state;
	uint8_t none[PEOPLE + 1] = { 0 };
	struct world w = world_make(a, 23);
	sql(a, "insert into role (id, name, fold) values (99, 'R99', 'r99'); insert into role_skill (role, skill, level, importance) select 99, id, 3, 1 from skill;"
		" update employment set role = 99 where person in (40, 41, 42)");
	for (int p = 40; p < 43; p++) {
		w.people[p].role = 0;
		for (int s = 1; s <= SKILLS; s++)
			w.level[0][s] = 3;
	}
	struct role_rows { list rows; };
	struct answer board = call(a, BOARD_ADDRESS, "gap_by_role", NULL);
	for (each(struct gap_role_row, r, ((const struct role_rows *)board.out)->rows))
		assert_true(!str_eq(r->role, S("R99")) || !r->shown);
	roles_attack(a, &w, BOARD_ADDRESS, none);
}

/* A lead's own team beside an ambition: the same sum over their own people, for a lead only. */
static void a_team_stands_beside_each_ambition(void **state)
{
	struct app *a = *state;
	struct world w = world_make(a, 7);
	assert_true(str_has(call(a, LEAD_ADDRESS, "team_ambitions", NULL).json, S("\"ambitions\":[]")));
	assert_answer(call(a, BOARD_ADDRESS, "ambition_add", "name=A", "horizon=2030-01-01", "skill_1=1", "level_1=4", "weight_1=5", "people_1=20", "skill_2=5", "level_2=3", NULL), OK);
	assert_answer(call(a, BOARD_ADDRESS, "team_ambitions", NULL), FORBIDDEN);
	struct answer got = call(a, LEAD_ADDRESS, "team_ambitions", NULL);
	assert_answer(got, OK);
	assert_true(got.queries <= 20);
	int people = 0, known = 0;
	double expected = 0;
	for (int p = 20; p < 26; p++) {
		const struct one *o = &w.people[p];
		if (!w.level[o->role][1])
			continue;
		people++;
		known += o->belief[1] == 2;
		expected += o->belief[1] == 2 ? above(o->mean[1], 4) : 0;
	}
	struct team_row { int64_t skill; str name, level, state; int64_t weight, people, known; double expected, weighted_gap; bool behind, is_unknown; };
	struct team_of { int64_t id; str name; list skills; };
	const struct { list ambitions; } *out = got.out;
	const struct team_of *team = list_item(out->ambitions, struct team_of, 0);
	const struct team_row *row = NULL;
	for (each(struct team_row, r, team->skills))
		row = r->skill == 1 ? r : row;
	assert_non_null(row);
	assert_int_equal(row->people, people);
	assert_int_equal(row->known, known);
	assert_true(row->is_unknown == (known * 100 < 60 * people));
	assert_true(row->is_unknown ? isnan(row->expected) : fabs(row->expected - expected) < 1e-9);
	/* Who is led no more is counted no more. */
	sql(a, "update employment set lead = null where person = 20");
	struct answer less = call(a, LEAD_ADDRESS, "team_ambitions", NULL);
	assert_false(str_eq(got.json, less.json));
	/* A figure about everybody else stays out: a lead of nobody has no team. */
	sql(a, "update employment set lead = null");
	assert_answer(call(a, LEAD_ADDRESS, "team_ambitions", NULL), FORBIDDEN);
}

/* That it was asked is kept, and of the question nothing: no other table holds another row or another number than before. */
static void what_if_leaves_nothing(void **state)
{
	struct app *a = *state;
	world_make(a, 7);
	assert_answer(call(a, LEAD_ADDRESS, "gap_what_if", "people=P21", NULL), OK);
	struct page what;
	app_serve(a, false);
	str session = app_session(a, LEARNING_ADDRESS);
	struct buffer before = { 0 }, after = { 0 };
	char why[400];
	assert_int_equal(store_verify(a->store, sum_add, &before, why), OK);
	what = fetch(a, "POST", "/gap/what-if", session, "people=P4,P30");
	assert_int_equal(what.status, 200);
	assert_true(str_has(what.body, S("Without 2 people")));
	assert_false(str_has(what.head, S("P30")));            /* neither an address to go to nor a cookie */
	what = fetch(a, "GET", "/gap/what-if?people=P4", session, NULL);
	assert_false(str_has(what.body, S("Without 1")));      /* an address with names answers nothing */
	assert_int_equal(store_verify(a->store, sum_add, &after, why), OK);
	assert_true(before.len > 0 && str_eq(buffer_text(&before), buffer_text(&after)));
	assert_int_equal(sql_number(a, "select count(*) from audit where operation = 'gap_what_if' and about = 'people=(given)'"), 2);
	buffer_done(&before);
	buffer_done(&after);
}

static void persons_are_for_who_may_see_each(void **state)
{
	struct app *a = *state;
	world_make(a, 5);
	struct person_rows { list rows; };
	const struct person_rows *board = call(a, BOARD_ADDRESS, "gap_by_person", NULL).out, *lead = call(a, LEAD_ADDRESS, "gap_by_person", "skill=S1", NULL).out,
		*learning = call(a, LEARNING_ADDRESS, "gap_by_person", "skill=S1", "target=4", NULL).out;
	assert_int_equal(board->rows.count, 0);
	for (each(struct gap_person_row, r, lead->rows))
		assert_true(str_eq(str_until(r->person_id, 2), S("P2")) && r->person_id.len == 3 && r->person_id.at[2] < '6');
	assert_true(lead->rows.count > 0 && learning->rows.count > 20);
	for (each(struct gap_person_row, r, learning->rows)) {
		assert_true(r->required == 4);
		assert_int_equal(isnan(r->estimate), str_eq(r->state, S("not-known")));
		assert_true(isnan(r->estimate) || fabs(r->p_below - (1 - above(r->estimate, 4))) < 1e-9);
	}
}

/* ---- Who counts where ---- */

static void two_roles_are_one_person_at_the_stricter_need(void **state)
{
	struct app *a = *state;
	struct world w = { .seed = 1 };
	for (int u = 1; u <= UNITS; u++)
		w.parent[u] = 0;
	for (int s = 1; s <= SKILLS; s++)
		w.level[1][s] = 2, w.level[2][s] = 4, w.level[3][s] = w.level[4][s] = 3;
	for (int p = 1; p <= PEOPLE; p++)
		w.people[p] = (struct one){ .unit = p <= 6 ? 1 : 2, .role = p <= 6 ? 1 : 2, .mean = { 0, 3, 3, 3, 3, 3 }, .belief = { 0, 2, 2, 2, 2, 2 } };
	world_store(a, &w);
	sql(a, "insert into employment (person, unit, role, hours, start_day) values (1, 2, 2, 8, '2021-01-01')");
	struct answer got = call(a, LEARNING_ADDRESS, "gap_by_unit", "skill=S1", NULL);
	assert_int_equal((int)unit_row_of(got, "Whole organisation", "S1")->people, PEOPLE);
	assert_int_equal((int)unit_row_of(got, "U1", "S1")->people, 5);
	assert_int_equal((int)unit_row_of(got, "U2", "S1")->people, PEOPLE - 5);           /* with the role that asks most */
	struct person_rows { list rows; };
	const struct person_rows *rows = call(a, LEARNING_ADDRESS, "gap_by_person", "skill=S1", NULL).out;
	assert_true(list_item(rows->rows, struct gap_person_row, 0)->required == 4);
}

static void the_last_day_counts(void **state)
{
	struct app *a = *state;
	world_make(a, 3);
	sql(a, "update employment set end_day = '2026-03-31' where person = 1");
	struct answer on = call(a, LEARNING_ADDRESS, "gap_by_unit", "on=2026-03-31", NULL), after = call(a, LEARNING_ADDRESS, "gap_by_unit", "on=2026-04-01", NULL);
	assert_answer(on, OK);
	assert_answer(after, OK);
	const struct gap_unit_row *x = unit_row_of(on, "Whole organisation", "S1"), *y = unit_row_of(after, "Whole organisation", "S1");
	assert_true(x && y);
	assert_true(x->people - y->people <= 1);
	struct person_rows { list rows; };
	const struct person_rows *p = call(a, LEARNING_ADDRESS, "gap_by_person", "on=2026-03-31", NULL).out, *q = call(a, LEARNING_ADDRESS, "gap_by_person", "on=2026-04-01", NULL).out;
	assert_true(str_eq(list_item(p->rows, struct gap_person_row, 0)->person_id, S("P1")));
	assert_false(str_eq(list_item(q->rows, struct gap_person_row, 0)->person_id, S("P1")));
}

/* ---- Pages ---- */

static void the_map_is_its_csv(void **state)
{
	struct app *a = *state;
	world_make(a, 7);
	app_serve(a, false);
	str session = app_session(a, BOARD_ADDRESS);
	struct page html = fetch(a, "GET", "/gap", session, NULL), csv = fetch(a, "GET", "/gap.csv", session, NULL);
	assert_int_equal(html.status, 200);
	assert_int_equal(csv.status, 200);
	size_t shown = 0, cells = 0;
	str rest = csv.body, line;
	for (str_cut(rest, '\n', &line, &rest); rest.len; shown += str_ends(line, S(",1")))
		str_cut(rest, '\n', &line, &rest);
	for (const char *at = html.body.at; (at = strstr(at, "<td class=\"h")); at++)
		cells++;
	assert_true(cells > 5);
	assert_int_equal(cells, shown);
	assert_true(str_has(csv.body, S("unit,skill,people,known,required,expected_at_target,low80,high80,weighted_gap,shown\n")));
	/* Again is from the cache, and the same. */
	struct page again = fetch(a, "GET", "/gap.csv", session, NULL);
	assert_true(str_eq(again.body, csv.body));
	struct page what = fetch(a, "POST", "/gap/what-if", session, "number=3&unit=&ambition=");
	assert_int_equal(what.status, 200);
	assert_true(str_has(what.body, S("Without 3 people")));
	assert_true(str_has(what.body, S("method=\"post\"")));
	assert_int_equal(fetch(a, "POST", "/gap/what-if", session, "people=P3").status, 403);
	assert_int_equal(fetch(a, "GET", "/gap/what-if", session, NULL).status, 200);
	assert_int_equal(fetch(a, "GET", "/gap/by/unit?without=P3", app_session(a, LEARNING_ADDRESS), NULL).status, 422);
	assert_int_equal(fetch(a, "GET", "/gap/skill?skill=S1", session, NULL).status, 200);
	assert_answer(call(a, BOARD_ADDRESS, "gap_skill_show", "skill=S1", NULL), OK);
	assert_answer(call(a, BOARD_ADDRESS, "gap_map", NULL), OK);
	assert_answer(call(a, BOARD_ADDRESS, "gap_what_if_form", NULL), OK);
	assert_answer(call(a, LEAD_ADDRESS, "gap_what_if", "people=P21", NULL), OK);
}

static size_t rows_about_priya(struct app *a, const char *as, const char *skill)
{
	struct person_rows { list rows; };
	struct answer got = call(a, as, "gap_by_person", skill, NULL);
	assert_answer(got, OK);
	size_t count = 0;
	for (each(struct gap_person_row, r, ((const struct person_rows *)got.out)->rows))
		count += str_eq(r->person_id, S("1072"));
	return count;
}

/* Two part-time roles, two leads: what only the one role asks is not the other lead's to see, nor to work out by leaving her out. */
static void two_leads_each_see_their_own_role(void **state)
{
	struct app *a = *state;
	const char *district = "sjoerd.elzinga@zilverwilg.example", *liveable = "samira.bouzidi@zilverwilg.example";
	assert_answer(call(a, "unprotected", "account_add_one", "email=sjoerd.elzinga@zilverwilg.example", "name=Sjoerd", "role=employee", NULL), OK);
	assert_answer(call(a, "unprotected", "account_add_one", "email=samira.bouzidi@zilverwilg.example", "name=Samira", "role=employee", NULL), OK);
	assert_int_equal(rows_about_priya(a, district, "skill=listening-to-customers"), 1);
	assert_int_equal(rows_about_priya(a, liveable, "skill=listening-to-customers"), 0);
	assert_int_equal(rows_about_priya(a, liveable, "skill=liveability"), 1);
	assert_answer(call(a, liveable, "gap_what_if", "people=1072", NULL), FORBIDDEN);
	assert_answer(call(a, liveable, "gap_by_unit", "without=1072", NULL), FORBIDDEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(figures_are_those_of_the_plainest_sum), app_test(nobody_works_out_a_small_group),
		app_test(nobody_works_out_a_small_role), app_test(a_role_of_three_is_not_what_is_left), app_test(a_team_stands_beside_each_ambition),
		app_test(what_if_leaves_nothing), app_test(persons_are_for_who_may_see_each), app_test(two_roles_are_one_person_at_the_stricter_need),
		app_test(the_last_day_counts), app_test(the_map_is_its_csv), app_test_demo(two_leads_each_see_their_own_role) };
	return run_on_engines("gap", tests);
}
