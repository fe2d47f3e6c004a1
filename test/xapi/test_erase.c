/* test_erase.c - who is erased stands in no statement any more, wherever in it they stood; everybody else stands there byte for byte as before. */
#include "tool.h"
#include "base/sign.h"
#include "record/json.h"
#include "store/store.h"
#include "table/unzip.h"
#include "web/operation.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ANNA "anna.zwanenburg@x.example"
#define SHA "0b1f7ea51b9eb5b9ed1d4aa9d4d5a5a4d9c2a2b1"
#define BAS "{\"name\":\"Bas  de Boer\",\"mbox\":\"mailto:bas@x.example\"}"
#define VERB "\"verb\":{\"id\":\"http://x.example/v\"}"
#define THING "\"object\":{\"id\":\"http://x.example/o\"}"

static const char *said(struct app *a, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	str text = text_vformat(a->arena, format, values);
	va_end(values);
	return text_c(a->arena, text);
}

/* Every place where somebody can stand. `{ANNA}` is an Agent that is her, by each of her identifiers in turn; afterwards the pseudonym stands there. */
static const char *const places[] = {
	"{\"actor\":{ANNA}," VERB "," THING ",\"result\" : { \"score\":{\"raw\":1.50} }}",
	"{\"actor\":" BAS "," VERB ",\"object\":{ANNA}}",
	"{\"actor\":" BAS "," VERB "," THING ",\"context\":{\"instructor\":{ANNA},\"extensions\":{\"http://x.example/e\":[1.0,{\"a\" :null}]}}}",
	"{\"actor\":" BAS "," VERB "," THING ",\"context\":{\"team\":{\"objectType\":\"Group\",\"name\":\"Noord\",\"member\":[" BAS ",{ANNA}]}}}",
	"{\"actor\":{\"objectType\":\"Group\",\"member\":[{ANNA}, " BAS "]}," VERB "," THING "}",
	"{\"actor\":" BAS "," VERB ",\"object\":{\"objectType\":\"SubStatement\",\"actor\":{ANNA}," VERB "," THING ",\"context\":{\"instructor\":{ANNA}}}}",
	"{\"actor\":" BAS "," VERB "," THING ",\"context\":{\"contextAgents\":[{\"objectType\":\"contextAgent\",\"agent\":{ANNA}}]}}",
	"{\"actor\":" BAS "," VERB "," THING ",\"context\":{\"contextGroups\":[{\"objectType\":\"contextGroup\",\"group\":{\"objectType\":\"Group\",\"member\":[{ANNA}]}}]}}" };
enum { PLACES = sizeof places / sizeof places[0] };

static str filled(struct app *a, const char *text, const char *who)
{
	struct buffer b = { 0 };
	for (const char *at = text, *next; ; at = next + 6) {
		next = strstr(at, "{ANNA}");
		buffer_add(&b, next ? (str){ at, (size_t)(next - at) } : str_of(at));
		if (!next)
			break;
		buffer_add(&b, str_of(who));
	}
	str done = text_copy(a->arena, buffer_text(&b));
	buffer_done(&b);
	return done;
}

static const char *agent_of(struct app *a, int i)
{
	const char *const all[] = { "{\"objectType\":\"Agent\",\"name\":\"Anna Zwanenburg\",\"mbox\":\"mailto:" ANNA "\"}", "{\"objectType\":\"Agent\",\"mbox\":\"mailto:Anna.Zwanenburg@X.example\"}",
		"{\"objectType\":\"Agent\",\"account\":{\"homePage\":\"http:\\/\\/lms.example\",\"name\":\"azwanenburg\"}}", "{\"objectType\":\"Agent\",\"openid\":\"http://id.example/zwanenburg\"}",
		said(a, "{\"objectType\":\"Agent\",\"mbox_sha1sum\":\"" S_FMT "\"}", S_ARG(sha1_hex(a->arena, S("mailto:" ANNA)))) };
	return all[i % 5];
}

static const char *id_of(struct app *a, size_t i)
{
	return said(a, "%08zu-0000-4000-8000-000000000000", i + 1);
}

