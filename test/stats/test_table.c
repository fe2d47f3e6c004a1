/* test_table.c - cells of two-way tables: the reference tables, a thousand by seed, an exact solver where it can. */
#include "near.h"
#include "seeded.h"
#include "stats/table.h"
#include "vectors.h"
#include <glpk.h>
#include <string.h>

enum { MOST = 13 * 13, K = 5 };

static void with_margins(const int64_t *inner, size_t rows, size_t columns, int64_t *count)
{
	size_t wide = columns + 1;
	memset(count, 0, (rows + 1) * wide * sizeof *count);
	for (size_t r = 0; r < rows; r++)
		for (size_t c = 0; c < columns; c++) {
			int64_t n = inner[r * columns + c];
			count[r * wide + c] = n;
			count[r * wide + columns] += n;
			count[rows * wide + c] += n;
			count[rows * wide + columns] += n;
		}
}

static int64_t hidden_people(const int64_t *count, const enum suppress_state *state, size_t cells)
{
	int64_t sum = 0;
	for (size_t i = 0; i < cells; i++)
		sum += state[i] == SUPPRESS_SHOWN ? 0 : count[i];
	return sum;
}

/* The attacker, by linear programmes: least and greatest value of a cell, the others known or at least 0. */
static int64_t attacked(const int64_t *count, const enum suppress_state *state, size_t rows, size_t columns, size_t cell, int direction)
{
	size_t wide = columns + 1, cells = (rows + 1) * wide;
	glp_prob *lp = glp_create_prob();
	glp_set_obj_dir(lp, direction);
	glp_add_cols(lp, (int)cells);
	glp_add_rows(lp, (int)(rows + 1 + wide));
	for (size_t i = 0; i < cells; i++) {
		if (state[i] == SUPPRESS_SHOWN)
			glp_set_col_bnds(lp, (int)i + 1, GLP_FX, (double)count[i], 0);
		else
			glp_set_col_bnds(lp, (int)i + 1, GLP_DB, 0, 1e6);
		glp_set_obj_coef(lp, (int)i + 1, i == cell);
	}
	int index[16];
	double value[16];
	for (size_t r = 0; r <= rows; r++) {
		for (size_t c = 0; c < wide; c++) {
			index[c + 1] = (int)(r * wide + c) + 1;
			value[c + 1] = c == columns ? -1 : 1;
		}
		glp_set_row_bnds(lp, (int)r + 1, GLP_FX, 0, 0);
		glp_set_mat_row(lp, (int)r + 1, (int)wide, index, value);
	}
	for (size_t c = 0; c < wide; c++) {
		for (size_t r = 0; r <= rows; r++) {
			index[r + 1] = (int)(r * wide + c) + 1;
			value[r + 1] = r == rows ? -1 : 1;
		}
		glp_set_row_bnds(lp, (int)(rows + 1 + c) + 1, GLP_FX, 0, 0);
		glp_set_mat_row(lp, (int)(rows + 1 + c) + 1, (int)rows + 1, index, value);
	}
	glp_smcp how;
	glp_init_smcp(&how);
	how.msg_lev = GLP_MSG_OFF;
	assert_int_equal(glp_simplex(lp, &how), 0);
	double found = glp_get_obj_val(lp);
	glp_delete_prob(lp);
	return (int64_t)llround(found);
}

static void assert_safe(const int64_t *count, const enum suppress_state *state, size_t rows, size_t columns)
{
	for (size_t i = 0; i < (rows + 1) * (columns + 1); i++) {
		if (count[i] == 0 || count[i] >= K) {
			assert_true(state[i] != SUPPRESS_SMALL);
			continue;
		}
		assert_int_equal(state[i], SUPPRESS_SMALL);
		int64_t least = attacked(count, state, rows, columns, i, GLP_MIN), greatest = attacked(count, state, rows, columns, i, GLP_MAX);
		assert_true(least < K && greatest >= K && greatest - least >= K);
	}
}

