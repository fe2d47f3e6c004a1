/* test_store.c - statements sent, kept and found again, over the socket as a tool does it, on both engines. */
#include "tool.h"
#include "xapi/statement.h"
#include "xapi/xapi.h"
#include "web/operation.h"
#include "../bench/sender.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STATEMENT(id, who, verb, what) "{\"id\":\"" id "\",\"actor\":{\"mbox\":\"mailto:" who "@x.example\"},\"verb\":{\"id\":\"http://x.example/" verb "\"},\"object\":{\"id\":\"http://x.example/" what "\"}}"
#define ID_1 "11111111-1111-4111-8111-111111111111"
#define ID_2 "22222222-2222-4222-8222-222222222222"
#define ID_3 "33333333-3333-4333-8333-333333333333"
#define ID_4 "44444444-4444-4444-8444-444444444444"

static struct page send_to(struct app *a, const char *tool, const char *json)
{
	return ask(a, "POST", "/xapi/statements", with(a, tool, "1.0.3", NULL), "application/json", str_of(json));
}

static struct page get(struct app *a, const char *tool, const char *query)
{
	return ask(a, "GET", text_c(a->arena, text_format(a->arena, "/xapi/statements%s%s", *query ? "?" : "", query)), with(a, tool, "1.0.3", NULL), NULL, (str){ 0 });
}

/* How many statements an answer holds. */
static int many(struct page p)
{
	int n = 0;
	for (size_t i = 0; i + 9 < p.body.len; i++)
		n += str_starts(str_from(p.body, i), S("\"stored\":"));
	return n;
}

static const char *started(struct app *a)
{
	const char *tool = tool_new(a, "all", ALL_SCOPES);
	app_serve(a, false);
	return tool;
}

/* 2.1.1, 2.3.1: the same id twice. */
static void the_same_again_is_fine_and_another_is_not(void **state)
{
	struct app *app = *state;
	const char *tool = started(app);
	assert_int_equal(send_to(app, tool, STATEMENT(ID_1, "anna", "read", "book")).status, 200);
	assert_int_equal(send_to(app, tool, STATEMENT(ID_1, "anna", "read", "book")).status, 200);
	assert_int_equal(send_to(app, tool, STATEMENT(ID_1, "bert", "read", "book")).status, 409);
	struct page p = ask(app, "PUT", "/xapi/statements?statementId=" ID_1, with(app, tool, "1.0.3", NULL), "application/json", S(STATEMENT(ID_1, "anna", "read", "book")));
	assert_int_equal(p.status, 204);
	p = ask(app, "PUT", "/xapi/statements?statementId=" ID_2, with(app, tool, "1.0.3", NULL), "application/json", S(STATEMENT(ID_1, "anna", "read", "book")));
	assert_int_equal(p.status, 400);
	assert_int_equal(sql_number(app, "select count(*) from statement"), 1);
	/* All of a batch or nothing. */
	assert_int_equal(send_to(app, tool, "[" STATEMENT(ID_2, "anna", "read", "book") "," STATEMENT(ID_1, "carla", "read", "book") "]").status, 409);
	assert_int_equal(send_to(app, tool, "[" STATEMENT(ID_2, "anna", "read", "book") ",{}]").status, 400);
	assert_int_equal(sql_number(app, "select count(*) from statement"), 1);
	p = send_to(app, tool, "[" STATEMENT(ID_2, "anna", "read", "book") "," STATEMENT(ID_1, "anna", "read", "book") "]");
	assert_string_equal(text_c(app->arena, p.body), "[\"" ID_2 "\",\"" ID_1 "\"]");
	assert_int_equal(sql_number(app, "select count(*) from statement"), 2);
}

/* What is wrong is said with its place, and nothing of the batch stays. */
static void a_refusal_says_where(void **state)
{
	struct app *app = *state;
	const char *tool = started(app);
	struct page p = send_to(app, tool, "[" STATEMENT(ID_1, "anna", "read", "book") ",{\"actor\":{\"mbox\":\"anna\"},\"verb\":{\"id\":\"http://x.example/v\"},\"object\":{\"id\":\"http://x.example/o\"}}]");
	assert_int_equal(p.status, 400);
	assert_true(str_has(p.body, S("1.actor.mbox: an mbox has to be")));
	assert_int_equal(sql_number(app, "select count(*) from statement"), 0);
	static const char *const queries[] = { "statementId=x", "limit=-1", "limit=many", "since=yesterday", "until=2026", "agent=anna", "verb=read", "activity=x", "registration=7",
		"format=nice", "related_agents=1", "ascending=no", "attachments=yes", "more=x", "colour=red", "statementId=" ID_1 "&voidedStatementId=" ID_1, "statementId=" ID_1 "&limit=1", "Limit=1" };
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
		if (get(app, tool, queries[i]).status != 400)
			fail_msg("%s was answered", queries[i]);
	assert_int_equal(get(app, tool, "statementId=" ID_1).status, 404);
	assert_int_equal(ask(app, "POST", "/xapi/statements", with(app, tool, "1.0.3", NULL), "text/plain", S("{}")).status, 400);
}

