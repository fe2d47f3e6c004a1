/* test_people.c - who is found by whom, and what they then see. */
#include "harness.h"
#include "people/people.h"
#include "store/store.h"
#include <jansson.h>
#include <stdio.h>
#include <string.h>

static int64_t number_in(struct answer a, const char *field)
{
	json_t *o = json_loadb(a.json.at, a.json.len, 0, NULL);
	json_t *n = json_object_get(o, field);
	int64_t number = json_is_integer(n) ? json_integer_value(n) : -1;
	json_decref(o);
	return number;
}

static size_t count_in(struct answer a, const char *field)
{
	json_t *o = json_loadb(a.json.at, a.json.len, 0, NULL);
	size_t n = json_array_size(json_object_get(o, field));
	json_decref(o);
	return n;
}

struct house { int64_t anna, bert, cem, dirk; };

/* Anna leads Bert; Cem works elsewhere, led by Dirk. */
static struct house house_make(struct app *app)
{
	struct house h;
	someone(app, "hr@x.example", "Hanna", "learning", NULL, NULL, NULL);
	h.anna = someone(app, "anna@x.example", "Anna Çelik", NULL, "Wonen/Verhuur", "Teamleider", NULL);
	h.bert = someone(app, "bert@x.example", "Bert Smit", NULL, "Wonen/Verhuur", "Adviseur", "anna@x.example");
	h.dirk = someone(app, "dirk@x.example", "Dirk 100% Vos", NULL, "Vastgoed", "Teamleider", NULL);
	h.cem = someone(app, "cem@x.example", "Cem Kaya", NULL, "Vastgoed", "Opzichter", "dirk@x.example");
	return h;
}

static const char *id_of(struct app *app, int64_t id)
{
	return text_c(app->arena, text_format(app->arena, "id=%lld", (long long)id));
}

static void people_are_found(void **state)
{
	struct app *app = *state;
	house_make(app);
	struct answer a = call(app, "hr@x.example", "people_list", NULL);
	assert_answer(a, OK);
	assert_int_equal(number_in(a, "people"), 4);
	assert_int_equal(number_in(a, "teams"), 2);
	assert_true(a.queries <= 6);
	assert_int_equal(number_in(call(app, "hr@x.example", "people_list", "find=celik", NULL), "people"), 1);
	assert_int_equal(number_in(call(app, "hr@x.example", "people_list", "find=%", NULL), "people"), 1);       /* a sign, not "everything" */
	assert_int_equal(number_in(call(app, "hr@x.example", "people_list", "find=_", NULL), "people"), 0);
	assert_int_equal(number_in(call(app, "hr@x.example", "people_list", "find=nobody", NULL), "people"), 0);
	assert_answer(call(app, "bert@x.example", "people_list", NULL), FORBIDDEN);
	assert_answer(call(app, NULL, "people_list", NULL), FORBIDDEN);
}

static void who_left_is_found_when_asked(void **state)
{
	struct app *app = *state;
	house_make(app);
	sql(app, "update employment set end_day = '2020-12-31', start_day = '2020-01-01' where person = (select id from person where name = 'Cem Kaya')");
	assert_int_equal(number_in(call(app, "hr@x.example", "people_list", NULL), "people"), 3);
	struct answer a = call(app, "hr@x.example", "people_list", "left=1", "find=cem", NULL);
	assert_int_equal(number_in(a, "people"), 1);
	assert_true(str_has(a.json, S("\"end_day\":\"2020-12-31\"")));
}

static void a_list_comes_in_pages(void **state)
{
	struct app *app = *state;
	struct buffer b = { 0 };
	someone(app, "hr@x.example", "Hanna", "learning", NULL, NULL, NULL);
	buffer_add(&b, S("lines="));
	for (int i = 0; i < 120; i++)
		buffer_add_format(&b, "Person %03d, p%d@x.example, Unit %d, Role\n", i, i, i % 3);
	assert_answer(call(app, "hr@x.example", "people_paste", text_c(app->arena, buffer_text(&b)), NULL), OK);
	struct answer a = call(app, "hr@x.example", "people_list", "skip=100", NULL);
	assert_int_equal(number_in(a, "people"), 120);
	assert_int_equal(count_in(a, "entries"), 20);
	assert_int_equal(number_in(a, "previous"), 50);
	assert_true(str_has(a.json, S("\"next\":null")));
	/* The same lines again are the same people. */
	a = call(app, "hr@x.example", "people_paste", text_c(app->arena, buffer_text(&b)), NULL);
	assert_answer(a, OK);
	assert_int_equal(number_in(a, "added"), 0);
	assert_int_equal(number_in(a, "same"), 120);
	buffer_done(&b);
}

static void pasted_lines_are_forgiving(void **state)
{
	struct app *app = *state;
	someone(app, "hr@x.example", "Hanna", "learning", NULL, NULL, NULL);
	struct answer a = call(app, "hr@x.example", "people_paste", "lines=Anna de Boer\n\nBert Smit\tbert@x.example\tWonen\tAdviseur\nCem Kaya; Wonen; Opzichter; cem@x.example", NULL);
	assert_answer(a, OK);
	assert_int_equal(number_in(a, "added"), 3);
	a = call(app, "hr@x.example", "people_list", NULL);
	assert_true(str_has(a.json, S("First team")));
	assert_true(str_has(a.json, S("Opzichter")));
	a = call(app, "hr@x.example", "people_paste", "lines=Dirk Vos\n\nAnna, anna@, Wonen", NULL);
	assert_answer(a, INVALID);
	assert_true(str_starts(problem_of(a, ""), S("pasted lines, line 3, column \"email\"")));
	assert_answer(call(app, "hr@x.example", "people_paste", "lines=", NULL), INVALID);
}