static struct page put(struct app *a, const char *tool, size_t i, str json)
{
	return ask(a, "PUT", said(a, "/xapi/statements?statementId=%s", id_of(a, i)), with(a, tool, "2.0.0", NULL), "application/json", json);
}

static str statement_text(struct app *a, size_t i)
{
	return sql_text(a, said(a, "select text from statement where id = '%s'", id_of(a, i)));
}

static int64_t anna_of(struct app *a)
{
	int64_t anna = someone(a, ANNA, "Anna Zwanenburg", NULL, "Wonen", "Adviseur", NULL);
	someone(a, "bas@x.example", "Bas", NULL, "Wonen", "Adviseur", NULL);
	sql(a, "update person set person_id = 'NR-77123' where name = 'Anna Zwanenburg'");
	sql(a, said(a, "insert into person_identifier (person, kind, key, by_email, made) values (%lld, 'account', 'http://lms.example azwanenburg', 0, 1), (%lld, 'openid', 'http://id.example/zwanenburg', 0, 1)",
		(long long)anna, (long long)anna));
	return anna;
}

static void erased(struct app *a, int64_t anna)
{
	sql(a, said(a, "update employment set end_day = '2026-01-31' where person = %lld", (long long)anna));
	assert_answer(call(a, "unprotected", "erasures_again", said(a, "people.0.id=%lld", (long long)anna), NULL), OK);
}

static void wait_until_done(struct app *a)
{
	web_jobs_finish(a->web, 0);
	assert_int_equal(sql_number(a, "select count(*) from job where name = 'xapi_erase' and done is null"), 0);
}

static const char *const traces[] = { "zwanenburg", "Zwanenburg", "NR-77123" };

/* In every table of a backup, and in the bytes on the disk. */
static void nothing_is_left(struct app *a)
{
	char why[400];
	const char *copy = said(a, "%s/after.db", a->folder);
	unlink(copy);
	assert_int_equal(store_backup(a->store, str_of(copy), why), OK);
	const char *hash = said(a, S_FMT, S_ARG(sha1_hex(a->arena, S("mailto:" ANNA))));
	usleep(300000);                                                       /* the log is emptied soon after the last commit */
	for (size_t i = 0; i <= sizeof traces / sizeof traces[0]; i++) {
		const char *what = i < sizeof traces / sizeof traces[0] ? traces[i] : hash;
		if (!system(said(a, "grep -qaF '%s' %s", what, copy)))
			fail_msg("\"%s\" is left in a backup", what);
		if (str_starts(a->url, S("sqlite")) && !system(said(a, "grep -rlaF '%s' %s", what, a->folder)))
			fail_msg("\"%s\" is left on the disk", what);
	}
	unlink(copy);
}