/* 2.1.3: filters, alone and together. */
static void what_is_asked_is_found(void **state)
{
	struct app *app = *state;
	const char *tool = started(app);
	assert_int_equal(send_to(app, tool, "[" STATEMENT(ID_1, "anna", "read", "book") "," STATEMENT(ID_2, "anna", "wrote", "letter") "," STATEMENT(ID_3, "bert", "read", "letter") ","
		"{\"id\":\"" ID_4 "\",\"actor\":{\"objectType\":\"Group\",\"member\":[{\"mbox\":\"mailto:carla@x.example\"}]},\"verb\":{\"id\":\"http://x.example/met\"},"
		"\"object\":{\"objectType\":\"Agent\",\"mbox\":\"mailto:bert@x.example\"},\"context\":{\"registration\":\"ABCDEF00-0000-4000-8000-000000000000\","
		"\"instructor\":{\"mbox\":\"mailto:anna@x.example\"},\"contextActivities\":{\"parent\":{\"id\":\"http://x.example/book\"}}}}]").status, 200);
#define ANNA "agent=%7B%22mbox%22%3A%22mailto%3Aanna%40x.example%22%7D"
#define BERT "agent=%7B%22mbox%22%3A%22mailto%3Abert%40x.example%22%7D"
#define CARLA "agent=%7B%22mbox%22%3A%22mailto%3Acarla%40x.example%22%7D"
	static const struct { const char *query; int many; } asked[] = {
		{ "", 4 }, { ANNA, 2 }, { ANNA "&related_agents=true", 3 }, { BERT, 2 }, { CARLA, 1 }, { "verb=http%3A%2F%2Fx.example%2Fread", 2 }, { "verb=http%3A%2F%2Fx.example%2Fnever", 0 },
		{ "activity=http%3A%2F%2Fx.example%2Fbook", 1 }, { "activity=http%3A%2F%2Fx.example%2Fbook&related_activities=true", 2 },
		{ "registration=abcdef00-0000-4000-8000-000000000000", 1 }, { ANNA "&verb=http%3A%2F%2Fx.example%2Fread", 1 },
		{ ANNA "&related_agents=true&activity=http%3A%2F%2Fx.example%2Fbook&related_activities=true", 2 }, { "limit=3", 3 }, { "limit=0", 4 },
		{ "since=2030-01-01T00:00:00Z", 0 }, { "until=2030-01-01T00:00:00Z", 4 }, { "until=2020-01-01T00:00:00Z", 0 } };
	for (int direction = 0; direction < 2; direction++)
		for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
			const char *query = text_c(app->arena, text_format(app->arena, "%s%s%s", asked[i].query, *asked[i].query ? "&" : "", direction ? "ascending=true" : "ascending=false"));
			struct page p = get(app, tool, query);
			if (p.status != 200 || many(p) != asked[i].many)
				fail_msg("%s: %d, %d instead of %d statements: " S_FMT, query, p.status, many(p), asked[i].many, S_ARG(p.body));
		}
}

/* 2.5: pages are whole and stable, whatever comes in between. */
static void pages_follow_each_other(void **state)
{
	struct app *app = *state;
	const char *tool = started(app);
	char json[400];
	for (int i = 0; i < 25; i++) {
		snprintf(json, sizeof json, "{\"actor\":{\"mbox\":\"mailto:a%d@x.example\"},\"verb\":{\"id\":\"http://x.example/v\"},\"object\":{\"id\":\"http://x.example/o\"}}", i);
		assert_int_equal(send_to(app, tool, json).status, 200);
	}
	int seen = 0, pages = 0;
	struct page p = get(app, tool, "verb=http%3A%2F%2Fx.example%2Fv&limit=10&ascending=false");
	for (;;) {
		seen += many(p);
		pages++;
		size_t at = 0;
		while (at < p.body.len && !str_starts(str_from(p.body, at), S("\"more\":\"")))
			at++;
		str more, rest;
		assert_true(str_cut(str_from(p.body, at + 8), '"', &more, &rest));
		if (!more.len)
			break;
		assert_int_equal(send_to(app, tool, json).status, 200);
		p = ask(app, "GET", text_c(app->arena, more), with(app, tool, "1.0.3", NULL), NULL, (str){ 0 });
		assert_int_equal(p.status, 200);
	}
	assert_int_equal(seen, 25);
	assert_int_equal(pages, 3);
}

