/* test_hostile.c - hostile texts through every text field of every operation, over a socket: never a fault, never reflected as markup, never a header more. */
#include "sample.h"
#include "base/token.h"
#include "web/protocol.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONG = 1 << 20 };

#define MARK "zqxhostile"
static const struct { const char *name; str text; } hostiles[] = {
	{ "a script", S("<script>" MARK "()</script>") },
	{ "an image that runs", S("\"><img src=x onerror=" MARK "()>") },
	{ "an attribute", S("' onfocus=" MARK "() autofocus x=\" onfocus=" MARK "() y=\"") },
	{ "quotes", S("'\"`\\'\"`") },
	{ "a template", S("{person.name}{if x}{{" MARK "}}${7*7}%s%n%99999d") },
	{ "SQL", S("'; drop table account; --") },
	{ "a pattern", S("%_%!%") },
	{ "right to left", S("\xE2\x80\xAE" "abc\xE2\x80\xAC \xE2\x81\xA6") },
	{ "emoji", S("\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 \xF0\x9F\x87\xB3\xF0\x9F\x87\xB1") },
	{ "a header", S("/x\r\nSet-Cookie: " MARK "=1\r\nX-" MARK ": 1") },
	{ "a NUL", S("before\0after") },
	{ "no UTF-8", S("\xFF\xFE\xC0\xAF\xED\xA0\x80") },
	{ "another site", S("//" MARK ".example/\\") },
	{ "a script as address", S("javascript:" MARK "()") },
	{ "a formula", S("=cmd|'/c calc'!A1") },
	{ "a megabyte", { NULL, LONG } },
};
enum { HOSTILES = sizeof hostiles / sizeof hostiles[0] };

static char *megabyte;

static str hostile(size_t i)
{
	return hostiles[i].text.at ? hostiles[i].text : (str){ megabyte, LONG };
}

/* What must stand in no page: each of these would be markup of somebody else's. */
static const char *markup_in(str body)
{
	static const char *const bad[] = { "<script>" MARK, "<img src=x", "\" onfocus=" MARK, "' onfocus=" MARK, "href=\"javascript:" MARK, "href=\"//" MARK, "action=\"//" MARK };
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		if (body.len && memmem(body.at, body.len, bad[i], strlen(bad[i])))
			return bad[i];
	return NULL;
}

static const char *wrong_with(struct page p, str said)
{
	str type = header_of(p, "Content-Type");
	if (!p.status)
		return "no answer";
	if (p.status >= 500 && p.status != 503)
		return "a fault";
	if (str_has(p.head, S("\nSet-Cookie: " MARK)) || str_has(p.head, S("\nX-" MARK)))
		return "a header of theirs";
	str to = header_of(p, "Location");
	if (to.len && (to.at[0] != '/' || str_starts(to, S("//")) || str_starts(to, S("/\\"))))
		return "leads elsewhere";
	if (str_starts(type, S("text/html")) && markup_in(p.body))
		return markup_in(p.body);
	return said.len < 1000 && p.body.len && memmem(p.body.at, p.body.len, "\0", 1) ? "a NUL" : NULL;
}

static void part_add(struct buffer *b, str name, str value)
{
	if (b->len)
		buffer_add_char(b, '&');
	http_encode(b, name);
	buffer_add_char(b, '=');
	http_encode(b, value);
}

static str value_of(const list *given, str name)
{
	for (each(struct given, g, *given))
		if (str_eq(g->name, name))
			return g->value;
	return S("");
}

static bool in_path(str path, str name)
{
	for (str before, one, rest = path; str_cut(rest, '{', &before, &rest); ) {
		str_cut(rest, '}', &one, &rest);
		if (str_eq(one, name))
			return true;
	}
	return false;
}

