/* attachment.c - a request's body into statements and files, and an answer's out of them: multipart/mixed (part two, 1.5.2). */
#include "attachment.h"
#include "base/sign.h"
#include "base/token.h"

enum { FILES_MAX = 500 };

static bool wrong_at(struct fault *fault, str place, const char *what)
{
	*fault = (struct fault){ place, what };
	return false;
}

static str header_of(const struct http_mixed *part, str name)
{
	for (each(const struct http_header, h, part->headers))
		if (str_eq_ignoring_case(h->name, name))
			return h->value;
	return (str){ 0 };
}

static bool is_type(str type, str wanted)
{
	str main, rest;
	str_cut(type, ';', &main, &rest);
	return str_eq_ignoring_case(str_trim(main), wanted);
}

/* Every file belongs to some attachment, under the hash that its header says and its bytes have. */
static bool file_take(struct arena *a, const struct http_mixed *part, size_t number, struct statements_put *out, struct fault *fault)
{
	str place = text_format(a, "part %zu", number + 1), encoding = header_of(part, S("Content-Transfer-Encoding")), hash = header_of(part, S("X-Experience-API-Hash"));
	if (!hash.len)
		return wrong_at(fault, place, "the header X-Experience-API-Hash is missing");
	if (!str_eq_ignoring_case(encoding, S("binary")))
		return wrong_at(fault, place, "the header Content-Transfer-Encoding has to be binary");
	hash = lower(a, hash);
	if (!is_sha2(hash))
		return wrong_at(fault, place, "X-Experience-API-Hash has to be a SHA-2 hash in hexadecimal digits");
	bool asked = false;
	for (each(const struct statement, s, out->statements))
		for (each(const struct attachment_mention, m, s->attachments))
			asked |= str_eq(m->sha2, hash);
	if (!asked)
		return wrong_at(fault, place, "no statement has an attachment with this hash");
	if (!str_eq(sha2_hex(a, hash.len, part->body), hash))
		return wrong_at(fault, place, "the bytes have another hash than is said");
	for (each(const struct statement_file, f, out->files))
		if (str_eq(f->sha2, hash))
			return true;
	*list_add(a, &out->files, struct statement_file) = (struct statement_file){ hash, header_of(part, S("Content-Type")), part->body };
	return true;
}

static bool attachments_check(struct arena *a, const struct statements_put *in, struct fault *fault)
{
	for (each(const struct statement, s, in->statements))
		for (each(const struct attachment_mention, m, s->attachments)) {
			const struct statement_file *file = NULL;
			for (each(const struct statement_file, f, in->files))
				if (str_eq(f->sha2, m->sha2))
					file = f;
			str place = json_place(a, s->json, m->node);
			if (!file && !m->elsewhere)
				return wrong_at(fault, place, "the file of this attachment did not come along, and no fileUrl says where it is");
			if (!file && m->signature)
				return wrong_at(fault, place, "the signature itself did not come along");
			const char *what = m->signature ? signature_wrong(a, s, file->bytes) : NULL;
			if (what)
				return wrong_at(fault, place, what);
		}
	return true;
}

static bool mixed_receive(struct arena *a, str type, str body, enum rules v, struct statements_put *out, bool *many, struct fault *fault)
{
	list parts;
	size_t where;
	if (http_mixed_read(a, type, body, &parts, &where) != OK)
		return wrong_at(fault, text_format(a, "byte %zu", where + 1), "this is no multipart/mixed with the boundary that the Content-Type says");
	if (!parts.count)
		return wrong_at(fault, S("part 1"), "the statements are missing");
	if (parts.count > FILES_MAX)
		return wrong_at(fault, S("body"), "there are at most 500 files in a request here");
	const struct http_mixed *first = list_item(parts, struct http_mixed, 0);
	if (!is_type(header_of(first, S("Content-Type")), S("application/json")))
		return wrong_at(fault, S("part 1"), "the first part has to be application/json: the statements");
	if (!statements_read(a, first->body, v, &out->statements, many, fault))
		return false;
	for (size_t i = 1; i < parts.count; i++)
		if (!file_take(a, list_item(parts, struct http_mixed, i), i, out, fault))
			return false;
	return true;
}

bool statements_receive(struct arena *a, str type, str body, enum rules v, struct statements_put *out, bool *many, struct fault *fault)
{
	*fault = (struct fault){ 0 };
	if (is_type(type, S("multipart/mixed"))) {
		if (!mixed_receive(a, type, body, v, out, many, fault))
			return false;
	} else if (is_type(type, S("application/json"))) {
		if (!statements_read(a, body, v, &out->statements, many, fault))
			return false;
	} else {
		return wrong_at(fault, S("Content-Type"), "statements come as application/json, or with their files as multipart/mixed");
	}
	return attachments_check(a, out, fault);
}

void mixed_write(struct arena *a, struct buffer *b, str json, const list *files, str *type)
{
	str boundary = str_until(token_new(a), 40);
	*type = text_format(a, "multipart/mixed; boundary=" S_FMT, S_ARG(boundary));
	buffer_add_format(b, "--" S_FMT "\r\nContent-Type: application/json\r\n\r\n", S_ARG(boundary));
	buffer_add(b, json);
	for (each(const struct statement_file, f, *files)) {
		buffer_add_format(b, "\r\n--" S_FMT "\r\nContent-Type: " S_FMT "\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: " S_FMT "\r\n\r\n",
			S_ARG(boundary), S_ARG(f->type), S_ARG(f->sha2));
		buffer_add(b, f->bytes);
	}
	buffer_add_format(b, "\r\n--" S_FMT "--\r\n", S_ARG(boundary));
}