#define VOIDS(id, target) "{\"id\":\"" id "\",\"actor\":{\"mbox\":\"mailto:boss@x.example\"},\"verb\":{\"id\":\"http://adlnet.gov/expapi/verbs/voided\"},\"object\":{\"objectType\":\"StatementRef\",\"id\":\"" target "\"}}"

/* 2.3.2: voiding, before and after; and 2.1.4: who points is found by what it points at. */
static void what_is_voided_is_gone_but_known(void **state)
{
	struct app *app = *state;
	const char *tool = started(app);
	assert_int_equal(send_to(app, tool, STATEMENT(ID_1, "anna", "read", "book")).status, 200);
	assert_int_equal(send_to(app, tool, VOIDS(ID_2, ID_1)).status, 200);
	assert_int_equal(get(app, tool, "statementId=" ID_1).status, 404);
	assert_int_equal(get(app, tool, "voidedStatementId=" ID_1).status, 200);
	assert_int_equal(get(app, tool, "voidedStatementId=" ID_2).status, 404);
	struct page p = get(app, tool, "verb=http%3A%2F%2Fx.example%2Fread");
	assert_int_equal(many(p), 1);
	assert_true(str_has(p.body, S(ID_2)));
	/* Who voids cannot be voided. */
	assert_int_equal(send_to(app, tool, VOIDS(ID_3, ID_2)).status, 400);
	assert_int_equal(get(app, tool, "statementId=" ID_2).status, 200);
	/* The other way round: voided before it came. */
	assert_int_equal(send_to(app, tool, VOIDS(ID_3, ID_4)).status, 200);
	assert_int_equal(send_to(app, tool, STATEMENT(ID_4, "bert", "sang", "song")).status, 200);
	assert_int_equal(get(app, tool, "statementId=" ID_4).status, 404);
	assert_int_equal(get(app, tool, "voidedStatementId=" ID_4).status, 200);
	p = get(app, tool, "verb=http%3A%2F%2Fx.example%2Fsang");
	assert_true(many(p) == 1 && str_has(p.body, S(ID_3)));
}

#define TEXT_SHA "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
#define ATTACHED "{\"actor\":{\"mbox\":\"mailto:anna@x.example\"},\"verb\":{\"id\":\"http://x.example/v\"},\"object\":{\"id\":\"http://x.example/o\"},\"attachments\":[{\"usageType\":\"http://x.example/u\",\"display\":{\"en\":\"x\"}," \
	"\"contentType\":\"text/plain\",\"length\":3,\"sha2\":\"" TEXT_SHA "\"}]}"
#define MIXED(hash, text) "--b\r\nContent-Type: application/json\r\n\r\n" ATTACHED "\r\n--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: " hash "\r\n\r\n" text "\r\n--b--\r\n"

/* 2.4.11, 1.5.2: files come along under their hash, are kept once, and go out again. */
static void files_come_and_go(void **state)
{
	struct app *app = *state;
	const char *tool = started(app), *v = with(app, tool, "1.0.3", NULL);
	static const struct { const char *type, *body; } refused[] = {
		{ "application/json", ATTACHED },                                                              /* the file is missing */
		{ "multipart/mixed; boundary=b", MIXED(TEXT_SHA, "bar") },                                     /* other bytes */
		{ "multipart/mixed; boundary=c", MIXED(TEXT_SHA, "foo") },                                     /* another boundary */
		{ "multipart/mixed", MIXED(TEXT_SHA, "foo") },
		{ "multipart/mixed; boundary=b", "--b\r\nContent-Type: application/json\r\n\r\n" ATTACHED "\r\n--b--\r\n" },
		{ "multipart/mixed; boundary=b", "--b\r\nContent-Type: text/plain\r\n\r\nfoo\r\n--b--\r\n" },
		{ "multipart/mixed; boundary=b", "--b--\r\n" }, { "multipart/mixed; boundary=b", "--b\r\n" } };
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		assert_int_equal(ask(app, "POST", "/xapi/statements", v, refused[i].type, str_of(refused[i].body)).status, 400);
	assert_int_equal(sql_number(app, "select count(*) from statement"), 0);
	for (int i = 0; i < 2; i++)
		assert_int_equal(ask(app, "POST", "/xapi/statements", v, "multipart/mixed; boundary=b", S(MIXED(TEXT_SHA, "foo"))).status, 200);
	assert_int_equal(sql_number(app, "select count(*) from attachment"), 1);
	assert_int_equal(sql_number(app, "select count(*) from statement_attachment"), 2);
	struct page p = get(app, tool, "attachments=true");
	assert_true(str_starts(header_of(p, "Content-Type"), S("multipart/mixed; boundary=")));
	assert_true(str_has(p.body, S("X-Experience-API-Hash: " TEXT_SHA "\r\n\r\nfoo\r\n--")));
	assert_true(str_starts(header_of(get(app, tool, ""), "Content-Type"), S("application/json")));
}

