/* test_json.c - JSON in and out: strict when read, safe when written, and the same after both. */
#include "record_test.h"

static str json_of(struct ctx *c, const struct whole *w)
{
	struct buffer b = { 0 };
	record_write_json(&b, &whole_record, w);
	str s = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return s;
}

static void no_value_is_null(void **state)
{
	struct ctx *c = *state;
	struct whole w;
	record_clear(&whole_record, &w);
	w.password = S("never shown");
	assert_text(json_of(c, &w),
		"{\"name\":null,\"story\":null,\"kind\":null,\"count\":0,\"maybe\":null,\"share\":null,\"agreed\":false,\"start\":null,\"seen\":null,"
		"\"budget\":0.00,\"tags\":[],\"rows\":[],\"inner\":{\"day\":null,\"hours\":0}}");
}

static void every_type_is_written(void **state)
{
	struct ctx *c = *state;
	struct whole w = { .name = S("Ada"), .story = S(""), .kind = S("short"), .count = INT64_MIN, .maybe = INT64_MAX, .share = 0.1, .agreed = true,
		.start = date_of(9999, 12, 31), .seen = { -1 }, .budget = { -5 }, .inner = { date_of(1, 1, 1), 9007199254740993 } };
	*list_add(c->arena, &w.tags, str) = S("x\"y");
	*list_add(c->arena, &w.tags, str) = (str){ 0 };
	*list_add(c->arena, &w.rows, struct part) = (struct part){ date_of(2026, 2, 28), 8 };
	assert_text(json_of(c, &w),
		"{\"name\":\"Ada\",\"story\":\"\",\"kind\":\"short\",\"count\":-9223372036854775808,\"maybe\":9223372036854775807,\"share\":0.1,\"agreed\":true,"
		"\"start\":\"9999-12-31\",\"seen\":\"1969-12-31T23:59:59.999Z\",\"budget\":-0.05,\"tags\":[\"x\\\"y\",null],"
		"\"rows\":[{\"day\":\"2026-02-28\",\"hours\":8}],\"inner\":{\"day\":\"0001-01-01\",\"hours\":9007199254740993}}");
	w.share = INFINITY;
	assert_true(str_has(json_of(c, &w), S("\"share\":null")));
}

