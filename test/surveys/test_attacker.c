/* test_attacker.c - somebody who has everything but the key of the moment tries to find out who answered what.
 *
 * The attacker here knows who answered when, has a copy of the database taken after every single answer (and on SQLite the file and its log
 * byte by byte), the audit, the jobs and the keys that are left at the end. What is proven: nobody's answer can be narrowed down to fewer than
 * five of the same background, and the order of rows, of names and of bytes says no more than chance. The last test leaks on purpose: the
 * same attack finds it.
 */
#include "round.h"
#include "base/buffer.h"
#include "seal/seal.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNITS = 2, SIZE = 30, SEALED_LEAST = 5 };

/* One's answers to three questions of five: everybody else's differ. */
static void answers_of(int who, int values[3])
{
	values[0] = who % 5 + 1;
	values[1] = who / 5 % 5 + 1;
	values[2] = who / 25 % 5 + 1;
}

static int who_gave(const struct round_test *t, str given)
{
	int values[3] = { 0 };
	for (str one, rest = given; rest.len; ) {
		str place, value;
		int64_t p = 0, v = 0;
		str_cut(rest, ';', &one, &rest);
		str_cut(one, '=', &place, &value);
		str_to_int(place, &p);
		str_to_int(value, &v);
		for (int q = 0; q < 3; q++)
			if (t->place[q] == p)
				values[q] = (int)v;
	}
	return values[0] - 1 + 5 * (values[1] - 1) + 25 * (values[2] - 1);
}

/* Always the same order for the same run, and not that of persons. */
static void order_make(int *order, int count)
{
	uint64_t x = 88172645463325252u;
	for (int i = 0; i < count; i++)
		order[i] = i;
	for (int i = count; i > 1; i--) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		int j = (int)(x % (unsigned)i), other = order[j];
		order[j] = order[i - 1];
		order[i - 1] = other;
	}
}

static bool on_sqlite(const struct app *a)
{
	return str_starts(a->url, S("sqlite:"));
}

/* What is in a column, in the order in which the engine has the rows lying about. */
static list column_of(struct app *a, const char *table, const char *column, const char *order)
{
	list out = { 0 };
	char text[300];
	if (on_sqlite(a))
		snprintf(text, sizeof text, "select group_concat(x, ' ') from (select %s as x from %s order by %s)", column, table, order);
	else
		snprintf(text, sizeof text, "select string_agg(x, ' ') from (select %s as x from %s order by %s) y", column, table, order);
	for (str one, rest = sql_text(a, text); rest.len; ) {
		str_cut(rest, ' ', &one, &rest);
		*list_add(a->arena, &out, str) = one;
	}
	return out;
}

struct seen { list responses; int64_t marks; };

static bool is_among(const list *l, str s)
{
	for (each(str, x, *l))
		if (str_eq(*x, s))
			return true;
	return false;
}

static str file_bytes(struct app *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return S("");
	struct buffer b = { 0 };
	char part[65536];
	for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0; )
		buffer_add(&b, (str){ part, n });
	fclose(f);
	str all = text_copy(a->arena, buffer_text(&b));
	buffer_done(&b);
	return all;
}

static bool bytes_have(str all, str part)
{
	return part.len && memmem(all.at, all.len, part.at, part.len);
}

static str database_bytes(struct app *a)
{
	str path = str_from(a->url, 7);
	str whole = file_bytes(a, text_c(a->arena, path)), log = file_bytes(a, text_c(a->arena, text_join(a->arena, path, S("-wal"))));
	return text_join(a->arena, whole, log);
}

/* How many of a batch the attacker gets right who thinks that the rows lie in the order in which their senders answered. By chance: one a batch. */
static int hits(const struct round_test *t, const list *batch, const int *order, int answered)
{
	int by_time[PEOPLE_MOST], n = 0, right = 0;
	for (int k = 0; k < answered; k++)
		for (each(str, given, *batch))
			if (who_gave(t, *given) == order[k])
				by_time[n++] = order[k];
	for (size_t i = 0; i < batch->count; i++)
		right += who_gave(t, *list_item(*batch, str, i)) == by_time[i];
	return right;
}

