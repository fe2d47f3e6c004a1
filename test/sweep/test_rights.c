/* test_rights.c - who may do what, by the kept files and by trying it; and that nobody reads another person's ratings who has no business there. */
#include "sample.h"
#include "web/operation.h"
#include "wijzer.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static str file_read(struct arena *a, const char *name)
{
	char path[4096], piece[65536];
	struct buffer b = { 0 };
	snprintf(path, sizeof path, "%s/test/%s", getenv("WIJZER_SOURCE"), name);
	FILE *f = fopen(path, "r");
	for (size_t n; f && (n = fread(piece, 1, sizeof piece, f)) > 0; )
		buffer_add(&b, (str){ piece, n });
	if (f)
		fclose(f);
	str text = text_copy(a, buffer_text(&b));
	buffer_done(&b);
	return text;
}

/* Fails with the difference and with the command that renews the file, so that a change of rights is seen in its commit. */
static void assert_kept(struct app *app, const char *name, str now, const char *renew)
{
	char path[4096], made[200];
	if (str_eq(file_read(app->arena, name), now))
		return;
	snprintf(path, sizeof path, "%s/test/%s", getenv("WIJZER_SOURCE"), name);
	snprintf(made, sizeof made, "%s/now.txt", app->folder);
	FILE *f = fopen(getenv("WIJZER_RENEW") ? path : made, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(now.at, 1, now.len, f), now.len);
	fclose(f);
	if (getenv("WIJZER_RENEW"))
		return;
	const char *command = text_c(app->arena, text_format(app->arena, "diff -u '%s' '%s' >&2", path, made));
	print_error("test/%s is not what the program does now. If that was meant: %s\n", name, renew);
	if (system(command) == 0)
		print_error("(no difference in lines)\n");
	fail();
}

static void the_matrix_is_the_kept_one(void **state)
{
	struct app *app = *state;
	struct buffer b = { 0 };
	rights_write(&b, app->web);
	assert_kept(app, "rights.txt", text_copy(app->arena, buffer_text(&b)), "build/wijzer operations --rights > test/rights.txt");
	buffer_done(&b);
}

/* ---- Trying it ---- */

/* One role each and nothing else, but for a lead, who is always a person too. */
static const struct { const char *role, *email; int bits; } alone[] = {
	{ "employee", NULL, 1 }, { "lead", NULL, 3 }, { "learning", "learning@only.example", 4 }, { "board", "board@only.example", 8 },
	{ "council", "council@only.example", 16 }, { "privacy", "privacy@only.example", 32 }, { "administrator", "administrator@only.example", 64 }, { "nobody", NULL, 0 } };
enum { ALONE = sizeof alone / sizeof alone[0] };

static const char *alone_email(struct app *a, size_t i)
{
	return alone[i].bits == 1 ? email_of_who(a, EMPLOYEE_) : alone[i].bits == 3 ? email_of_who(a, LEAD_) : alone[i].email;
}

static void alone_prepare(struct app *a)
{
	samples_prepare(a);
	for (size_t i = 0; i < ALONE; i++)
		if (alone[i].email && !sql_number(a, text_c(a->arena, text_format(a->arena, "select count(*) from account where email = '%s'", alone[i].email))))
			sql(a, text_c(a->arena, text_format(a->arena, "insert into account (email, name, roles, demo, made) values ('%s', 'Only %s', %d, 0, 1)",
				alone[i].email, alone[i].role, alone[i].bits)));
}

static bool right_refused(struct answer a)
{
	return a.status == FORBIDDEN && (str_eq(a.code, S("forbidden")) || str_eq(a.code, S("sign-in")) || str_eq(a.code, S("credentials")));
}

static bool table_allows(const struct operation *op, int bits)
{
	struct asker me = { .account = bits != 0, .roles = (unsigned)bits };
	return access_may(wijzer_app.rights, &me, str_of(op->allow));
}