static void reference_tables_hide_what_they_must(void **state)
{
	(void)state;
	json_t *v = vectors_read("sdc/suppression.json");
	for (const char **name = (const char *[]){ "team_x_tenure", "dept_x_age_4x4", NULL }; *name; name++) {
		json_t *of = json_object_get(v, *name), *inner = json_object_get(of, "inner"), *naive = json_object_get(of, "naive_primary_only_intervals"), *one;
		size_t rows = json_array_size(inner), columns = json_array_size(json_array_get(inner, 0)), cells = (rows + 1) * (columns + 1);
		int64_t plain[MOST], count[MOST], least, greatest;
		bool hidden[MOST] = { 0 };
		enum suppress_state out[MOST];
		const char *cell;
		for (size_t i = 0; i < rows * columns; i++)
			plain[i] = (int64_t)vectors_item(json_array_get(inner, i / columns), i % columns);
		with_margins(plain, rows, columns, count);
		/* Hiding only the small ones gives them away, exactly. */
		json_object_foreach(naive, cell, one)
			hidden[atoi(cell)] = true;
		json_object_foreach(naive, cell, one) {
			assert_true(table_range(count, hidden, rows, columns, (size_t)atoi(cell), &least, &greatest));
			assert_int_equal(least, (int64_t)vectors_item(one, 0));
			assert_int_equal(greatest, (int64_t)vectors_item(one, 1));
		}
		assert_false(table_safe(count, hidden, rows, columns, K));
		/* The pattern of the reference gives the reference's intervals. */
		json_t *best = json_object_get(of, "min_respondents_hidden"), *set = json_object_get(best, "suppressed"), *ranges = json_object_get(best, "attacker_intervals_primary");
		memset(hidden, 0, sizeof hidden);
		for (size_t i = 0; i < json_array_size(set); i++)
			hidden[(size_t)vectors_item(set, i)] = true;
		json_object_foreach(ranges, cell, one) {
			assert_true(table_range(count, hidden, rows, columns, (size_t)atoi(cell), &least, &greatest));
			assert_int_equal(least, (int64_t)vectors_item(one, 0));
			assert_int_equal(greatest, (int64_t)vectors_item(one, 1));
		}
		/* Ours hides at most half as many people again as the optimum. */
		assert_int_equal(suppress_table(count, rows, columns, K, out), SUPPRESS_OK);
		assert_safe(count, out, rows, columns);
		assert_true((double)hidden_people(count, out, cells) <= 1.5 * vectors_number(best, "respondents_hidden"));
	}
	json_decref(v);
}

static void made(uint64_t *seed, size_t rows, size_t columns, int64_t *count)
{
	int64_t inner[MOST], high = 4 + seeded_below(seed, 30);
	for (size_t i = 0; i < rows * columns; i++)
		inner[i] = seeded_below(seed, 5) == 0 ? 0 : seeded_below(seed, high);
	with_margins(inner, rows, columns, count);
}

static void a_thousand_tables_are_safe(void **state)
{
	(void)state;
	uint64_t seed = 20261126;
	for (int i = 0; i < 1000; i++) {
		size_t rows = 1 + (size_t)seeded_below(&seed, 12), columns = 1 + (size_t)seeded_below(&seed, 12), cells = (rows + 1) * (columns + 1);
		int64_t count[MOST];
		enum suppress_state out[MOST], again[MOST];
		made(&seed, rows, columns, count);
		assert_int_equal(suppress_table(count, rows, columns, K, out), SUPPRESS_OK);
		bool hidden[MOST], everything = true;
		for (size_t c = 0; c < cells; c++) {
			hidden[c] = out[c] != SUPPRESS_SHOWN;
			everything = everything && hidden[c];
		}
		assert_true(everything || table_safe(count, hidden, rows, columns, K));
		/* The attacker with a solver of somebody else's, on every twentieth. */
		if (i % 20 == 0 && !everything)
			assert_safe(count, out, rows, columns);
		assert_int_equal(suppress_table(count, rows, columns, K, again), SUPPRESS_OK);
		assert_memory_equal(out, again, cells * sizeof *out);
	}
}

/* The fewest people that must be hidden: a cell is hidden or not; for each small cell there is a change upwards and one downwards that
 * only hidden cells take part in, nobody falls below 0, together at least k apart. */
