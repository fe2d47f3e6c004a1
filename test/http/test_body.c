/* test_body.c - escapes, forms and multipart bodies: what they mean, and the hostile ones that mean nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "http/http.h"

/* "name=value" or "name=value (file, type)", one a line; "refused at N" when so. */
static void parts_written(struct arena *a, enum status went, const list *parts, size_t where, struct buffer *out)
{
	buffer_clear(out);
	if (went != OK)
		buffer_add_format(out, "refused at %zu", where);
	for (each(struct http_part, p, *parts)) {
		buffer_add_format(out, S_FMT "=" S_FMT, S_ARG(p->name), S_ARG(p->value));
		if (p->file.at)
			buffer_add_format(out, " (" S_FMT ", " S_FMT ")", S_ARG(p->file), S_ARG(p->type));
		buffer_add_char(out, ';');
	}
	buffer_add_char(out, 0);
	(void)a;
}

static void decodes(void **state)
{
	(void)state;
	static const struct { str from; bool plus; const char *to; } cases[] = {
		{ S(""), false, "" }, { S("a+b"), false, "a+b" }, { S("a+b"), true, "a b" }, { S("%41%c3%A9"), false, "A\303\251" },
		{ S("%2B+%2b"), true, "+ +" }, { S("%25"), false, "%" }, { S("%2541"), false, "%41" },
		{ S("%"), false, NULL }, { S("%4"), false, NULL }, { S("a%4g"), false, NULL }, { S("%%41"), false, NULL }, { S("%-1"), false, NULL },
		{ S("%00"), false, NULL }, { S("a\0b"), false, NULL }, { S("% 1"), false, NULL },
	};
	struct arena *a = arena_new();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		str to = S("untouched");
		assert_int_equal(http_decode(a, cases[i].from, cases[i].plus, &to), cases[i].to != NULL);
		assert_true(str_eq(to, cases[i].to ? str_of(cases[i].to) : S("untouched")));
	}
	arena_free(a);
}

static void encoding_comes_back(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct buffer b = { 0 };
	char every[255];
	str back;
	for (int i = 0; i < 255; i++)
		every[i] = (char)(i + 1);
	http_encode(&b, (str){ every, 255 });
	for (size_t i = 0; i < b.len; i++)
		assert_true(strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%", b.at[i]));
	assert_true(http_decode(a, buffer_text(&b), true, &back));
	assert_true(str_eq(back, (str){ every, 255 }));
	buffer_clear(&b);
	http_encode(&b, S("a b/\303\251"));
	assert_true(str_eq(buffer_text(&b), S("a%20b%2F%C3%A9")));
	buffer_done(&b);
	arena_free(a);
}

static void forms(void **state)
{
	(void)state;
	static const struct { str body; const char *expected; } cases[] = {
		{ S(""), "" }, { S("a=1&b=2"), "a=1;b=2;" }, { S("a"), "a=;" }, { S("a=&=b&="), "a=;=b;=;" }, { S("&&a=1&&"), "a=1;" },
		{ S("a=b=c"), "a=b=c;" }, { S("naam=Zo%C3%AB+van+%26&a=1;b"), "naam=Zo\303\253 van &;a=1;b;" }, { S("a=1&a=2"), "a=1;a=2;" },
		{ S("a=1&b=%4"), "refused at 4" }, { S("a=1&b%zz=2"), "refused at 4" }, { S("a=%00"), "refused at 0" },
		{ S("a=1&b=%C3"), "refused at 4" }, { S("a=\xff"), "refused at 0" }, { S("a=\0"), "refused at 0" },
	};
	struct arena *a = arena_new();
	struct buffer out = { 0 };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		list parts = { 0 };
		size_t where = 0;
		enum status went = http_form_read(a, cases[i].body, &parts, &where);
		parts_written(a, went, &parts, where, &out);
		assert_string_equal(out.at, cases[i].expected);
	}
	/* A query and a body come together; a refusal takes nothing away and adds nothing. */
	list parts = { 0 };
	size_t where;
	assert_int_equal(http_form_read(a, S("a=1"), &parts, &where), OK);
	assert_int_equal(http_form_read(a, S("b=2&c=%"), &parts, &where), INVALID);
	assert_int_equal(parts.count, 1);
	assert_int_equal(http_form_read(a, S("d=3"), &parts, &where), OK);
	assert_int_equal(parts.count, 2);
	buffer_clear(&out);
	for (int i = 0; i <= HTTP_PARTS_MAX; i++)
		buffer_add(&out, S("a&"));
	parts = (list){ 0 };
	assert_int_equal(http_form_read(a, buffer_text(&out), &parts, &where), INVALID);
	assert_int_equal(http_form_read(a, str_until(buffer_text(&out), HTTP_PARTS_MAX * 2), &parts, &where), OK);
	buffer_done(&out);
	arena_free(a);
}