/* Who may read only what it sent does not see what others sent. */
static void mine_is_mine(void **state)
{
	struct app *app = *state;
	const char *one = tool_new(app, "one", 1 | 2), *two = tool_new(app, "two", 1 | 2), *reader = tool_new(app, "reader", 4);
	app_serve(app, false);
	assert_int_equal(send_to(app, one, STATEMENT(ID_1, "anna", "read", "book")).status, 200);
	assert_int_equal(many(get(app, one, "")), 1);
	assert_int_equal(many(get(app, two, "")), 0);
	assert_int_equal(get(app, two, "statementId=" ID_1).status, 404);
	assert_int_equal(many(get(app, reader, "verb=http%3A%2F%2Fx.example%2Fread")), 1);
	assert_int_equal(send_to(app, reader, STATEMENT(ID_2, "anna", "read", "book")).status, 403);
	assert_true(str_has(get(app, reader, "").body, S("\"authority\":{\"objectType\":\"Agent\",\"name\":\"one\"")));
}

/* 2.1.3 format: only what names; what is known, in one language. */
static void a_statement_is_given_as_asked(void **state)
{
	struct app *app = *state;
	const char *tool = started(app);
	assert_int_equal(send_to(app, tool, "{\"id\":\"" ID_1 "\",\"actor\":{\"mbox\":\"mailto:anna@x.example\",\"name\":\"Anna\"},\"verb\":{\"id\":\"http://x.example/v\",\"display\":{\"en\":\"did\",\"nl\":\"deed\"}},"
		"\"object\":{\"id\":\"http://x.example/o\",\"definition\":{\"name\":{\"en\":\"Thing\"}}}}").status, 200);
	assert_int_equal(send_to(app, tool, "{\"actor\":{\"mbox\":\"mailto:bert@x.example\"},\"verb\":{\"id\":\"http://x.example/w\"},"
		"\"object\":{\"id\":\"http://x.example/o\",\"definition\":{\"name\":{\"nl\":\"Ding\"},\"type\":\"http://x.example/type\"}}}").status, 200);
	struct page p = get(app, tool, "statementId=" ID_1 "&format=ids");
	assert_true(str_starts(p.body, S("{\"id\":\"" ID_1 "\",\"actor\":{\"mbox\":\"mailto:anna@x.example\"},\"verb\":{\"id\":\"http://x.example/v\"},\"object\":{\"id\":\"http://x.example/o\"},")));
	p = ask(app, "GET", "/xapi/statements?format=canonical&statementId=" ID_1, with(app, tool, "1.0.3", NULL), NULL, (str){ 0 });
	assert_true(str_has(p.body, S("\"display\":{\"en\":\"did\"}")));
	assert_true(str_has(p.body, S("\"definition\":{\"name\":{\"en\":\"Thing\"},\"type\":\"http://x.example/type\"}")));
	struct call_over_http dutch = { .method = "GET", .path = S("/xapi/statements?format=canonical&statementId=" ID_1), .headers = with(app, tool, "1.0.3", NULL),
		.accept = "application/json", .language = "nl-NL, en;q=0.5" };
	p = fetch_with(app, &dutch);
	assert_true(str_has(p.body, S("\"display\":{\"nl\":\"deed\"}")) && str_has(p.body, S("\"name\":{\"nl\":\"Ding\"}")));
	p = ask(app, "HEAD", "/xapi/statements?statementId=" ID_1, with(app, tool, "2.0.0", NULL), NULL, (str){ 0 });
	assert_int_equal(p.status, 200);
	assert_true(!p.body.len && header_of(p, "Last-Modified").len && header_of(p, "X-Experience-API-Consistent-Through").len);
}

/* ---- At once ---- */

enum { SENDING = 8, BATCHES = 25 };
struct sending { struct app *app; char authorization[400]; int number, good, conflict; bool same_id; };