static void in_every_place_a_pseudonym(void **state)
{
	struct app *a = *state;
	const char *tool = tool_new(a, "all", ALL_SCOPES);
	int64_t anna = anna_of(a);
	app_serve(a, false);
	str before[PLACES * 5];
	for (size_t i = 0; i < PLACES * 5; i++) {
		struct page p = put(a, tool, i, filled(a, places[i / 5], agent_of(a, (int)i)));
		if (p.status != 204)
			fail_msg("place %zu: " S_FMT, i, S_ARG(p.body));
		before[i] = statement_text(a, i);
	}
	assert_true(sql_number(a, said(a, "select count(*) from xapi_actor where person = %lld", (long long)anna)) >= 4);
	app_stop(a);
	erased(a, anna);
	app_serve(a, false);
	wait_until_done(a);
	str pseudonym = sql_text(a, "select pseudonym from erasure where decision = 'term'");
	const char *now = said(a, "{\"objectType\":\"Agent\",\"account\":{\"homePage\":\"urn:wijzer:erased\",\"name\":\"" S_FMT "\"}}", S_ARG(pseudonym));
	for (size_t i = 0; i < PLACES * 5; i++) {
		/* What was there, with her replaced where she stood. */
		str was = filled(a, places[i / 5], agent_of(a, (int)i)), is = filled(a, places[i / 5], now);
		str expected = text_join(a->arena, str_until(is, is.len - 1), str_from(before[i], was.len - 1));
		assert_true(str_starts(before[i], str_until(was, was.len - 1)));
		assert_string_equal(text_c(a->arena, statement_text(a, i)), text_c(a->arena, expected));
	}
	/* Nobody is found by what she had, everything by the pseudonym, each once. */
	for (int i = 0; i < 5; i++) {
		struct buffer b = { 0 };
		for (const char *c = agent_of(a, i); *c; c++)
			buffer_add_format(&b, "%%%02X", (unsigned char)*c);
		for (int wide = 0; wide < 2; wide++) {
			struct page p = ask(a, "GET", said(a, "/xapi/statements?agent=" S_FMT "&related_agents=%s", S_ARG(buffer_text(&b)), wide ? "true" : "false"), with(a, tool, "2.0.0", NULL), NULL, (str){ 0 });
			assert_string_equal(text_c(a->arena, p.body), "{\"statements\":[],\"more\":\"\"}");
		}
		buffer_done(&b);
	}
	assert_int_equal(sql_number(a, "select count(*) from xapi_actor where key like 'urn:wijzer:eras%'"), 1);
	assert_int_equal(sql_number(a, "select count(*) from statement_found where actor = (select id from xapi_actor where key like 'urn:wijzer:erased %')"), 5);
	assert_int_equal(sql_number(a, "select count(distinct stored) from statement_actor where actor = (select id from xapi_actor where key like 'urn:wijzer:erased %')"), PLACES * 5 - 5);
	assert_int_equal(sql_number(a, "select count(*) from statement_found f where not exists (select 1 from xapi_actor x where x.id = f.actor) and f.actor <> 0"), 0);
	assert_int_equal(sql_number(a, "select count(*) from xapi_erasing"), 0);
	/* The same sent again is another statement now; its id is still taken. */
	assert_int_equal(put(a, tool, 0, filled(a, places[0], agent_of(a, 0))).status, 409);
	assert_int_equal(put(a, tool, 0, filled(a, places[0], now)).status, 204);
	nothing_is_left(a);
}