#define TYPE "multipart/form-data; boundary="
#define NAME(n) "Content-Disposition: form-data; name=\"" n "\""
#define FIELD(n, v) "--x\r\n" NAME(n) "\r\n\r\n" v "\r\n"
#define END "--x--\r\n"

static const struct { str type, body; const char *expected; } multiparts[] = {
	{ S(TYPE "x"), S(FIELD("a", "1") FIELD("b", "") END), "a=1;b=;" },
	{ S(TYPE "x"), S(FIELD("a", "1") "--x--"), "a=1;" },
	{ S(TYPE "x"), S("--x--\r\n"), "" },
	{ S("Multipart/Form-Data ; charset=utf-8;BOUNDARY=\"x\" "), S(FIELD("a", "1") END), "a=1;" },
	{ S(TYPE "\"a b:c\""), S("--a b:c\r\n" NAME("a") "\r\n\r\n1\r\n--a b:c--"), "a=1;" },
	{ S(TYPE "x"), S("--x\r\n" NAME("f") "; filename=\"r.csv\"\r\nContent-Type: text/csv\r\n\r\na,b\r\n1\r\n\r\n" END), "f=a,b\r\n1\r\n (r.csv, text/csv);" },
	{ S(TYPE "x"), S("--x\r\ncontent-disposition:form-data;name=f;filename=r.csv\r\n\r\n\xff\r\n" END), "f=\377 (r.csv, );" },
	{ S(TYPE "x"), S("--x\r\n" NAME("f") "; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n" END), "f= (, application/octet-stream);" },
	{ S(TYPE "x"), S("--x\r\n" NAME("f") "; filename=\"C:\\dir\\a.csv\"\r\n\r\n\r\n" END), "f= (a.csv, );" },
	{ S(TYPE "x"), S("--x\r\n" NAME("f") "; filename=\"../../etc/passwd\"\r\n\r\n\r\n" END), "f= (passwd, );" },
	{ S(TYPE "x"), S("--x\r\n" NAME("f") "; filename=\"a\\\"b%22c;d.csv\"\r\n\r\n\r\n" END), "f= (a\"b\"c;d.csv, );" },
	{ S(TYPE "x"), S("--x\r\n" NAME("f") "; filename=\"a.csv\"; filename*=UTF-8''b.csv\r\n\r\n\r\n" END), "f= (a.csv, );" },
	{ S(TYPE "x"), S("--x\r\n" NAME("a") "\r\nContent-Transfer-Encoding: 8bit\r\n\r\n1\r\n" END), "a=1;" },
	{ S(TYPE "x"), S(FIELD("a", "--x") END), "a=--x;" },               /* a delimiter begins with a line end */
	{ S(TYPE "x"), S(FIELD("a", "\r\n-x\r\n--\r\n") END), "a=\r\n-x\r\n--\r\n;" },
	/* The type. */
	{ S("multipart/mixed; boundary=x"), S(FIELD("a", "1") END), "refused at 0" },
	{ S("multipart/form-data"), S(FIELD("a", "1") END), "refused at 0" },
	{ S("multipart/form-datax; boundary=x"), S(FIELD("a", "1") END), "refused at 0" },
	{ S(TYPE "x; boundary=y"), S(FIELD("a", "1") END), "refused at 0" },
	{ S(TYPE ""), S("--\r\n" NAME("a") "\r\n\r\n1\r\n----"), "refused at 0" },
	{ S(TYPE "\"x"), S(FIELD("a", "1") END), "refused at 0" },
	{ S(TYPE "x y"), S(FIELD("a", "1") END), "refused at 0" },
	{ S(TYPE "\"x \""), S("--x \r\n"), "refused at 0" },
	{ S(TYPE "1234567890123456789012345678901234567890123456789012345678901234567890x"), S(""), "refused at 0" },
	/* The frame. */
	{ S(TYPE "x"), S(""), "refused at 0" },
	{ S(TYPE "x"), S("preamble\r\n" FIELD("a", "1") END), "refused at 0" },
	{ S(TYPE "x"), S("\r\n" FIELD("a", "1") END), "refused at 0" },
	{ S(TYPE "x"), S(FIELD("a", "1") END "epilogue"), "refused at 55" },
	{ S(TYPE "x"), S(FIELD("a", "1")), "refused at 3" },
	{ S(TYPE "x"), S(FIELD("a", "1") "--x"), "refused at 55" },
	{ S(TYPE "x"), S(FIELD("a", "1") "--x-"), "refused at 55" },
	{ S(TYPE "x"), S(FIELD("a", "1\r\n--xy") END), "refused at 55" },      /* RFC 2046: may not appear in a part, not as a beginning either */
	{ S(TYPE "x"), S("--x \r\n" NAME("a") "\r\n\r\n1\r\n" END), "refused at 3" },
	{ S(TYPE "x"), S("--x\n" NAME("a") "\n\n1\n--x--\n"), "refused at 3" },
	/* The headers of a part. */
	{ S(TYPE "x"), S("--x\r\n\r\n1\r\n" END), "refused at 3" },
	{ S(TYPE "x"), S("--x\r\nContent-Type: text/plain\r\n\r\n1\r\n" END), "refused at 3" },
	{ S(TYPE "x"), S("--x\r\n" NAME("a") "\r\n" NAME("b") "\r\n\r\n1\r\n" END), "refused at 3" },
	{ S(TYPE "x"), S("--x\r\n" NAME("a") "; name=\"b\"\r\n\r\n1\r\n" END), "refused at 3" },
	{ S(TYPE "x"), S("--x\r\n" NAME("a") "; filename=\"b\"; filename=\"c\"\r\n\r\n1\r\n" END), "refused at 3" },
	{ S(TYPE "x"), S("--x\r\nContent-Disposition: form-data; filename=\"c\"\r\n\r\n1\r\n" END), "refused at 3" },
	{ S(TYPE "x"), S("--x\r\nContent-Disposition: attachment; name=\"c\"\r\n\r\n1\r\n" END), "refused at 3" },
	{ S(TYPE "x"), S("--x\r\nContent-Disposition: form-data; name=\"c\r\n\r\n1\r\n" END), "refused at 3" },
	{ S(TYPE "x"), S("--x\r\n" NAME("a") " trash\r\n\r\n1\r\n" END), "refused at 3" },
	{ S(TYPE "x"), S("--x\r\n" NAME("a\0b") "\r\n\r\n1\r\n" END), "refused at 3" },
	{ S(TYPE "x"), S("--x\r\n" NAME("a\xff") "\r\n\r\n1\r\n" END), "refused at 3" },
	{ S(TYPE "x"), S("--x\r\n" NAME("a") ";\r\n filename=\"b\"\r\n\r\n1\r\n" END), "refused at 3" },
	{ S(TYPE "x"), S("--x\r\n" NAME("a") "\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==\r\n" END), "refused at 3" },
	{ S(TYPE "x"), S("--x\r\n" NAME("a") "\r\nno colon\r\n\r\n1\r\n" END), "refused at 3" },
	/* A field is text; a file may be anything. */
	{ S(TYPE "x"), S(FIELD("a", "\xff") END), "refused at 3" },
	{ S(TYPE "x"), S(FIELD("a", "\0") END), "refused at 3" },
};