static void *sending(void *of)
{
	struct sending *me = of;
	struct sender s;
	char *text;
	sender_new(&s, me->app->port, me->authorization, (uint64_t)me->number + 1);
	for (int i = 0; i < BATCHES; i++) {
		int n = me->same_id ? snprintf(s.body, BODY_MAX_BYTES, "{\"id\":\"00000000-0000-4000-8000-%012d\",\"actor\":{\"mbox\":\"mailto:a%d@x.example\"},\"verb\":{\"id\":\"http://x.example/v\"},"
			"\"object\":{\"id\":\"http://x.example/o\"}}", i, me->number) : snprintf(s.body, BODY_MAX_BYTES, "[");
		for (int k = 0; k < 8 && !me->same_id; k++)
			n += snprintf(s.body + n, BODY_MAX_BYTES - (size_t)n, "%s{\"actor\":{\"mbox\":\"mailto:a%d@x.example\"},\"verb\":{\"id\":\"http://x.example/v%d\"},"
				"\"object\":{\"id\":\"http://x.example/o%d\",\"definition\":{\"name\":{\"en\":\"n%d\"}}}}%s", k ? "," : "", (k * 7 + i) % 5, k % 3, (i + k) % 4, me->number % 3,
				k == 7 ? "]" : "");
		int status = sender_ask(&s, "POST", "/xapi/statements", s.body, (size_t)n, &text);
		me->good += status == 200;
		me->conflict += status == 409;
	}
	close(s.fd);
	free(s.reply);
	free(s.body);
	return NULL;
}

static struct sending all_sending(struct app *app, const char *tool, bool same_id)
{
	pthread_t threads[SENDING];
	struct sending each_one[SENDING], sum = { .app = app };
	for (int i = 0; i < SENDING; i++) {
		each_one[i] = (struct sending){ .app = app, .number = i, .same_id = same_id };
		snprintf(each_one[i].authorization, sizeof each_one[i].authorization, "%.*s", (int)strcspn(tool, "\r"), tool);
		assert_int_equal(pthread_create(&threads[i], NULL, sending, &each_one[i]), 0);
	}
	for (int i = 0; i < SENDING; i++) {
		pthread_join(threads[i], NULL);
		sum.good += each_one[i].good;
		sum.conflict += each_one[i].conflict;
	}
	return sum;
}

/* Two hundred batches at once on the same actors and activities: no error, nothing lost, nothing made twice. */
static void many_at_once_lose_nothing(void **state)
{
	struct app *app = *state;
	const char *tool = started(app);
	struct sending sum = all_sending(app, tool, false);
	assert_int_equal(sum.good, SENDING * BATCHES);
	assert_int_equal(sql_number(app, "select count(*) from statement"), SENDING * BATCHES * 8);
	assert_int_equal(sql_number(app, "select count(*) from statement_found f join statement s on s.stored = f.stored where f.said = f.stored and f.actor > 0 and f.activity > 0"), SENDING * BATCHES * 8);
	assert_int_equal(sql_number(app, "select sum(times) from xapi_day"), SENDING * BATCHES * 8);
	assert_int_equal(sql_number(app, "select count(*) from xapi_actor where kind = 'mbox'"), 5);
	assert_int_equal(sql_number(app, "select count(*) from xapi_activity"), 4);
}

/* Eight who each say something else under the same twenty-five ids, at once: of each id one is kept, the others are told. */
static void an_id_is_kept_once(void **state)
{
	struct app *app = *state;
	const char *tool = started(app);
	struct sending sum = all_sending(app, tool, true);
	assert_int_equal(sum.good, BATCHES);
	assert_int_equal(sum.conflict, (SENDING - 1) * BATCHES);
	assert_int_equal(sql_number(app, "select count(*) from statement"), BATCHES);
	assert_int_equal(sql_number(app, "select count(*) from statement_found"), BATCHES);
}

#define POINTING(id, who, verb, at) "{\"id\":\"" id "\",\"actor\":{\"mbox\":\"mailto:" who "@x.example\"},\"verb\":{\"id\":\"" verb "\"},\"object\":{\"objectType\":\"StatementRef\",\"id\":\"" at "\"}}"
#define TAKES_BACK "http://adlnet.gov/expapi/verbs/voided"

/* Within one batch, too, it does not matter who points at whom and who comes first. */
static void a_batch_may_point_into_itself(void **state)
{
	struct app *app = *state;
	const char *tool = started(app);
	const char *orders[] = {
		"[" POINTING(ID_3, "cees", "http://x.example/saw", ID_2) "," POINTING(ID_2, "bert", "http://x.example/saw", ID_1) "," STATEMENT(ID_1, "anna", "read", "book") "," STATEMENT(ID_4, "dora", "read", "paper") "]",
		"[" STATEMENT(ID_4, "dora", "read", "paper") "," STATEMENT(ID_1, "anna", "read", "book") "," POINTING(ID_2, "bert", "http://x.example/saw", ID_1) "," POINTING(ID_3, "cees", "http://x.example/saw", ID_2) "]" };
	for (int i = 0; i < 2; i++) {
		assert_int_equal(send_to(app, tool, orders[i]).status, 200);
		assert_int_equal(many(get(app, tool, "activity=http%3A%2F%2Fx.example%2Fbook")), 3);
		assert_int_equal(many(get(app, tool, "agent=%7B%22mbox%22%3A%22mailto%3Aanna%40x.example%22%7D")), 3);
		assert_int_equal(many(get(app, tool, "agent=%7B%22mbox%22%3A%22mailto%3Abert%40x.example%22%7D")), 2);
		assert_int_equal(many(get(app, tool, "")), 4);
		static const char *const tables[] = { "statement", "statement_found", "statement_actor", "statement_activity", "statement_target" };
		for (size_t k = 0; k < sizeof tables / sizeof tables[0]; k++)
			sql(app, text_c(app->arena, text_format(app->arena, "delete from %s", tables[k])));
	}
	assert_int_equal(send_to(app, tool, "[" POINTING(ID_2, "bert", TAKES_BACK, ID_1) "," STATEMENT(ID_1, "anna", "read", "book") "," STATEMENT(ID_4, "dora", "read", "book") "]").status, 200);
	assert_int_equal(many(get(app, tool, "activity=http%3A%2F%2Fx.example%2Fbook")), 2);       /* the one that voids points at it, and Dora's */
	assert_int_equal(get(app, tool, "statementId=" ID_1).status, 404);
	assert_int_equal(get(app, tool, "voidedStatementId=" ID_1).status, 200);
}

