/* test_plans.c - how what is asked of the record is found, on both engines: by an index, in the order in which it is given, never by looking at every statement. */
#include "tool.h"
#include "store/store.h"
#include "xapi.sql.h"
#include <sqlite3.h>

/* ordered: it walks in the order of its answer and stops at its limit, so nothing is sorted. On PostgreSQL it may sort what it takes for a handful,
 * but not where all of them would have to be sorted: by time. */
struct asked { const struct query *query; bool ordered, many, sqlite; };       /* sqlite: on PostgreSQL nothing stands where it looks */
#define BOTH_WAYS(name, many) { &query_statements_by_##name##_desc, true, many }, { &query_statements_by_##name##_asc, true, many }

static const struct asked all[] = { BOTH_WAYS(registration, false), BOTH_WAYS(actor, false), BOTH_WAYS(actor_wide, false), BOTH_WAYS(activity, false), BOTH_WAYS(activity_wide, false), BOTH_WAYS(verb, false), BOTH_WAYS(time, true), { &query_statements_waiting_desc, true, true, true }, { &query_statements_waiting_asc, true, true, true },
	{ &query_statement_by_id, true }, { &query_attachments_of, false }, { &query_statement_last, true }, { &query_statement_known, true }, { &query_statements_known, true },
	{ &query_found_copy, false }, { &query_found_actor_copy, false }, { &query_found_activity_copy, false },
	{ &query_actors_known, true }, { &query_verbs_known, true }, { &query_activities_known, true }, { &query_identifier_statements, false },
	{ &query_statements_of_person, false }, { &query_statements_of_person_count, false }, { &query_learning_of_person, false } };
enum { ALL = sizeof all / sizeof all[0] };

/* Enough rows for an index to be worth its while. */
static void fill(struct app *a)
{
	static const char *const into[] = {
		"statement (stored, id, digest, made, version, client, attachments, text) select i * 1000, 'id-' || i, 'd', 1, '1.0.3', 0, 0, 'a statement of some length, so that there are pages' from n",
		"statement_found (stored, said, actor, verb, activity, registration) select i * 1000, i * 1000, i % 500 + 1, i % 7 + 1, i % 300 + 1, 'r-' || (i % 400) from n",
		"statement_actor (actor, wide, stored, said) select i % 400 + 1, i % 2, i * 1000, i * 1000 from n",
		"statement_activity (activity, stored, said) select i % 300 + 1, i * 1000, i * 1000 from n",
		"statement_target (target, stored, voids) select 'id-' || (i + 7), i * 1000, 0 from n",
		"statement_attachment (stored, number, attachment, type) select i * 1000, 0, 1, 'text/plain' from n",
		"xapi_actor (kind, key, made) select 'openid', 'http://x.example/' || i, 1 from n",
		"xapi_verb (iri) select 'http://x.example/' || i from n",
		"xapi_activity (iri) select 'http://x.example/' || i from n" };
	sql(a, text_c(a->arena, text_format(a->arena, "insert into attachment (id, sha2, bytes, made) values (1, '00', %s, 1)", str_starts(a->url, S("sqlite")) ? "x'00'" : "'\\x00'")));
	for (size_t i = 0; i < sizeof into / sizeof into[0]; i++)
		sql(a, text_c(a->arena, text_format(a->arena, "with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000) insert into %s", into[i])));
}

/* ---- SQLite ---- */

/* The short table of what waits is walked as a whole. */
static bool sqlite_line_is_good(const struct asked *q, str detail)
{
	bool scans = str_starts(detail, S("SCAN ")) && !str_has(detail, S("VIRTUAL TABLE")) && !str_has(detail, S("CONSTANT ROW"));
	/* What an index or a part of the query has already found may be gone through. */
	scans = scans && !str_starts(detail, S("SCAN (")) && !str_starts(detail, S("SCAN all_of_them")) && !str_starts(detail, S("SCAN x"));
	return !scans && !(q->ordered && str_has(detail, S("TEMP B-TREE")));
}