/* The same of a protocol: its own method, what is a header as a header, the body as it is; by a tool that may do everything. */
static struct page send_protocol(struct app *app, const struct operation *op, const list *given, str field, str said)
{
	struct buffer path = { 0 }, headers = { 0 };
	list all = { 0 };
	bool found = !field.len;
	str body = { 0 }, type = { 0 };
	for (each(struct given, g, *given)) {
		bool this = str_eq(g->name, field);
		found |= this;
		*list_add(app->arena, &all, struct given) = (struct given){ g->name, this ? said : g->value };
	}
	if (!found)
		*list_add(app->arena, &all, struct given) = (struct given){ field, said };
	buffer_add(&path, operation_path(op));
	buffer_add(&headers, S("Authorization: Basic "));
	buffer_add(&headers, S("c3dlZXA6c3dlZXAtc2VjcmV0"));               /* TOOL_KEY:TOOL_SECRET */
	buffer_add(&headers, S("\r\nX-Experience-API-Version: 2.0.0\r\n"));
	char mark = '?';
	for (each(struct given, g, all)) {
		const struct protocol_member *m = op->protocol->members;
		while (m->member && !str_eq(g->name, str_of(m->member)))
			m++;
		if (m->member && !m->header) {
			body = g->value;
		} else if (m->member && str_eq_ignoring_case(str_of(m->header), S("Content-Type"))) {
			type = g->value.len < 4000 ? g->value : (str){ 0 };
		} else if (m->member) {
			if (strcmp(m->member, "version") && g->value.len < 4000 && !memchr(g->value.at, '\n', g->value.len) && !memchr(g->value.at, 0, g->value.len))
				buffer_add_format(&headers, "%s: " S_FMT "\r\n", m->header, S_ARG(g->value));
		} else {
			buffer_add_char(&path, mark);
			mark = '&';
			http_encode(&path, g->name);
			buffer_add_char(&path, '=');
			http_encode(&path, g->value);
		}
	}
	buffer_add_char(&headers, 0);
	const char *typed = type.len && !memchr(type.at, '\n', type.len) && !memchr(type.at, 0, type.len) ? text_c(app->arena, type) : "application/json";
	struct page p = fetch_with(app, &(struct call_over_http){ .method = text_c(app->arena, operation_method(op)), .path = buffer_text(&path), .headers = headers.at,
		.accept = "application/json", .body = body, .type = typed });
	buffer_done(&path);
	buffer_done(&headers);
	return p;
}

/* The sample with one field (or, with no name, nothing) said otherwise. */
static struct page send_one(struct app *app, const struct operation *op, const list *given, str session, str field, str said, const char *accept)
{
	if (op->protocol)
		return send_protocol(app, op, given, field, said);
	struct buffer path = { 0 }, form = { 0 };
	for (str before, name, rest = operation_path(op); rest.at; ) {
		bool named = str_cut(rest, '{', &before, &rest);
		buffer_add(&path, before);
		if (!named)
			break;
		str_cut(rest, '}', &name, &rest);
		http_encode(&path, str_eq(name, field) ? said : value_of(given, name));
	}
	bool found = false;
	for (each(struct given, g, *given)) {
		found |= str_eq(g->name, field);
		if (!in_path(operation_path(op), g->name))
			part_add(&form, g->name, str_eq(g->name, field) ? said : g->value);
	}
	if (!found && field.len && !in_path(operation_path(op), field))
		part_add(&form, field, said);
	bool post = str_eq(operation_method(op), S("POST"));
	if (post)
		part_add(&form, S("csrf"), csrf_for(app, session));
	else if (form.len) {
		buffer_add_char(&path, '?');
		buffer_add(&path, buffer_text(&form));
	}
	struct page p = fetch_with(app, &(struct call_over_http){ .method = post ? "POST" : "GET", .path = buffer_text(&path), .session = session, .accept = accept,
		.body = post ? buffer_text(&form) : (str){ 0 }, .headers = "Referer: http://127.0.0.1/\r\n" });
	buffer_done(&path);
	buffer_done(&form);
	return p;
}

struct sweep { struct app *app; str sessions[WHO_COUNT]; size_t sent, wrong; };

static str session_for(struct sweep *s, enum who who)
{
	/* Some operations end sessions or change whose they are. */
	if (!s->sessions[who].len || !sql_number(s->app, text_c(s->app->arena, text_format(s->app->arena, "select count(*) from session x join account a on a.id = x.account "
		"where a.name = '%s' and x.fingerprint = '" S_FMT "'", somebodies[who].name, S_ARG(token_fingerprint(s->app->arena, str_from(s->sessions[who], 7)))))))
		s->sessions[who] = app_session(s->app, email_of_who(s->app, who));
	return s->sessions[who];
}