/* Extensions, keys, activities, signatures, files, documents of hers and of others. */
static void what_tools_wrote_freely(void **state)
{
	struct app *a = *state;
	const char *tool = tool_new(a, "all", ALL_SCOPES);
	int64_t anna = anna_of(a);
	app_serve(a, false);
	str plain = S("\"actor\":{\"mbox\":\"mailto:" ANNA "\"}," VERB "," THING);
	const char *header = "{\"alg\":\"RS256\"}";
	str essay = S("What I learnt, by Anna Zwanenburg"), hers = sha2_hex(a->arena, 64, essay);
	str file = text_format(a->arena, "{\"usageType\":\"http://x.example/u\",\"display\":{\"en\":\"x\"},\"contentType\":\"text/plain\",\"length\":%zu,\"sha2\":\"" S_FMT "\"}", essay.len, S_ARG(hers));
	str payload = text_format(a->arena, "{" S_FMT ",\"attachments\":[" S_FMT "]}", S_ARG(plain), S_ARG(file));
	str jws = text_format(a->arena, S_FMT "." S_FMT ".AAAA", S_ARG(base64url_of(a->arena, header, strlen(header))), S_ARG(base64url_of(a->arena, payload.at, payload.len)));
	str signature = sha2_hex(a->arena, 64, jws);
	str body = text_format(a->arena, "--b\r\nContent-Type: application/json\r\n\r\n{" S_FMT ",\"attachments\":[{\"usageType\":\"http://adlnet.gov/expapi/attachments/signature\",\"display\":{\"en\":\"s\"},"
		"\"contentType\":\"application/octet-stream\",\"length\":%zu,\"sha2\":\"" S_FMT "\"}," S_FMT "]}"
		"\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: " S_FMT "\r\n\r\n" S_FMT
		"\r\n--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: " S_FMT "\r\n\r\n" S_FMT "\r\n--b--\r\n",
		S_ARG(plain), jws.len, S_ARG(signature), S_ARG(file), S_ARG(signature), S_ARG(jws), S_ARG(hers), S_ARG(essay));
	struct page p = ask(a, "POST", "/xapi/statements", with(a, tool, "1.0.3", NULL), "multipart/mixed; boundary=b", body);
	if (p.status != 200)
		fail_msg(S_FMT, S_ARG(p.body));
	/* Where no row leads: in somebody else's statement, escaped, in a key, in an activity. */
	assert_int_equal(put(a, tool, 1, S("{\"actor\":" BAS "," VERB ",\"object\":{\"id\":\"http://x.example/" ANNA "/certificate\",\"definition\":{\"name\":{\"nl\":\"Map van " ANNA "\"}}},"
		"\"result\":{\"extensions\":{\"http://x.example/k/Anna.Zwanenburg%40x.example\":\"by \\u0061nna.zwanenburg@x.example, and bas@x.example\"}}}")).status, 204);
	/* Her own words with her name, in a statement of hers. */
	assert_int_equal(put(a, tool, 3, S("{\"actor\":{\"mbox\":\"mailto:" ANNA "\"}," VERB "," THING ",\"context\":{\"instructor\":" BAS "},\"result\":{\"response\":\"Anna Zwanenburg, azwanenburg\"}}")).status, 204);
	const char *of_hers = "agent=%7B%22mbox%22%3A%22mailto%3Aanna.zwanenburg%40x.example%22%7D", *of_bas = "agent=%7B%22mbox%22%3A%22mailto%3Abas%40x.example%22%7D";
	const char *const documents[] = { said(a, "/xapi/activities/state?activityId=http://x.example/o&stateId=s&%s", of_hers), said(a, "/xapi/agents/profile?profileId=p&%s", of_hers),
		said(a, "/xapi/activities/state?activityId=http://x.example/o&stateId=s&%s", of_bas) };
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(ask(a, "PUT", documents[i], with(a, tool, "2.0.0", "If-None-Match: *\r\n"), "application/json", S("{\"buddy\" : \"mailto:" ANNA "\",\"page\": 3}")).status, 204);
	app_stop(a);
	erased(a, anna);
	app_serve(a, false);
	wait_until_done(a);
	str pseudonym = sql_text(a, "select pseudonym from erasure where decision = 'term'");
	/* The signature is gone with the list's place for it; the file is gone and stays mentioned. */
	str text = sql_text(a, "select text from statement where id not like '0000000%'");
	assert_true(str_has(text, S("\"attachments\":[{\"usageType\":\"http://x.example/u\"")) && !str_has(text, S("signature")) && !str_has(text, signature));
	assert_int_equal(sql_number(a, "select (select count(*) from attachment) + (select count(*) from statement_attachment) + (select sum(attachments) from statement)"), 0);
	text = statement_text(a, 1);
	assert_true(str_has(text, text_format(a->arena, "\"http://x.example/" S_FMT "/certificate\"", S_ARG(pseudonym))));
	assert_true(str_has(text, text_format(a->arena, "\"http://x.example/k/" S_FMT "\":\"by " S_FMT ", and bas@x.example\"", S_ARG(pseudonym), S_ARG(pseudonym))));
	assert_true(str_has(statement_text(a, 3), text_format(a->arena, "\"response\":\"" S_FMT ", " S_FMT "\"", S_ARG(pseudonym), S_ARG(pseudonym))));
	assert_true(str_has(statement_text(a, 3), S(BAS)));
	assert_int_equal(sql_number(a, said(a, "select count(*) from xapi_activity where iri = 'http://x.example/" S_FMT "/certificate' and nl like 'Map van erased-%%'", S_ARG(pseudonym))), 1);
	assert_int_equal(ask(a, "GET", documents[0], with(a, tool, "2.0.0", NULL), NULL, (str){ 0 }).status, 404);
	assert_int_equal(ask(a, "GET", documents[1], with(a, tool, "2.0.0", NULL), NULL, (str){ 0 }).status, 404);
	p = ask(a, "GET", documents[2], with(a, tool, "2.0.0", NULL), NULL, (str){ 0 });
	assert_string_equal(text_c(a->arena, p.body), said(a, "{\"buddy\" : \"mailto:" S_FMT "\",\"page\": 3}", S_ARG(pseudonym)));
	nothing_is_left(a);
}