static void text_is_escaped_for_json_and_html(void **state)
{
	(void)state;
	static const struct { str text; const char *json; } cases[] = {
		{ { "", 0 }, "\"\"" },
		{ { "plain text that is longer than eight", 36 }, "\"plain text that is longer than eight\"" },
		{ { "\"\\/\b\t\n\f\r\v", 9 }, "\"\\\"\\\\/\\b\\t\\n\\f\\r\\u000b\"" },
		{ { "\0\x01\x1F\x7F", 4 }, "\"\\u0000\\u0001\\u001f\\u007f\"" },
		{ { "</script><!--", 13 }, "\"\\u003c/script>\\u003c!--\"" },
		{ { "\xE2\x80\xA8 \xE2\x80\xA9 \xE2\x80\xAA", 11 }, "\"\\u2028 \\u2029 \xE2\x80\xAA\"" },
		{ { "\xC3\xA9\xF0\x9F\x98\x80", 6 }, "\"\xC3\xA9\xF0\x9F\x98\x80\"" },
		{ { "a\xFF\xC0\xAF", 4 }, "\"a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"" },
		{ { NULL, 0 }, "null" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buffer b = { 0 };
		json_write_text(&b, cases[i].text);
		assert_text(buffer_text(&b), cases[i].json);
		buffer_done(&b);
	}
	/* A special byte in every place of a text of sixteen is found by the eight-at-once path too. */
	for (int special = 0; special < 256; special++)
		for (size_t at = 0; at < 16; at++) {
			char text[16] = "abcdefghijklmnop";
			text[at] = (char)special;
			struct buffer b = { 0 };
			json_write_text(&b, (str){ text, 16 });
			bool plain = special >= 0x20 && special < 0x7F && special != '"' && special != '\\' && special != '<';
			assert_int_equal(b.len == 18 && !memcmp(b.at + 1, text, 16), plain);
			buffer_done(&b);
		}
}

/* A route's {id} stands, whatever the object says. */
static void what_a_route_gave_stands(void **state)
{
	struct ctx *c = *state;
	struct whole o = { 0 };
	list given = { 0 };
	*list_add(c->arena, &given, struct given) = (struct given){ S("count"), S("7") };
	*list_add(c->arena, &given, struct given) = (struct given){ S("name"), S("Ada") };
	assert_int_equal(record_read_json_with(c, &whole_record, S("{\"name\":\"Bo\",\"inner\":{\"day\":\"2026-01-01\"}}"), &given, &o), OK);
	assert_int_equal(o.count, 7);
	assert_true(str_eq(o.name, S("Ada")));
	*list_add(c->arena, &given, struct given) = (struct given){ S("count"), S("seven") };
	assert_int_equal(record_read_json_with(c, &whole_record, S("{\"inner\":{\"day\":\"2026-01-01\"}}"), &given, &o), INVALID);
}

#define GOOD "\"name\":\"Ada\",\"inner\":{\"day\":\"2026-01-01\"}"

static void each_wrong_type_is_named_by_its_path(void **state)
{
	static const struct { const char *json, *place, *nl, *en; } cases[] = {
		{ "{" GOOD ",\"count\":\"3\"}", "count", "count moet in JSON een heel getal zijn.", "count must be a whole number in JSON." },
		{ "{" GOOD ",\"count\":3.0}", "count", "count moet in JSON een heel getal zijn.", "count must be a whole number in JSON." },
		{ "{" GOOD ",\"count\":101}", "count", "count mag niet lager zijn dan -20 en niet hoger dan 100.", "count must be between -20 and 100." },
		{ "{" GOOD ",\"share\":true}", "share", "share moet in JSON een getal zijn.", "share must be a number in JSON." },
		{ "{" GOOD ",\"agreed\":1}", "agreed", "agreed moet in JSON true of false zijn.", "agreed must be true or false in JSON." },
		{ "{" GOOD ",\"start\":20261123}", "start", "Startdatum moet in JSON een tekst tussen aanhalingstekens zijn.", "Start date must be a string in JSON." },
		{ "{" GOOD ",\"start\":\"23-11-2026\"}", "start", "Vul bij startdatum een datum in, zoals 2026-11-23.", "Start date must be a date, like 2026-11-23." },
		{ "{" GOOD ",\"start\":\"2026-02-31\"}", "start", "De dag 2026-02-31 bestaat niet. Kijk startdatum nog eens na.", "There is no day 2026-02-31. Check start date." },
		{ "{" GOOD ",\"budget\":1.005}", "budget", "Vul bij budget een bedrag in, zoals 12,50.", "budget must be an amount, like 12.50." },
		{ "{" GOOD ",\"budget\":1e13}", NULL, NULL, NULL },
		{ "{" GOOD ",\"budget\":1.1e13}", "budget", "Vul bij budget een bedrag in, zoals 12,50.", "budget must be an amount, like 12.50." },
		{ "{" GOOD ",\"tags\":\"a\"}", "tags", "tags moet in JSON een lijst tussen blokhaken zijn.", "tags must be an array in JSON." },
		{ "{" GOOD ",\"tags\":[\"a\",2]}", "tags.1", "tags moet in JSON een tekst tussen aanhalingstekens zijn.", "tags must be a string in JSON." },
		{ "{" GOOD ",\"tags\":[\"a\",\"b\",\"c\",\"d\"]}", "tags", "Geef bij tags hoogstens 3 op. Je hebt er nu 4.", "For tags, give at most 3. You have 4 now." },
		{ "{" GOOD ",\"rows\":[{\"day\":\"2026-01-01\"},[]]}", "rows.1", "rows moet in JSON een object tussen accolades zijn.", "rows must be an object in JSON." },
		{ "{" GOOD ",\"rows\":[{\"hours\":3}]}", "rows.0.day", "Vul day in.", "Enter day." },
		{ "{" GOOD ",\"rows\":[{\"day\":null}]}", "rows.0.day", "Vul day in.", "Enter day." },
		{ "{" GOOD ",\"is_admin\":true}", "is_admin", "Het veld ‘is_admin’ kennen we hier niet. Haal het weg.", "There is no field ‘is_admin’ here. Remove it." },
		{ "{" GOOD ",\"Name\":\"x\"}", "Name", "Het veld ‘Name’ kennen we hier niet. Bedoel je ‘name’?", "There is no field ‘Name’ here. Did you mean ‘name’?" },
		{ "{\"name\":\"Ada\"}", "inner.day", "Vul day in.", "Enter day." },
		{ "{\"name\":\"Ada\",\"inner\":null}", "inner.day", "Vul day in.", "Enter day." },
		{ "{\"name\":\"Ada\",\"inner\":[]}", "inner", "inner moet in JSON een object tussen accolades zijn.", "inner must be an object in JSON." },
		{ "{\"name\":\"A\\u0007da\",\"inner\":{\"day\":\"2026-01-01\"}}", "name",
			"In naam staat een onzichtbaar teken. Typ de tekst opnieuw, of plak hem zonder opmaak.",
			"Name has an invisible character. Type the text again, or paste it as plain text." },
		{ "{" GOOD ",\"count\":null,\"tags\":null,\"seen\":\"2026-11-23T21:43:00+01:00\"}", NULL, NULL, NULL },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ctx *c = *state;
		struct whole w;
		c->problems = (list){ 0 };
		enum status status = record_read_json(c, &whole_record, str_of(cases[i].json), &w);
		if (status != (cases[i].place ? INVALID : OK))
			fail_msg("%s answers %d", cases[i].json, status);
		if (cases[i].place)
			assert_problem(c, cases[i].place, cases[i].nl, cases[i].en);
	}
}

static void what_is_no_json_is_refused_as_a_whole(void **state)
{
	static const struct { const char *json, *en; } cases[] = {
		{ "[]", "The JSON must be an object, between braces." },
		{ "3", "The JSON is not valid at line 1, column 1: '[' or '{' expected near '3'. Mend that and send it again." },
		{ "", "The JSON is not valid at line 1, column 0: '[' or '{' expected near end of file. Mend that and send it again." },
		{ "{\n\"a\": 1,,\n}", "The JSON is not valid at line 2, column 8: string or '}' expected near ','. Mend that and send it again." },
		{ "{\"name\":\"a\",\"name\":\"b\"}", "The JSON names a field twice, at line 1, column 18. Keep one of them." },
		{ "{\"a\":1} trailing", "The JSON is not valid at line 1, column 16: end of file expected near 'trailing'. Mend that and send it again." },
		{ "{\"a\":\"\xC3(\"}", NULL }, { "{\"a\":\"\\u0000\"}", NULL }, { "{\"a\":\"\\ud800\"}", NULL }, { "{\"a\":1e999}", NULL },
		{ "{\"a\":123456789012345678901}", NULL }, { "{\"a\":NaN}", NULL }, { "{'a':1}", NULL },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ctx *c = *state;
		struct whole w;
		c->problems = (list){ 0 };
		if (record_read_json(c, &whole_record, str_of(cases[i].json), &w) != INVALID)
			fail_msg("%s is accepted", cases[i].json);
		assert_text(c->code, "json");
		assert_int_equal(c->problems.count, 0);
		if (cases[i].en)
			assert_text(said_text(c->arena, EN, &c->said), cases[i].en);
	}
}

static void depth_is_limited_before_anything_is_built(void **state)
{
	struct ctx *c = *state;
	struct whole w;
	static char deep[200000];
	memset(deep, '[', sizeof deep);
	assert_int_equal(record_read_json(c, &whole_record, (str){ deep, sizeof deep }, &w), INVALID);
	assert_text(said_text(c->arena, NL, &c->said), "De JSON gaat meer dan 64 niveaus diep. Maak hem platter.");
	memset(deep, '[', 64);
	assert_int_equal(record_read_json(c, &whole_record, (str){ deep, 64 }, &w), INVALID);
	assert_false(str_has(said_text(c->arena, NL, &c->said), S("niveaus")));
	/* Brackets inside a text are text. */
	assert_int_equal(record_read_json(c, &whole_record, text_format(c->arena, "{" GOOD ",\"story\":\"\\\"%.*s\"}", 1000, deep), &w), OK);
}

/* ---- Whatever is written is read back the same. ---- */

static uint64_t seed = 20261123;
static uint64_t next(void)                                      /* xorshift64*, so that every run is the same */
{
	seed ^= seed >> 12;
	seed ^= seed << 25;
	seed ^= seed >> 27;
	return seed * UINT64_C(2685821657736338717);
}

static str random_text(struct arena *a, size_t most, bool lines)
{
	char *at = arena_take(a, most * 4 + 2);
	size_t n = 0;
	at[n++] = 'x';                                          /* ends without white space, so that trimming takes nothing */
	for (size_t left = next() % most; left > 1; left--) {
		uint32_t point = (uint32_t)(next() % (next() % 4 ? 0x80 : 0x110000));
		if ((point < 0x20 && !(lines && point == '\n')) || (point >= 0x7F && point < 0xA0) || (point >= 0xD800 && point < 0xE000))
			point = '<';
		n += utf8_put(at + n, point);
	}
	at[n++] = 'x';
	return (str){ at, n };
}

static double random_real(void)
{
	if (next() % 2)
		return (double)(next() % 100001) / 100000;
	return (double)(next() >> 11) / 9007199254740992.0;
}

static void random_whole(struct arena *a, struct whole *w)
{
	record_clear(&whole_record, w);
	w->name = random_text(a, 18, false);
	w->story = next() % 4 ? random_text(a, 600, true) : (str){ 0 };
	w->kind = next() % 2 ? kinds[next() % 3].value : (str){ 0 };
	w->count = (int64_t)(next() % 121) - 20;
	w->maybe = next() % 2 ? (int64_t)(next() >> 1) | 8 : 0;
	w->share = next() % 4 ? random_real() : NAN;
	w->agreed = next() % 2;
	w->start = next() % 4 ? (date){ 1 + (int32_t)(next() % 3652059) } : (date){ 0 };
	w->seen.ms = next() % 4 ? (int64_t)(next() % 253402300800000) - (int64_t)(next() % 2 * 62000000000000) : 0;
	if (w->seen.ms >= 253402300800000 || w->seen.ms < -62135596800000)
		w->seen.ms = 1;
	w->budget.cents = (int64_t)(next() % (next() % 2 ? 1000000 : 2000000000000001)) - 1000;
	w->budget.cents = w->budget.cents > 1000000000000000 ? 1000000000000000 : w->budget.cents;
	for (size_t i = next() % 4; i; i--)
		*list_add(a, &w->tags, str) = random_text(a, 30, false);
	for (size_t i = next() % 20; i; i--)
		*list_add(a, &w->rows, struct part) = (struct part){ { 1 + (int32_t)(next() % 3652059) }, 1 + (int64_t)(next() % 24) };
	w->inner = (struct part){ date_of(2026, 1, 1), 1 };
}

static void what_is_written_is_read_the_same(void **state)
{
	(void)state;
	for (int i = 0; i < 5000; i++) {
		struct ctx c = { .arena = arena_new() };
		struct whole w, back;
		random_whole(c.arena, &w);
		str json = json_of(&c, &w);
		if (record_read_json(&c, &whole_record, json, &back) != OK) {
			const struct problem *p = c.problems.at;
			fail_msg("%.*s: %.*s in %.*s", S_ARG(c.problems.count ? p->field : S("")),
				S_ARG(said_text(c.arena, EN, c.problems.count ? &p->said : &c.said)), S_ARG(json));
		}
		list differences = record_difference(c.arena, &whole_record, &w, &back);
		if (differences.count)
			fail_msg("%.*s differs in %.*s", S_ARG(list_of(differences, struct difference)->field), S_ARG(json));
		assert_true(str_eq(json, json_of(&c, &back)));
		arena_free(c.arena);
	}
}

static void cents_survive_to_the_limit(void **state)
{
	struct ctx *c = *state;
	for (int64_t cents = 1000000000000000; cents > 999999999980000; cents--) {
		struct whole w = { .name = S("Ada"), .share = NAN, .budget = { cents }, .inner = { date_of(2026, 1, 1), 1 } }, back;
		assert_int_equal(record_read_json(c, &whole_record, json_of(c, &w), &back), OK);
		assert_true(back.budget.cents == cents);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
	const struct CMUnitTest tests[] = {
		TEST(no_value_is_null), TEST(every_type_is_written), TEST(text_is_escaped_for_json_and_html), TEST(each_wrong_type_is_named_by_its_path),
		TEST(what_is_no_json_is_refused_as_a_whole), TEST(depth_is_limited_before_anything_is_built), TEST(what_is_written_is_read_the_same),
		TEST(cents_survive_to_the_limit), TEST(what_a_route_gave_stands),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