static const char *outcome_of(struct answer a)
{
	switch (a.status) {
	case OK: return "may";
	case NOT_FOUND: return "not-found";
	case FORBIDDEN: return right_refused(a) ? "-" : "forbidden";
	case INVALID: return "invalid";
	case CONFLICT: return "conflict";
	case BUSY: return "busy";
	case FULL: case BROKEN: break;
	}
	return "BROKEN";
}

/* Each operation with the input of its sample, as each role: first the right, then what the body makes of this reader. */
static void every_operation_as_every_role(void **state)
{
	struct app *kept = *state, *app = NULL;
	struct buffer b = { 0 };
	size_t wrong = 0;
	buffer_add_format(&b, "%-24s", "operation");
	for (size_t i = 0; i < ALONE; i++)
		buffer_add_format(&b, " %-13s", alone[i].role);
	for (size_t i = 0; i < operations_count(); i++) {
		const struct operation *op = operations_at(i);
		const struct sample *s = sample_find(str_of(op->name));
		if (s && s->why_not)
			continue;
		while (b.at[b.len - 1] == ' ')
			b.len--;
		buffer_add_format(&b, "\n%-24s", op->name);
		for (size_t k = 0; k < ALONE; k++) {
			if (!app || op->effect == WRITES) {                    /* what one did must not help or hinder the next */
				if (app)
					app_free(app);
				app = app_new("sqlite", true);
				alone_prepare(app);
			}
			list given = { 0 };
			if (s)
				given = sample_given(app, s);
			struct answer a = call_with(app, alone_email(app, k), op->name, &given);
			buffer_add_format(&b, " %-13s", outcome_of(a));
			if (right_refused(a) == table_allows(op, alone[k].bits) || a.status == BROKEN) {
				print_error("%s as %s: %s (" S_FMT "), and the table of rights says otherwise\n", op->name, alone[k].role, outcome_of(a), S_ARG(a.said));
				wrong++;
			}
		}
	}
	while (b.at[b.len - 1] == ' ')
		b.len--;
	buffer_add_char(&b, '\n');
	app_free(app);
	assert_int_equal(wrong, 0);
	assert_kept(kept, "sweep/outcomes.txt", text_copy(kept->arena, buffer_text(&b)), "WIJZER_RENEW=1 meson test -C build rights");
	buffer_done(&b);
}

/* ---- Whose ratings ---- */

#define SECRET "zqx-said-of-youssef"

/* Whether what is told here could be a rating, an estimate or what stands beside one. */
static bool tells_ratings(const struct record *r, int depth)
{
	static const char *const names[] = { "level", "levels", "mean", "estimate", "sd", "low80", "high80", "p_below", "weighted_gap", "note", "said", "stand", "text", "last" };
	for (size_t i = 0; i < r->count; i++) {
		for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
			if (!strcmp(r->fields[i].name, names[k]))
				return true;
		if (depth < 4 && r->fields[i].of && tells_ratings(r->fields[i].of, depth + 1))
			return true;
	}
	return false;
}

/* Every id that could be Youssef's, or that of something about him. */
static list given_about_youssef(struct app *app, const struct operation *op)
{
	list given = { 0 };
	const struct sample *s = sample_find(str_of(op->name));
	if (s)
		given = sample_values(app, s);
	str person = sql_text(app, "select id from person where name = 'Youssef el Hamdi'");
	bool has = false;
	for (each(struct given, g, given)) {
		if (str_eq(g->name, S("person")))
			g->value = person;
		has |= str_eq(g->name, S("person"));
	}
	if (!has && field_find(op->input, S("person")))
		*list_add(app->arena, &given, struct given) = (struct given){ S("person"), person };
	return given;
}