static int64_t optimum(const int64_t *count, size_t rows, size_t columns)
{
	size_t wide = columns + 1, cells = (rows + 1) * wide, small[MOST], smalls = 0;
	for (size_t i = 0; i < cells; i++)
		if (count[i] > 0 && count[i] < K)
			small[smalls++] = i;
	if (smalls == 0)
		return 0;
	enum { UP_MOST = 60 };
	glp_prob *p = glp_create_prob();
	glp_set_obj_dir(p, GLP_MIN);
	glp_add_cols(p, (int)(cells + 2 * smalls * cells));
	for (size_t i = 0; i < cells; i++) {
		glp_set_col_kind(p, (int)i + 1, GLP_BV);
		glp_set_obj_coef(p, (int)i + 1, (double)count[i]);
	}
	for (size_t s = 0; s < smalls; s++)
		glp_set_col_bnds(p, (int)small[s] + 1, GLP_FX, 1, 1);
	int index[16];
	double value[16];
#define ROW(kind, low, high, n) do { int row_ = glp_add_rows(p, 1); glp_set_row_bnds(p, row_, kind, low, high); glp_set_mat_row(p, row_, (int)(n), index, value); } while (0)
	for (size_t s = 0; s < smalls; s++) {
		int first[2];
		for (int d = 0; d < 2; d++) {
			int base = first[d] = (int)(cells + (2 * s + (size_t)d) * cells) + 1;
			for (size_t i = 0; i < cells; i++) {
				glp_set_col_bnds(p, base + (int)i, GLP_FR, 0, 0);
				index[1] = base + (int)i, value[1] = 1, index[2] = (int)i + 1;
				value[2] = (double)count[i];
				ROW(GLP_LO, 0, 0, 2);
				value[2] = -UP_MOST;
				ROW(GLP_UP, 0, 0, 2);
			}
			for (size_t r = 0; r <= rows; r++) {
				for (size_t c = 0; c < wide; c++)
					index[c + 1] = base + (int)(r * wide + c), value[c + 1] = c == columns ? -1 : 1;
				ROW(GLP_FX, 0, 0, wide);
			}
			for (size_t c = 0; c < wide; c++) {
				for (size_t r = 0; r <= rows; r++)
					index[r + 1] = base + (int)(r * wide + c), value[r + 1] = r == rows ? -1 : 1;
				ROW(GLP_FX, 0, 0, rows + 1);
			}
		}
		index[1] = first[0] + (int)small[s], value[1] = 1;
		ROW(GLP_LO, (double)(K - count[small[s]]), 0, 1);
		index[2] = first[1] + (int)small[s], value[2] = -1;
		ROW(GLP_LO, K, 0, 2);
	}
	glp_iocp how;
	glp_init_iocp(&how);
	how.msg_lev = GLP_MSG_OFF;
	how.presolve = GLP_ON;
	how.tm_lim = 3000;
	int code = glp_intopt(p, &how);
	int64_t best = code == 0 && glp_mip_status(p) == GLP_OPT ? (int64_t)llround(glp_mip_obj_val(p)) : -1;
	glp_delete_prob(p);
	return best;
}

static void it_hides_at_most_half_as_many_again_as_it_must(void **state)
{
	(void)state;
	uint64_t seed = 77;
	int known = 0;
	double worst = 1, sum = 0;
	glp_term_out(GLP_OFF);
	for (int i = 0; i < 40; i++) {
		size_t rows = 2 + (size_t)seeded_below(&seed, 3), columns = 2 + (size_t)seeded_below(&seed, 3), cells = (rows + 1) * (columns + 1);
		int64_t count[MOST];
		enum suppress_state out[MOST];
		made(&seed, rows, columns, count);
		int64_t best = optimum(count, rows, columns);
		assert_int_equal(suppress_table(count, rows, columns, K, out), SUPPRESS_OK);
		if (best <= 0)
			continue;
		double ratio = (double)hidden_people(count, out, cells) / (double)best;
		assert_true(ratio >= 1 - 1e-9);
		assert_true(ratio <= 1.5);
		worst = fmax(worst, ratio);
		sum += ratio;
		known++;
	}
	assert_true(known >= 20);
	printf("against the optimum of %d tables: %.3f times on average, %.3f at worst\n", known, sum / known, worst);
}

static void what_is_no_table_is_refused(void **state)
{
	(void)state;
	const int64_t wrong[] = { 5, 6, 12, 7, 8, 15, 12, 14, 26 }, minus[] = { -5, 6, 1, 7, 8, 15, 2, 14, 16 };
	enum suppress_state out[9] = { 9 };
	assert_int_equal(suppress_table(wrong, 2, 2, K, out), SUPPRESS_NOT_A_TREE);
	assert_int_equal(suppress_table(minus, 2, 2, K, out), SUPPRESS_NOT_A_TREE);
	assert_int_equal(suppress_table(wrong, 0, 2, K, out), SUPPRESS_NOT_A_TREE);
	assert_int_equal(suppress_table(wrong, 2, 2, 4, out), SUPPRESS_BAD_K);
	assert_int_equal(out[0], 9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_tables_hide_what_they_must), cmocka_unit_test(a_thousand_tables_are_safe),
		cmocka_unit_test(it_hides_at_most_half_as_many_again_as_it_must), cmocka_unit_test(what_is_no_table_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