/* More than one go, ended in the middle, begun again, and the last go done twice. */
static void what_was_broken_off_goes_on(void **state)
{
	struct app *a = *state;
	const char *tool = tool_new(a, "all", ALL_SCOPES);
	int64_t anna = anna_of(a);
	app_serve(a, false);
	for (int i = 0; i < 5; i++) {
		struct buffer b = { 0 };
		for (int k = 0; k < 200; k++)
			buffer_add_format(&b, "%c{\"actor\":{\"mbox\":\"mailto:%s\"}," VERB ",\"object\":{\"id\":\"http://x.example/o%d\"}}", k ? ',' : '[', k % 10 ? ANNA : "bas@x.example", k);
		buffer_add_char(&b, ']');
		assert_int_equal(ask(a, "POST", "/xapi/statements", with(a, tool, "2.0.0", NULL), "application/json", buffer_text(&b)).status, 200);
		buffer_done(&b);
	}
	app_stop(a);
	erased(a, anna);
	int64_t left = sql_number(a, "select count(*) from statement where text like '%zwanenburg%'");
	assert_true(left > 0 && left < 900);                                /* the rest waits in a job that names nobody */
	assert_int_equal(sql_number(a, "select count(*) from job where name = 'xapi_erase' and done is null and input not like '%zwanenburg%'"), 1);
	assert_int_equal(sql_number(a, "select count(*) from xapi_actor where lower(key) like '%zwanenburg%' or name like '%Zwanenburg%'"), 0);
	/* Somebody comes by her address meanwhile: that is nobody's, and not hers. */
	app_serve(a, false);
	assert_int_equal(put(a, tool, 0, S("{\"actor\":{\"mbox\":\"mailto:" ANNA "\"}," VERB "," THING "}")).status, 204);
	app_stop(a);                                                          /* wherever it was */
	web_free(a->web);
	store_close(a->store);
	app_open(a, 0, false);
	app_serve(a, false);
	wait_until_done(a);
	assert_int_equal(sql_number(a, "select count(*) from statement where text like '%zwanenburg%'"), 1);
	assert_int_equal(sql_number(a, "select count(*) from statement_found f join xapi_actor x on x.id = f.actor where x.key like 'urn:wijzer:erased %'"), 900);
	assert_int_equal(sql_number(a, "select count(*) from xapi_actor where key = 'mailto:" ANNA "' and person is null"), 1);
	sql(a, "insert into job (name, input, due, tries) values ('xapi_erase', '{\"number\":1,\"part\":0,\"after\":0,\"until\":9000000000000000}', 1, 0)");
	wait_until_done(a);
	assert_int_equal(sql_number(a, "select count(*) from statement where text like '%zwanenburg%'"), 1);
}

/* Who works here is erased in part: the statements say a pseudonym, and the next one is theirs again. */
static void who_works_here_begins_anew(void **state)
{
	struct app *a = *state;
	const char *tool = tool_new(a, "all", ALL_SCOPES);
	int64_t anna = anna_of(a);
	app_serve(a, false);
	assert_int_equal(put(a, tool, 0, S("{\"actor\":{\"mbox\":\"mailto:" ANNA "\"}," VERB "," THING "}")).status, 204);
	/* Somebody else's words, in a statement in which she is nobody: her name may be anybody's, and an address that only looks like hers is another's. */
	assert_int_equal(put(a, tool, 2, S("{\"actor\":" BAS "," VERB "," THING ",\"result\":{\"response\":\"Anna Zwanenburg hielp mij, en joanna.zwanenburg@x.example, " ANNA ".org, 1\\u002F2\"}}")).status, 204);
	str others = statement_text(a, 2);
	assert_answer(call(a, "unprotected", "erasures_again", said(a, "people.0.id=%lld", (long long)anna), "partly=1", NULL), OK);
	wait_until_done(a);
	assert_string_equal(text_c(a->arena, statement_text(a, 2)), text_c(a->arena, others));
	assert_false(str_has(statement_text(a, 0), S("zwanenburg")));
	assert_int_equal(sql_number(a, "select count(*) from person_identifier"), 2);
	assert_int_equal(put(a, tool, 1, S("{\"actor\":{\"mbox\":\"mailto:" ANNA "\"}," VERB "," THING "}")).status, 204);
	assert_int_equal(sql_number(a, said(a, "select count(*) from statement_found f join xapi_actor x on x.id = f.actor where x.person = %lld", (long long)anna)), 1);
}