static int sqlite_wrong(struct app *a, const struct asked *q)
{
	sqlite3 *db;
	sqlite3_stmt *s;
	int wrong = 0;
	assert_int_equal(sqlite3_open_v2(text_c(a->arena, str_from(a->url, 7)), &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, text_c(a->arena, text_format(a->arena, "explain query plan %s", q->query->sqlite)), -1, &s, NULL), SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW) {
		str detail = str_of((const char *)sqlite3_column_text(s, 3));
		if (sqlite_line_is_good(q, detail))
			continue;
		print_message("%s: " S_FMT "\n", q->query->name, S_ARG(detail));
		wrong++;
	}
	sqlite3_finalize(s);
	sqlite3_close(db);
	return wrong;
}

/* ---- PostgreSQL ---- */

static bool is_text(const struct query *q, const char *parameter)
{
	const struct field *f = field_find(q->in, str_of(parameter));
	return f && (f->type == FIELD_TEXT || f->type == FIELD_DATE);
}

/* The plan that serves every value, which is what a prepared query comes to. */
static str postgres_plan(struct app *a, const struct query *q)
{
	str types = S(""), values = S("");
	for (int i = 0; q->parameters[i]; i++) {
		bool text = is_text(q, q->parameters[i]), many = str_eq(str_of(q->parameters[i]), S("all"));
		types = text_format(a->arena, S_FMT "%s%s", S_ARG(types), i ? ", " : "", text ? "text" : "bigint");
		values = text_format(a->arena, S_FMT "%s%s", S_ARG(values), i ? ", " : "", many ? "'[\"id-7\"]'" : text ? "'r-7'" : "7");
	}
	bool none = !types.len;
	return sql_text(a, text_c(a->arena, text_format(a->arena, "set plan_cache_mode = force_generic_plan; prepare p %s" S_FMT "%s as %s; explain (format json) execute p%s" S_FMT "%s",
		none ? "" : "(", S_ARG(types), none ? "" : ")", q->postgres, none ? "" : "(", S_ARG(values), none ? "" : ")")));
}

static int postgres_wrong(struct app *a, const struct asked *q)
{
	str plan = postgres_plan(a, q->query), rest = plan;
	int wrong = 0;
	for (size_t i = 0; i + 30 < plan.len; i++) {
		rest = str_from(plan, i);
		if (str_starts(rest, S("\"Node Type\": \"Sort\"")))
			wrong += q->many;
		if (!str_starts(rest, S("\"Node Type\": \"Seq Scan\"")))
			continue;
		while (rest.len && !str_starts(rest, S("\"Relation Name\": \"")))
			rest = str_from(rest, 1);
		wrong += str_starts(str_from(rest, 18), S("statement"));
	}
	if (wrong)
		print_message("%s: " S_FMT "\n", q->query->name, S_ARG(plan));
	return wrong;
}

static void everything_asked_is_found_by_an_index(void **state)
{
	struct app *a = *state;
	bool postgres = str_starts(a->url, S("postgres"));
	int wrong = 0;
	fill(a);
	if (postgres)
		sql(a, "analyze");
	for (int i = 0; i < ALL; i++)
		wrong += !postgres ? sqlite_wrong(a, &all[i]) : all[i].sqlite ? 0 : postgres_wrong(a, &all[i]);
	assert_int_equal(wrong, 0);
}

/* The test sees what it looks for. */
static void a_query_without_an_index_is_told(void **state)
{
	struct app *a = *state;
	bool postgres = str_starts(a->url, S("postgres"));
	struct query by_digest = query_statement_by_id;
	by_digest.name = "by digest";
	by_digest.sqlite = "select stored, text, attachments from statement where digest = ?1 and ?2 = 0 and ?3 = 0 order by made";
	by_digest.postgres = "select stored, text, attachments from statement where digest = $1 and $2 = 0 and $3 = 0 order by made";
	const struct asked q = { &by_digest, true, true };
	fill(a);
	assert_int_equal(postgres ? postgres_wrong(a, &q) : sqlite_wrong(a, &q), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(everything_asked_is_found_by_an_index), app_test(a_query_without_an_index_is_told) };
	return run_on_engines("xapi_plans", tests);
}