static void through_one(struct sweep *s, const struct operation *op)
{
	const struct sample *sample = sample_find(str_of(op->name));
	enum who who = sample && sample->who != NOBODY && sample->who != TOOL_ ? sample->who : LEARNING_;
	list given = { 0 };
	if (sample && !sample->why_not)
		given = sample_given(s->app, sample);
	for (size_t i = 0; i < op->input->count; i++) {
		const struct field *f = &op->input->fields[i];
		if (f->type == FIELD_LIST || f->type == FIELD_RECORD)
			continue;
		for (size_t k = 0; k < HOSTILES; k++) {
			if (f->type != FIELD_TEXT && k != 0 && k != 5 && k != 10)      /* numbers and days refuse all of it alike */
				continue;
			str said = hostile(k), name = str_of(f->name);
			const char *accept = k == 2 || k == 5 ? "application/json" : "text/html";
			struct page p = send_one(s->app, op, &given, session_for(s, who), name, said, accept);
			s->sent++;
			const char *wrong = wrong_with(p, said);
			if (wrong) {
				print_error("%s: %s with %s answers %d: %s%s%s\n", op->name, f->name, hostiles[k].name, p.status, wrong, p.status == 500 ? ": " : "", p.status == 500 ? app_broken() : "");
				s->wrong++;
			}
		}
		/* A field nobody asked for, named by them. */
		struct page p = send_one(s->app, op, &given, session_for(s, who), hostile(1), S("1"), "text/html");
		if (wrong_with(p, S(""))) {
			print_error("%s: a name of theirs answers %d: %s\n", op->name, p.status, wrong_with(p, S("")));
			s->wrong++;
		}
	}
}

static void ends_somebody(struct app *app)
{
	sql(app, "update account set closed = null, name = name");
}

static void nothing_of_theirs_becomes_markup_header_or_fault(void **state)
{
	struct sweep s = { .app = *state };
	const char *only = getenv("WIJZER_ONLY");
	megabyte = malloc(LONG);
	memset(megabyte, 'A', LONG);
	samples_prepare(s.app);
	app_serve(s.app, true);
	for (int writes = 1; writes >= 0; writes--) {                       /* first what stores, so that every page then shows it */
		for (size_t i = 0; i < operations_count(); i++) {
			const struct operation *op = operations_at(i);
			if (op->route && op->effect == (writes ? WRITES : READS) && (!only || !strcmp(only, op->name))) {
				through_one(&s, op);
				ends_somebody(s.app);
			}
		}
	}
	/* What was stored, in every name people see: each page as everybody. */
	sql(s.app, "update person set name = '<script>" MARK "()</script>' where name = 'Kevin Slagter'");
	sql(s.app, "update skill set name_nl = '\"><img src=x onerror=" MARK "()>', name_en = '\"><img src=x onerror=" MARK "()>', description_en = '<script>" MARK "()</script>'");
	sql(s.app, "update rating set note = '<script>" MARK "()</script>'");
	sql(s.app, "update unit set name = '<script>" MARK "()</script>'");
	sql(s.app, "update role set name = '\" onfocus=" MARK "() x=\"' || id");
	for (size_t i = 0; i < operations_count(); i++) {
		const struct operation *op = operations_at(i);
		const struct sample *sample = sample_find(str_of(op->name));
		if (op->effect != READS || !op->page || (sample && sample->why_not))
			continue;
		list given = { 0 };
		if (sample)
			given = sample_values(s.app, sample);
		for (enum who who = EMPLOYEE_; who < WHO_COUNT; who++, s.sent++) {
			struct page p = send_one(s.app, op, &given, session_for(&s, who), S(""), S(""), "text/html");
			if (wrong_with(p, S(""))) {
				print_error("%s as %s answers %d with what was stored: %s\n", op->name, somebodies[who].role, p.status, wrong_with(p, S("")));
				s.wrong++;
			}
		}
	}
	free(megabyte);
	assert_true(only || s.sent > 1000);
	assert_int_equal(s.wrong, 0);
}

/* The finder finds. */
static void markup_is_seen(void **state)
{
	(void)state;
	assert_non_null(markup_in(S("<p><script>" MARK "()</script>")));
	assert_non_null(markup_in(S("<a title=\"x\" onfocus=" MARK "()>")));
	assert_null(markup_in(S("<p>&lt;script&gt;" MARK "()")));
}

int main(void)
{
	if (!getenv("WIJZER_DEMO")) {
		puts("skipped: WIJZER_DEMO names no demonstration");
		return 77;
	}
	const struct CMUnitTest once[] = { cmocka_unit_test(markup_is_seen) };
	const struct CMUnitTest tests[] = { app_test_demo(nothing_of_theirs_becomes_markup_header_or_fault) };
	return cmocka_run_group_tests_name("markup", once, NULL, NULL) + run_on_engines("hostile", tests);
}