/* Nobody here has business with Youssef's ratings: a colleague, a lead of another unit, the board, an administrator, the works council, the privacy officer. */
static void nobody_else_reads_what_was_said(void **state)
{
	struct app *app = *state;
	static const char *const others[] = { "kevin@other.example", "anouk@other.example", "board@only.example", "administrator@only.example",
		"council@only.example", "privacy@only.example", NULL };
	alone_prepare(app);
	sql(app, "insert into account (email, name, person, roles, demo, made) select 'kevin@other.example', name, id, 0, 0, 1 from person where name = 'Kevin Slagter'");
	sql(app, "insert into account (email, name, person, roles, demo, made) select 'anouk@other.example', name, id, 0, 0, 1 from person where name = 'Anouk Postma'");
	assert_int_equal(sql_number(app, "select count(*) from employment where end_day is null and lead = (select id from person where name = 'Anouk Postma')") > 0, 1);
	sql(app, "update rating set note = '" SECRET "' where person = (select id from person where name = 'Youssef el Hamdi')");
	sql(app, "update rating_view set text = '" SECRET "' where rating in (select id from rating where person = (select id from person where name = 'Youssef el Hamdi'))");
	const char *skill = text_c(app->arena, text_format(app->arena, "skill=" S_FMT, S_ARG(sql_text(app, "select id from skill where key = 'energy-renovation'"))));
	const char *id = text_c(app->arena, text_format(app->arena, "id=" S_FMT, S_ARG(sql_text(app, "select id from person where name = 'Youssef el Hamdi'"))));

	/* Those who have: the proof would prove nothing if nobody could read it. */
	struct answer own = call(app, email_of_who(app, EMPLOYEE_), "my_skill_show", skill, NULL);
	assert_answer(own, OK);
	assert_true(str_has(own.json, S(SECRET)));
	struct answer lead = call(app, email_of_who(app, LEAD_), "person_skill", id, skill, NULL);
	assert_answer(lead, OK);
	assert_true(str_has(lead.json, S(SECRET)));
	struct answer learning = call(app, email_of_who(app, LEARNING_), "person_skill", id, skill, NULL);
	assert_answer(learning, OK);
	assert_true(str_has(learning.json, S(SECRET)));

	size_t wrong = 0, tried = 0;
	for (size_t i = 0; i < operations_count(); i++) {
		const struct operation *op = operations_at(i);
		if (op->effect != READS || op->reply == RAW)
			continue;
		list given = given_about_youssef(app, op);
		for (const char *const *as = others; *as; as++, tried++) {
			struct answer a = call_with(app, *as, op->name, &given);
			if (a.status != OK)
				continue;
			bool named = str_has(a.json, S("Youssef el Hamdi")) && strcmp(op->name, "colleague_find");
			/* His own word about Kevin is Kevin's to read, with its rater. */
			bool about_kevin = !strcmp(*as, "kevin@other.example") && !str_has(a.json, S(SECRET));
			if (str_has(a.json, S(SECRET)) || (named && tells_ratings(op->output, 0) && !about_kevin)) {
				print_error("%s shows %s what was said of Youssef:\n" S_FMT "\n", op->name, *as, S_ARG(str_until(a.json, a.json.len < 600 ? a.json.len : 600)));
				wrong++;
			}
		}
	}
	assert_true(tried > 100);
	assert_int_equal(wrong, 0);
	/* By name: the ways that lead to one person's ratings. */
	for (const char *const *as = others; *as; as++) {
		assert_int_not_equal(call(app, *as, "person_skills", id, NULL).status, OK);
		assert_int_not_equal(call(app, *as, "person_skill", id, skill, NULL).status, OK);
	}
}

int main(void)
{
	if (!getenv("WIJZER_SOURCE") || !getenv("WIJZER_DEMO")) {
		puts("skipped: WIJZER_SOURCE and WIJZER_DEMO are not set");
		return 77;
	}
	const struct CMUnitTest once[] = { app_test(the_matrix_is_the_kept_one), app_test(every_operation_as_every_role) };
	const struct CMUnitTest tests[] = { app_test_demo(nobody_else_reads_what_was_said) };
	return cmocka_run_group_tests_name("rights", once, NULL, NULL) + run_on_engines("whose ratings", tests);
}