/* What is wrong with one is wrong with all of a batch: nothing of it is kept. */
static void a_batch_is_kept_whole_or_not(void **state)
{
	struct app *app = *state;
	const char *tool = started(app);
	assert_int_equal(send_to(app, tool, STATEMENT(ID_1, "anna", "read", "book")).status, 200);
	assert_int_equal(send_to(app, tool, "[" STATEMENT(ID_2, "bert", "read", "book") "," STATEMENT(ID_1, "cees", "read", "book") "]").status, 409);
	assert_int_equal(sql_number(app, "select count(*) from statement"), 1);
	assert_int_equal(sql_number(app, "select count(*) from statement_found"), 1);
	assert_int_equal(sql_number(app, "select count(*) from xapi_actor where key = 'mailto:bert@x.example'"), 0);
	assert_int_equal(send_to(app, tool, "[" STATEMENT(ID_2, "bert", "read", "book") "," STATEMENT(ID_1, "anna", "read", "book") "]").status, 200);
	assert_int_equal(sql_number(app, "select count(*) from statement"), 2);
}

/* ---- The newest of large batches ---- */

/* So many statements as a list: ids with their number, actors and activities by turns. */
static const char *large(struct app *app, int from, int count)
{
	struct buffer b = { 0 };
	for (int i = from; i < from + count; i++)
		buffer_add_format(&b, "%s{\"id\":\"%08d-0000-4000-8000-000000000000\",\"actor\":{\"mbox\":\"mailto:a%d@x.example\"},\"verb\":{\"id\":\"http://x.example/read\"},\"object\":{\"id\":\"http://x.example/o%d\"},"
			"\"context\":{\"registration\":\"%08d-0000-4000-8000-000000000001\",\"contextActivities\":{\"parent\":[{\"id\":\"http://x.example/course\"}]}}}", i == from ? "[" : ",", i, i % 3, i % 4, i % 5);
	buffer_add_char(&b, ']');
	const char *text = text_c(app->arena, buffer_text(&b));
	buffer_done(&b);
	return text;
}

/* Every page of a query: how many statements, and that none comes twice or out of order. */
static int paged(struct app *app, const char *tool, const char *query, bool ascending)
{
	str path = text_format(app->arena, "/xapi/statements?limit=7&ascending=%s%s", ascending ? "true" : "false", query), last = { 0 };
	int count = 0;
	while (path.len) {
		struct page p = ask(app, "GET", text_c(app->arena, path), with(app, tool, "1.0.3", NULL), NULL, (str){ 0 });
		assert_int_equal(p.status, 200);
		for (size_t i = 0; i + 40 < p.body.len; i++) {
			str rest = str_from(p.body, i), stored;
			if (!str_starts(rest, S("\"stored\":\"")))
				continue;
			stored = str_until(str_from(rest, 10), 27);
			assert_true(!last.len || (ascending ? str_compare(stored, last) > 0 : str_compare(stored, last) < 0));
			last = stored;
			count++;
		}
		str more = p.body, rest = { 0 };
		while (more.len && !str_starts(more, S("\"more\":\"")))
			more = str_from(more, 1);
		str_cut(str_from(more, 8), '"', &path, &rest);
	}
	return count;
}