static void numbers_and_addresses_are_for_their_lead(void **state)
{
	struct app *app = *state;
	struct house h = house_make(app);
	struct answer a = call(app, "hr@x.example", "person_show", id_of(app, h.bert), NULL);
	assert_answer(a, OK);
	assert_true(str_has(a.json, S("bert@x.example")));
	assert_true(str_has(call(app, "anna@x.example", "person_show", id_of(app, h.bert), NULL).json, S("\"may_skills\":true")));
	a = call(app, "dirk@x.example", "person_show", id_of(app, h.bert), NULL);
	assert_answer(a, OK);
	assert_false(str_has(a.json, S("bert@x.example")));
	assert_true(str_has(a.json, S("\"may_skills\":false")));
	assert_true(str_has(a.json, S("Wonen/Verhuur")));
	a = call(app, "hr@x.example", "person_show", "id=999", NULL);
	assert_answer(a, NOT_FOUND);
	assert_string_equal(text_c(app->arena, a.code), "person-none");
	assert_answer(call(app, "bert@x.example", "person_show", id_of(app, h.cem), NULL), FORBIDDEN);
}

static void the_tree_counts_everybody_once(void **state)
{
	struct app *app = *state;
	house_make(app);
	/* Bert also works in Wonen/Service: once in each, once in Wonen. */
	sql(app, "insert into unit (parent, name, path, fold) select id, 'Service', 'Wonen/Service', 'wonen/service' from unit where path = 'Wonen'");
	sql(app, "insert into employment (person, unit, role, start_day) select p.id, u.id, r.id, '2020-01-01' from person p, unit u, role r "
		"where p.name = 'Bert Smit' and u.path = 'Wonen/Service' and r.name = 'Adviseur'");
	struct answer a = call(app, "hr@x.example", "units_show", NULL);
	assert_answer(a, OK);
	assert_int_equal(number_in(a, "people"), 4);
	assert_int_equal(number_in(a, "teams"), 3);
	assert_true(str_has(a.json, S("\"path\":\"Wonen\",\"people\":2")));
	assert_true(str_has(a.json, S("\"path\":\"Wonen/Service\",\"people\":1")));
	json_t *o = json_loadb(a.json.at, a.json.len, 0, NULL);
	int64_t wonen = json_integer_value(json_object_get(json_array_get(json_object_get(o, "units"), 1), "id"));
	json_decref(o);
	a = call(app, "hr@x.example", "unit_show", id_of(app, wonen), NULL);
	assert_answer(a, OK);
	assert_int_equal(number_in(a, "people"), 2);
	assert_int_equal(count_in(a, "below"), 2);
	assert_int_equal(count_in(a, "members"), 2);
	assert_answer(call(app, "hr@x.example", "unit_show", "id=999", NULL), NOT_FOUND);
}

static void a_colleague_is_found_by_name_only(void **state)
{
	struct app *app = *state;
	house_make(app);
	struct answer a = call(app, "bert@x.example", "colleague_find", "find=ka", NULL);
	assert_answer(a, OK);
	assert_int_equal(count_in(a, "found"), 1);
	assert_true(str_has(a.json, S("\"name\":\"Cem Kaya\",\"unit_path\":\"Vastgoed\",\"role_name\":\"Opzichter\"}")));
	assert_answer(call(app, "bert@x.example", "colleague_find", "find=k", NULL), INVALID);
	assert_answer(call(app, "hr@x.example", "colleague_find", "find=ka", NULL), FORBIDDEN);   /* no employee: nobody's colleague */
}

struct asked { struct house h; bool anna_bert, anna_cem, anna_anna; list led, everybody, subtree; struct unit unit; bool found; };

static enum status ask(struct ctx *c, void *of)
{
	struct asked *q = of;
	TRY(person_leads(c, q->h.anna, q->h.bert, &q->anna_bert));
	TRY(person_leads(c, q->h.anna, q->h.cem, &q->anna_cem));
	TRY(person_leads(c, q->h.anna, q->h.anna, &q->anna_anna));
	TRY(people_led(c, q->h.anna, &q->led));
	TRY(people_in_unit(c, 0, &q->everybody));
	TRY(unit_find(c, S(" wonen /VERHUUR"), &q->unit, &q->found));
	return unit_subtree(c, q->unit.parent, &q->subtree);
}

static void other_features_get_answers(void **state)
{
	struct app *app = *state;
	struct asked q = { .h = house_make(app) };
	struct ctx c = { .arena = app->arena, .now = clock_now() };
	c.today = instant_date(c.now);
	assert_int_equal(store_read(app->store, 0, &c, ask, &q), OK);
	assert_true(q.anna_bert);
	assert_false(q.anna_cem);
	assert_false(q.anna_anna);
	assert_int_equal(q.led.count, 1);
	assert_int_equal(list_of(q.led, struct member)[0].person, q.h.bert);
	assert_int_equal(q.everybody.count, 4);
	assert_true(q.found);
	assert_int_equal(q.subtree.count, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		app_test(people_are_found), app_test(who_left_is_found_when_asked), app_test(a_list_comes_in_pages), app_test(pasted_lines_are_forgiving),
		app_test(numbers_and_addresses_are_for_their_lead), app_test(the_tree_counts_everybody_once), app_test(a_colleague_is_found_by_name_only),
		app_test(other_features_get_answers) };
	return run_on_engines("people", tests);
}