static void nobody_is_found(void **state)
{
	struct app *app = *state;
	struct round_test t;
	int order[PEOPLE_MOST], batches = 0, right_by_row = 0, right_by_byte = 0;
	struct seen before = { 0 };
	organisation(app, &t, UNITS, SIZE);
	round_make(&t, 3);
	round_begin(&t);
	order_make(order, t.people);
	int64_t audit = sql_number(app, "select count(*) from audit"), looks = sql_number(app, "select count(*) from look");
	for (int k = 0; k < t.people; k++) {
		int values[3];
		answers_of(order[k], values);
		answer_all(&t, order[k], values);
		/* What came into the database with this answer: answers and marks. */
		struct seen now = { column_of(app, "survey_response", "given", on_sqlite(app) ? "name" : "ctid"), sql_number(app, "select count(*) from survey_asked where part = 1") };
		list fresh = { 0 };
		for (each(str, given, now.responses))
			if (!is_among(&before.responses, *given))
				*list_add(app->arena, &fresh, str) = *given;
		assert_int_equal(now.marks - before.marks, (int64_t)fresh.count);
		assert_true(!fresh.count || fresh.count >= SEALED_LEAST);
		if (fresh.count) {
			/* All of one background: who works in the other unit does not stand out. */
			int unit = who_gave(&t, *list_of(fresh, str)) / SIZE;
			for (each(str, given, fresh))
				assert_int_equal(who_gave(&t, *given) / SIZE, unit);
			right_by_row += hits(&t, &fresh, order, k + 1);
			batches++;
		}
		before = now;
	}
	assert_true(batches >= 8);
	assert_int_equal(sql_number(app, "select count(*) from audit"), audit);
	assert_int_equal(sql_number(app, "select count(*) from look"), looks);
	assert_int_equal(sql_number(app, "select count(*) from answered"), 0);
	assert_int_equal(sql_number(app, "select count(*) from job where name not in ('survey_keys_destroy', 'survey_round_end')"), 0);
	/* A mean of one a batch, and four standard deviations more. The leak below has all five. */
	print_message("%d batches, %d right by the order of rows\n", batches, right_by_row);
	assert_true(right_by_row <= batches + 4 * 3 + batches / 2);
	if (on_sqlite(app)) {
		/* The same by where the bytes lie in the file, over all that was mixed. */
		str all = database_bytes(app);
		list by_byte = { 0 };
		for (size_t at = 0; at < all.len; at++)
			for (each(str, given, before.responses))
				if (all.len - at >= given->len && !memcmp(all.at + at, given->at, given->len) && !is_among(&by_byte, *given))
					*list_add(app->arena, &by_byte, str) = *given;
		right_by_byte = hits(&t, &by_byte, order, t.people);
		print_message("%zu answers by place in the file, %d right\n", by_byte.count, right_by_byte);
		assert_true(right_by_byte <= 6);
	}
}

static void what_waits_is_noise_and_stays_so(void **state)
{
	struct app *app = *state;
	struct round_test t;
	char id[20], folder[100];
	organisation(app, &t, 1, 12);
	round_make(&t, 3);
	round_begin(&t);
	for (int who = 0; who < 9; who++) {
		int values[3];
		answers_of(who, values);
		assert_answer(put(&t, who, 3, "a remark that nobody else would ever make"), OK);
		answer_all(&t, who, values);
	}
	/* Nothing has been mixed; everybody's lies sealed, of one length, and no one's words are anywhere. */
	assert_int_equal(sql_number(app, "select count(*) from survey_response"), 0);
	assert_int_equal(sql_number(app, "select count(*) from survey_asked where part = 1"), 0);
	assert_int_equal(sql_number(app, "select count(*) from survey_sealed"), 9);
	assert_int_equal(sql_number(app, "select count(distinct length(sealed)) from survey_sealed"), 1);
	if (on_sqlite(app))
		assert_false(bytes_have(database_bytes(app), S("a remark that nobody")));
	/* A backup of now, and its sealed rows. */
	list old = column_of(app, "survey_sealed", on_sqlite(app) ? "hex(sealed)" : "encode(sealed, 'hex')", "name");
	assert_int_equal(old.count, 9);
	/* Three more, then the end. */
	for (int who = 9; who < 12; who++) {
		int values[3];
		answers_of(who, values);
		answer_all(&t, who, values);
	}
	snprintf(id, sizeof id, "id=%lld", (long long)t.id);
	assert_answer(call(app, "learning@x.example", "survey_close", id, NULL), OK);
	jobs_run(app);
	assert_int_equal(sql_number(app, "select count(*) from survey_response"), 12);
	assert_int_equal(sql_number(app, "select count(*) from survey_comment"), 9);
	assert_int_equal(sql_number(app, "select count(*) from survey_sealed"), 0);
	assert_int_equal(sql_number(app, "select count(*) from survey_spent"), 0);
	assert_int_equal(sql_number(app, "select count(*) from survey_cell where sealing_key is not null"), 0);
	/* No key is left that could open the backup. */
	snprintf(folder, sizeof folder, "%s/keys", app->folder);
	DIR *d = opendir(folder);
	int keys = 0;
	for (struct dirent *e; d && (e = readdir(d)); )
		keys += strlen(e->d_name) == 32;         /* people's own keys lie beside them */
	if (d)
		closedir(d);
	assert_int_equal(keys, 0);
}

/* What this attack would find if answers lay in the order in which they came: a table of its own, filled as a careless program would. */
static void a_leak_is_found(void **state)
{
	struct app *app = *state;
	struct round_test t = { .app = app, .people = 60, .place = { 1, 2, 3 } };
	int order[PEOPLE_MOST], right = 0, batches = 0;
	sql(app, on_sqlite(app) ? "create table leaky (id integer primary key, given text)" : "create table leaky (id bigserial primary key, given text)");
	order_make(order, t.people);
	for (int k = 0; k < t.people; k++) {
		int values[3];
		char text[200];
		answers_of(order[k], values);
		snprintf(text, sizeof text, "insert into leaky (given) values ('1=%d;2=%d;3=%d')", values[0], values[1], values[2]);
		sql(app, text);
	}
	list all = column_of(app, "leaky", "given", on_sqlite(app) ? "rowid" : "ctid");
	for (int k = 0; k + 5 <= t.people; k += 5, batches++) {
		list batch = { 0 };
		for (int i = 0; i < 5; i++)
			*list_add(app->arena, &batch, str) = *list_item(all, str, k + i);
		right += hits(&t, &batch, order, t.people);
	}
	print_message("%d batches, %d right where it leaks\n", batches, right);
	assert_int_equal(right, 5 * batches);
	assert_true(right > batches + 4 * 3 + batches / 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(nobody_is_found), app_test(what_waits_is_noise_and_stays_so), app_test(a_leak_is_found) };
	return run_on_engines("attacker", tests);
}