static void everything_is_found(struct app *app, const char *tool)
{
	for (int way = 0; way < 2; way++) {
		assert_int_equal(paged(app, tool, "", way), 92);
		assert_int_equal(paged(app, tool, "&verb=http%3A%2F%2Fx.example%2Fread", way), 91);
		assert_int_equal(paged(app, tool, "&agent=%7B%22mbox%22%3A%22mailto%3Aa1%40x.example%22%7D", way), 30);
		assert_int_equal(paged(app, tool, "&activity=http%3A%2F%2Fx.example%2Fo2", way), 22);
		assert_int_equal(paged(app, tool, "&activity=http%3A%2F%2Fx.example%2Fcourse", way), 0);
		assert_int_equal(paged(app, tool, "&activity=http%3A%2F%2Fx.example%2Fcourse&related_activities=true", way), 90);
		assert_int_equal(paged(app, tool, "&registration=00000003-0000-4000-8000-000000000001", way), 18);
		assert_int_equal(paged(app, tool, "&registration=00000003-0000-4000-8000-000000000001&agent=%7B%22mbox%22%3A%22mailto%3Aa1%40x.example%22%7D", way), 6);
	}
}

static enum status settle(struct ctx *c, void *of)
{
	(void)of;
	return xapi_settle(c);
}

/* What a large batch brings is found at once, by every filter, in order, beside what came singly; and no otherwise when it has been carried over. */
static void a_large_batch_is_found_at_once(void **state)
{
	struct app *app = *state;
	const char *tool = started(app);
	bool waits = str_starts(app->url, S("sqlite"));
	assert_int_equal(send_to(app, tool, large(app, 0, 50)).status, 200);
	assert_int_equal(send_to(app, tool, STATEMENT(ID_1, "bert", "read", "book")).status, 200);
	assert_int_equal(send_to(app, tool, STATEMENT(ID_2, "bert", "saw", "book")).status, 200);
	assert_int_equal(send_to(app, tool, large(app, 50, 40)).status, 200);
	everything_is_found(app, tool);
	assert_int_equal(send_to(app, tool, large(app, 50, 40)).status, 200);                      /* the same again */
	struct ctx c = { .arena = app->arena, .now = clock_now() };
	c.today = instant_date(c.now);
	assert_int_equal(store_write_now(app->store, &c, settle, NULL), OK);
	assert_int_equal(sql_number(app, "select count(*) from statement_waiting"), 0);
	assert_int_equal(sql_number(app, "select count(*) from statement_found"), 92);
	everything_is_found(app, tool);
	/* One that is pointed at or voided while it waits. */
	assert_int_equal(send_to(app, tool, large(app, 100, 30)).status, 200);
	assert_true(!waits || sql_number(app, "select count(*) from statement_waiting") <= 30);
	assert_int_equal(send_to(app, tool, POINTING(ID_3, "cees", TAKES_BACK, "00000101-0000-4000-8000-000000000000")).status, 200);
	assert_int_equal(sql_number(app, "select count(*) from statement_waiting"), 0);
	assert_int_equal(paged(app, tool, "&agent=%7B%22mbox%22%3A%22mailto%3Aa1%40x.example%22%7D", false), 30 + 10);
	assert_int_equal(paged(app, tool, "&agent=%7B%22mbox%22%3A%22mailto%3Acees%40x.example%22%7D", false), 1);
}

/* A person's statements, by whatever identifier they came; and joined later. */
static enum status own_statements(struct ctx *c, void *of)
{
	int64_t person = *(int64_t *)of;
	str id;
	list lines, done, unknown;
	int64_t count;
	TRY(xapi_statement_add(c, &(const struct own_statement){ .person = person, .verb = S("http://adlnet.gov/expapi/verbs/experienced"), .verb_nl = S("deed op"), .verb_en = S("experienced"),
		.activity = S("urn:wijzer:entry:1"), .activity_type = S("urn:wijzer:type:entry"), .kind = S("others"), .hours = 1.5 }, &id));
	TRY(xapi_statements_of_person(c, &(const struct statements_wanted){ person, 0, 10 }, &lines));
	assert_int_equal(lines.count, 2);                  /* and the one that came by e-mail address */
	const struct statement_line *l = list_item(lines, struct statement_line, 0);
	assert_true(str_eq(l->id, id) && l->acting && l->seconds == 5400 && str_has(l->text, S("urn:wijzer:kind:others")));
	TRY(xapi_learning_of_person(c, &(const struct learning_wanted){ person, date_add_days(c->today, -1), date_add_days(c->today, 1) }, &done));
	assert_true(done.count == 2 && str_eq(list_item(done, struct learning_done, 0)->kind, S("others")));
	const struct identifier openid = { .person = person, .kind = S("openid"), .key = S("http://o.example/anna") };
	TRY(xapi_actors_unknown(c, 10, &unknown));
	assert_int_equal(unknown.count, 1);
	TRY(xapi_identifier_count(c, &openid, &count));
	assert_int_equal(count, 1);
	TRY(xapi_identifier_add(c, &openid));
	TRY(xapi_statements_count(c, person, &count));
	assert_int_equal(count, 3);
	TRY(xapi_statement_void(c, id));
	TRY(xapi_statement_void(c, id));
	TRY(xapi_learning_of_person(c, &(const struct learning_wanted){ person, date_add_days(c->today, -1), date_add_days(c->today, 1) }, &done));
	return OK;
}