static void multipart_bodies(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct buffer out = { 0 };
	for (size_t i = 0; i < sizeof multiparts / sizeof *multiparts; i++) {
		list parts = { 0 };
		size_t where = 0;
		enum status went = http_multipart_read(a, multiparts[i].type, multiparts[i].body, &parts, &where);
		parts_written(a, went, &parts, where, &out);
		if (strcmp(out.at, multiparts[i].expected))
			fail_msg("%s\nexpected %s\nbut it is %s", multiparts[i].body.at, multiparts[i].expected, out.at);
	}
	buffer_done(&out);
	arena_free(a);
}

static void multipart_has_limits(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct buffer b = { 0 };
	list parts = { 0 };
	size_t where;
	for (int i = 0; i < HTTP_PARTS_MAX; i++)
		buffer_add(&b, S(FIELD("a", "1")));
	size_t fields = b.len;
	buffer_add(&b, S(END));
	assert_int_equal(http_multipart_read(a, S(TYPE "x"), buffer_text(&b), &parts, &where), OK);
	assert_int_equal(parts.count, HTTP_PARTS_MAX);
	b.len = fields;
	buffer_add(&b, S(FIELD("a", "1") END));
	parts = (list){ 0 };
	assert_int_equal(http_multipart_read(a, S(TYPE "x"), buffer_text(&b), &parts, &where), INVALID);
	assert_int_equal(parts.count, 0);
	buffer_clear(&b);
	buffer_add(&b, S("--x\r\n"));
	for (int i = 0; i < 100; i++)
		buffer_add(&b, S("X: y\r\n"));
	buffer_add(&b, S(NAME("a") "\r\n\r\n1\r\n" END));
	assert_int_equal(http_multipart_read(a, S(TYPE "x"), buffer_text(&b), &parts, &where), INVALID);
	buffer_done(&b);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decodes),
		cmocka_unit_test(encoding_comes_back),
		cmocka_unit_test(forms),
		cmocka_unit_test(multipart_bodies),
		cmocka_unit_test(multipart_has_limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