/* Two years after it came, and no other points at it; what hangs on it goes with it, and what others hang on stays. */
static void what_is_past_its_term_goes(void **state)
{
	struct app *a = *state;
	const char *tool = tool_new(a, "all", ALL_SCOPES);
	anna_of(a);
	app_serve(a, false);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(put(a, tool, i, filled(a, places[i], agent_of(a, 0))).status, 204);
	assert_int_equal(put(a, tool, 4, text_format(a->arena, "{\"actor\":" BAS "," VERB ",\"object\":{\"objectType\":\"StatementRef\",\"id\":\"%s\"}}", id_of(a, 1))).status, 204);
	assert_int_equal(ask(a, "PUT", "/xapi/agents/profile?profileId=p&agent=%7B%22mbox%22%3A%22mailto%3Aanna.zwanenburg%40x.example%22%7D", with(a, tool, "2.0.0", "If-None-Match: *\r\n"), "text/plain", S("x")).status, 204);
	app_stop(a);
	/* The first three are of 2020; the second is pointed at now. */
	for (size_t i = 0; i < 3; i++) {
		long long was = (long long)sql_number(a, said(a, "select stored from statement where id = '%s'", id_of(a, i)));
		const char *const tables[] = { "statement", "statement_found", "statement_actor", "statement_activity" };
		for (size_t t = 0; t < 4; t++)
			sql(a, said(a, "update %s set stored = %lld where stored = %lld", tables[t], 1577880000000000LL + (long long)i, was));
		for (size_t t = 1; t < 4; t++)
			sql(a, said(a, "update %s set said = %lld where said = %lld", tables[t], 1577880000000000LL + (long long)i, was));
	}
	sql(a, "update xapi_document set changed = 1");
	sql(a, "update xapi_actor set made = 1");
	struct answer dry = call(a, "unprotected", "keeping_counts", NULL);
	assert_true(str_has(dry.json, S("\"name\":\"record\",\"term\":\"2 years after it was last used\"")) || str_has(dry.json, S("record")));
	const char *terms[] = { "record_kept_unused_months", "documents_kept_unused_months" };
	for (int i = 0; i < 50; i++)
		assert_answer(call(a, "unprotected", "keeping_sweep_some", said(a, "kind=%d", i), NULL), OK);
	assert_int_equal(sql_number(a, "select count(*) from statement"), 5);      /* nothing before it is decided */
	for (size_t i = 0; i < 2; i++)
		sql(a, said(a, "insert into setting (name, value, since) values ('%s', '24', 1)", terms[i]));
	for (int i = 0, more = 1; i < 60 && more; i++)
		for (int k = 0; k < 50; k++)
			assert_answer(call(a, "unprotected", "keeping_sweep_some", said(a, "kind=%d", k), NULL), OK), more = i < 2;
	assert_int_equal(sql_number(a, "select count(*) from statement"), 3);
	assert_int_equal(sql_number(a, said(a, "select count(*) from statement where id = '%s'", id_of(a, 1))), 1);
	assert_int_equal(sql_number(a, "select count(*) from xapi_document"), 0);
	const char *const tables[] = { "statement_found", "statement_actor", "statement_activity" };
	for (size_t t = 0; t < 3; t++)
		assert_int_equal(sql_number(a, said(a, "select count(*) from %s x where not exists (select 1 from statement s where s.stored = x.stored) or not exists (select 1 from statement s where s.stored = x.said)", tables[t])), 0);
	assert_int_equal(sql_number(a, "select count(*) from sweep where kind = 'record'"), 2);
}