static void a_person_is_known_by_several_names(void **state)
{
	struct app *app = *state;
	const char *tool = tool_new(app, "all", ALL_SCOPES);
	int64_t person = someone(app, "anna@x.example", "Anna", NULL, "Wonen", "Adviseur", NULL);
	app_serve(app, false);
	assert_int_equal(send_to(app, tool, STATEMENT(ID_1, "anna", "read", "book")).status, 200);
	assert_int_equal(send_to(app, tool, "{\"actor\":{\"openid\":\"http://o.example/anna\"},\"verb\":{\"id\":\"http://x.example/v\"},\"object\":{\"id\":\"http://x.example/o\"}}").status, 200);
	assert_int_equal(sql_number(app, "select count(*) from xapi_actor where person is not null"), 1);
	struct ctx c = { .arena = app->arena, .now = clock_now() };
	c.today = instant_date(c.now);
	assert_int_equal(store_write_now(app->store, &c, own_statements, &person), OK);
	assert_int_equal(sql_number(app, "select count(*) from statement where voided is not null"), 1);
}

/* From the shell and the program itself, as any operation: "xapi_statement_put" and the others by their names. */
static void operations_are_called_by_name(void **state)
{
	struct app *app = *state;
	struct answer a = call(app, "unprotected", "xapi_statements_post", "version=1.0.3", "type=application/json", "body=" STATEMENT(ID_1, "anna", "read", "book"), NULL);
	assert_answer(a, OK);
	a = call(app, "unprotected", "xapi_statement_put", "version=1.0.3", "type=application/json", "statementId=" ID_2, "body=" STATEMENT(ID_2, "anna", "read", "book"), NULL);
	assert_answer(a, OK);
	a = call(app, "unprotected", "xapi_statements_get", "version=1.0.3", "limit=1", NULL);
	assert_answer(a, OK);
	assert_answer(call(app, NULL, "xapi_statements_get", "version=1.0.3", NULL), FORBIDDEN);
	assert_int_equal(sql_number(app, "select count(*) from statement"), 2);
}

/* The limits of a request. */
static void too_much_is_refused(void **state)
{
	struct app *app = *state;
	const char *tool = started(app);
	struct buffer b = { 0 };
	buffer_add_char(&b, '[');
	for (int i = 0; i < 1001; i++)
		buffer_add(&b, i ? S(",{\"actor\":{\"mbox\":\"mailto:a@x.example\"},\"verb\":{\"id\":\"http://x.example/v\"},\"object\":{\"id\":\"http://x.example/o\"}}")
			: S("{\"actor\":{\"mbox\":\"mailto:a@x.example\"},\"verb\":{\"id\":\"http://x.example/v\"},\"object\":{\"id\":\"http://x.example/o\"}}"));
	buffer_add_char(&b, ']');
	struct page p = ask(app, "POST", "/xapi/statements", with(app, tool, "1.0.3", NULL), "application/json", buffer_text(&b));
	assert_int_equal(p.status, 400);
	assert_true(str_has(p.body, S("at most 1,000")));
	buffer_clear(&b);
	buffer_reserve(&b, 1000000);
	memset(b.at, '[', 1000000);
	b.len = 1000000;
	assert_int_equal(ask(app, "POST", "/xapi/statements", with(app, tool, "1.0.3", NULL), "application/json", buffer_text(&b)).status, 400);
	buffer_done(&b);
	p = ask(app, "POST", "/xapi/statements", with(app, tool, "1.0.3", "Content-Length: 104857600\r\n"), "multipart/mixed; boundary=b", (str){ 0 });
	assert_int_equal(p.status, 413);
	assert_int_equal(sql_number(app, "select count(*) from statement"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		app_test(the_same_again_is_fine_and_another_is_not),
		app_test(a_refusal_says_where),
		app_test(what_is_asked_is_found),
		app_test(pages_follow_each_other),
		app_test(what_is_voided_is_gone_but_known),
		app_test(files_come_and_go),
		app_test(mine_is_mine),
		app_test(a_statement_is_given_as_asked),
		app_test(many_at_once_lose_nothing),
		app_test(an_id_is_kept_once),
		app_test(a_batch_may_point_into_itself),
		app_test(a_batch_is_kept_whole_or_not),
		app_test(a_large_batch_is_found_at_once),
		
		app_test(a_person_is_known_by_several_names),
		app_test(operations_are_called_by_name),
		app_test(too_much_is_refused),
	};
	return run_on_engines("xapi_store", tests);
}