static str member_of(struct app *a, const struct raw_reply *zip, const char *end)
{
	struct ctx c = { .arena = a->arena, .now = clock_now() };
	struct unzip *z;
	struct buffer b = { 0 };
	size_t count;
	assert_int_equal(unzip_open(&c, S("export.zip"), buffer_text(&zip->body), &z), OK);
	const struct unzip_member *m = unzip_members(z, &count);
	for (size_t i = 0; i < count; i++)
		if (str_ends(m[i].name, str_of(end)))
			assert_int_equal(unzip_read(&c, z, i, &b), OK);
	unzip_close(z);
	str text = text_copy(a->arena, buffer_text(&b));
	buffer_done(&b);
	return text;
}

static int times(str in, const char *what)
{
	int n = 0;
	str part = str_of(what);
	for (size_t i = 0; i + part.len <= in.len; i++)
		n += str_starts(str_from(in, i), part);
	return n;
}

/* All of it, each once, whoever she is in it; hers alone; and which tools looked. */
static void what_is_recorded_is_seen_and_taken_along(void **state)
{
	struct app *a = *state;
	const char *tool = tool_new(a, "all", ALL_SCOPES), *writer = tool_new(a, "writer", 1 | 2);
	int64_t anna = anna_of(a);
	someone(a, "ad@x.example", "Ad", "administrator", NULL, NULL, NULL);
	app_serve(a, false);
	for (size_t i = 0; i < PLACES * 5; i++)
		assert_int_equal(put(a, writer, i, filled(a, places[i / 5], agent_of(a, (int)i))).status, 204);
	/* She is in it twice, and acts: once. More than one piece of a file. */
	assert_int_equal(put(a, writer, 50, filled(a, "{\"actor\":{ANNA}," VERB "," THING ",\"context\":{\"instructor\":{ANNA}}}", agent_of(a, 0))).status, 204);
	struct buffer b = { 0 };
	for (int k = 0; k < 130; k++)
		buffer_add_format(&b, "%c{\"actor\":{\"mbox\":\"mailto:" ANNA "\"}," VERB ",\"object\":{\"id\":\"http://x.example/it's-%d\"}}", k ? ',' : '[', k);
	buffer_add_char(&b, ']');
	assert_int_equal(ask(a, "POST", "/xapi/statements", with(a, writer, "2.0.0", NULL), "application/json", buffer_text(&b)).status, 200);
	buffer_done(&b);
	assert_int_equal(put(a, writer, 60, S("{\"actor\":" BAS "," VERB ",\"object\":{\"id\":\"http://x.example/of-bas\"}}")).status, 204);
	assert_int_equal(ask(a, "PUT", "/xapi/activities/state?activityId=http://x.example/o&stateId=s&agent=%7B%22mbox%22%3A%22mailto%3Aanna.zwanenburg%40x.example%22%7D",
		with(a, tool, "2.0.0", "If-None-Match: *\r\n"), "application/json", S("{\"page\":3}")).status, 204);
	/* A tool that reads everything asks for her by name, twice; the one that sent reads its own. */
	const char *hers = "/xapi/statements?agent=%7B%22mbox%22%3A%22mailto%3Aanna.zwanenburg%40x.example%22%7D";
	assert_int_equal(ask(a, "GET", hers, with(a, tool, "2.0.0", NULL), NULL, (str){ 0 }).status, 200);
	assert_int_equal(ask(a, "GET", hers, with(a, tool, "2.0.0", NULL), NULL, (str){ 0 }).status, 200);
	assert_int_equal(ask(a, "GET", hers, with(a, writer, "2.0.0", NULL), NULL, (str){ 0 }).status, 200);
	app_stop(a);
	web_jobs_finish(a->web, 0);                                           /* what a large batch brought is where it is found for good */
	int64_t joined = sql_number(a, said(a, "select count(*) from (select f.stored from statement_found f join xapi_actor x on x.id = f.actor where x.person = %lld and f.said = f.stored union "
		"select w.stored from statement_actor w join xapi_actor x on x.id = w.actor where x.person = %lld and w.said = w.stored) y", (long long)anna, (long long)anna));
	assert_true(joined > 160);
	struct answer out = call(a, ANNA, "about_me_export", NULL);
	assert_answer(out, OK);
	str json = member_of(a, out.out, "record.json"), html = member_of(a, out.out, "record.html"), all = member_of(a, out.out, "export.json"), documents = member_of(a, out.out, "documents.json");
	struct json j;
	struct json_fault fault;
	assert_true(json_read(a->arena, json, 64, &j, &fault) && j.nodes[0].type == JSON_LIST);
	assert_int_equal(j.nodes[0].count, joined);
	assert_int_equal(times(html, "<tr><td>"), joined);
	assert_true(times(json, id_of(a, 50)) == 1 && !str_has(json, S("of-bas")) && str_has(json, S("\"source\":\"writer\"")));
	assert_true(str_has(html, S("it&#39;s-129")) && !str_has(html, S("it's-129</td>")));
	assert_true(str_has(all, text_format(a->arena, "\"statements\":%lld", (long long)joined)) && str_has(all, S("record.json")) && str_has(all, S("http://lms.example azwanenburg")));
	if (!json_read(a->arena, documents, 64, &j, &fault))
		fail_msg(S_FMT, S_ARG(documents));
	assert_true(j.nodes[0].count == 1 && str_has(documents, S("\"content\":{\"page\":3}")));
	assert_true(json_read(a->arena, all, 64, &j, &fault));
	/* On the page: fifty at a time, no statement twice and none left out; who can read, who looked, by what they know her. */
	struct answer page = call(a, ANNA, "record_mine_show", NULL);
	assert_answer(page, OK);
	assert_true(str_has(page.json, text_format(a->arena, "\"total\":%lld", (long long)joined)) && str_has(page.json, S("\"readers\":[{\"name\":\"all\"")));
	assert_true(times(page.json, "\"looks\":[{\"name\":\"all\"") == 1 && times(page.json, "\"times\":1") == 1 && !str_has(page.json, S("\"name\":\"writer\"")));
	assert_true(str_has(call(a, ANNA, "about_me", NULL).json, S("\"looks\":[{\"name\":\"all\"")));
	assert_true(str_has(call(a, ANNA, "looks_show", NULL).json, S("\"reader_name\":\"all\"")));
	int lines = 0;
	for (str next = { 0 }; ; ) {
		page = next.len ? call(a, ANNA, "record_mine_show", said(a, "before=" S_FMT, S_ARG(next)), NULL) : call(a, ANNA, "record_mine_show", NULL);
		assert_answer(page, OK);
		lines += times(page.json, "\"made\":") - times(page.json, "\"by_email\":");
		assert_true(json_read(a->arena, page.json, 64, &j, &fault));
		uint32_t at = json_find(&j, 0, S("next"));
		if (!at || j.nodes[at].type != JSON_NUMBER)
			break;
		next = j.nodes[at].text;
	}
	assert_int_equal(lines, joined);
	/* Nobody's else, and nothing for who has no person. */
	assert_true(str_has(call(a, "bas@x.example", "record_mine_show", NULL).json, S("of-bas")));
	assert_false(str_has(call(a, "bas@x.example", "record_mine_show", NULL).json, S("129")));
	assert_answer(call(a, "ad@x.example", "record_mine_show", NULL), FORBIDDEN);
	assert_answer(call(a, NULL, "record_mine_show", NULL), FORBIDDEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = { app_test(in_every_place_a_pseudonym), app_test(what_tools_wrote_freely), app_test(what_was_broken_off_goes_on), app_test(who_works_here_begins_anew),
		app_test(what_is_past_its_term_goes), app_test(what_is_recorded_is_seen_and_taken_along) };
	return run_on_engines("xapi_erase", tests);
}
