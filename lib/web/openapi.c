/* openapi.c - the interface described for programs: OpenAPI 3.1, from the tables of operations and records. */
#include "inside.h"

static void text(struct buffer *b, const char *s)
{
	json_write_text(b, str_of(s ? s : ""));
}

static void schema_of(struct buffer *b, const struct record *r);

static void field_schema(struct buffer *b, const struct field *f)
{
	static const char *const types[] = {
		[FIELD_BOOL] = "\"type\":\"boolean\"", [FIELD_INT] = "\"type\":\"integer\",\"format\":\"int64\"", [FIELD_REAL] = "\"type\":\"number\"",
		[FIELD_TEXT] = "\"type\":\"string\"", [FIELD_DATE] = "\"type\":\"string\",\"format\":\"date\"",
		[FIELD_INSTANT] = "\"type\":\"string\",\"format\":\"date-time\"",
		[FIELD_MONEY] = "\"type\":\"number\",\"description\":\"euros\"" };
	if (f->type == FIELD_RECORD) {
		schema_of(b, f->of);
		return;
	}
	if (f->type == FIELD_LIST) {
		buffer_add(b, S("{\"type\":\"array\",\"items\":"));
		if (f->of)
			schema_of(b, f->of);
		else
			buffer_add(b, S("{\"type\":\"string\"}"));
		buffer_add(b, S("}"));
		return;
	}
	buffer_add(b, S("{"));
	buffer_add(b, str_of(types[f->type]));
	if (f->doc) {
		buffer_add(b, S(",\"description\":"));
		text(b, f->doc);
	}
	if (f->min != 0 || f->max != 0) {
		bool length = f->type == FIELD_TEXT;
		buffer_add(b, length ? S(",\"minLength\":") : S(",\"minimum\":"));
		buffer_add_real(b, f->min);
		if (f->max != 0) {
			buffer_add(b, length ? S(",\"maxLength\":") : S(",\"maximum\":"));
			buffer_add_real(b, f->max);
		}
	}
	if (f->choices) {
		buffer_add(b, S(",\"enum\":["));
		for (const struct choice *c = f->choices; c->value.at; c++) {
			buffer_add(b, c == f->choices ? S("") : S(","));
			json_write_text(b, c->value);
		}
		buffer_add(b, S("]"));
	}
	buffer_add(b, S("}"));
}

static void schema_of(struct buffer *b, const struct record *r)
{
	buffer_add(b, S("{\"type\":\"object\",\"properties\":{"));
	bool first = true, required = false;
	for (size_t i = 0; i < r->count; i++) {
		const struct field *f = &r->fields[i];
		required |= f->required;
		buffer_add(b, first ? S("") : S(","));
		text(b, f->name);
		buffer_add(b, S(":"));
		field_schema(b, f);
		first = false;
	}
	buffer_add(b, S("}"));
	if (required) {
		buffer_add(b, S(",\"required\":["));
		first = true;
		for (size_t i = 0; i < r->count; i++)
			if (r->fields[i].required) {
				buffer_add(b, first ? S("") : S(","));
				text(b, r->fields[i].name);
				first = false;
			}
		buffer_add(b, S("]"));
	}
	buffer_add(b, S("}"));
}

static bool in_path(str path, const struct field *f)
{
	for (str before, name, rest = path; str_cut(rest, '{', &before, &rest); ) {
		str_cut(rest, '}', &name, &rest);
		if (str_eq(name, str_of(f->name)))
			return true;
	}
	return false;
}

/* Where a protocol's member comes from; NULL: the query. */
static const struct protocol_member *member_of(const struct operation *op, const struct field *f)
{
	for (const struct protocol_member *m = op->protocol ? op->protocol->members : NULL; m && m->member; m++)
		if (str_eq(str_of(m->member), str_of(f->name)))
			return m;
	return NULL;
}

static void parameters(struct buffer *b, const struct operation *op)
{
	buffer_add(b, S(",\"parameters\":["));
	bool first = true;
	for (size_t i = 0; i < op->input->count; i++) {
		const struct field *f = &op->input->fields[i];
		const struct protocol_member *m = member_of(op, f);
		bool path = in_path(operation_path(op), f);
		if (m && !m->header)
			continue;
		if (m) {
			buffer_add(b, first ? S("{\"name\":") : S(",{\"name\":"));
			text(b, m->header);
			buffer_add_format(b, ",\"in\":\"header\",\"required\":%s,\"schema\":{\"type\":\"string\"}}", f->required ? "true" : "false");
			first = false;
			continue;
		}
		if ((op->effect == WRITES && !path && !op->protocol) || f->type == FIELD_LIST || f->type == FIELD_RECORD)
			continue;
		buffer_add(b, first ? S("{\"name\":") : S(",{\"name\":"));
		text(b, f->name);
		buffer_add_format(b, ",\"in\":\"%s\",\"required\":%s,\"schema\":", path ? "path" : "query", path || f->required ? "true" : "false");
		field_schema(b, f);
		buffer_add(b, S("}"));
		first = false;
	}
	buffer_add(b, S("]"));
}

static bool body_of(const struct operation *op)
{
	for (size_t i = 0; i < op->input->count; i++) {
		const struct protocol_member *m = member_of(op, &op->input->fields[i]);
		if (m && !m->header)
			return true;
	}
	return false;
}

static void operation_entry(struct buffer *b, const struct operation *op)
{
	str method = operation_method(op);
	buffer_add(b, S("\""));
	for (size_t i = 0; i < method.len; i++)
		buffer_add_char(b, (char)(method.at[i] + 32));
	buffer_add(b, S("\":{\"operationId\":"));
	text(b, op->name);
	buffer_add(b, S(",\"tags\":["));
	json_write_text(b, operation_feature(op));
	buffer_add(b, S("],\"summary\":"));
	text(b, op->doc);
	buffer_add(b, S(",\"x-right\":"));
	text(b, op->allow);
	parameters(b, op);
	if (op->protocol) {
		bool open = str_eq(str_of(op->allow), S("public"));
		buffer_add_format(b, ",\"security\":[%s%s%s]", open ? "" : "{\"", open ? "" : op->protocol->name, open ? "" : "\":[]}");
		if (body_of(op))
			buffer_add(b, S(",\"requestBody\":{\"content\":{\"*/*\":{}}}"));
	} else if (op->effect == WRITES) {
		buffer_add(b, S(",\"requestBody\":{\"content\":{\"application/json\":{\"schema\":"));
		schema_of(b, op->input);
		buffer_add(b, S("}}}"));
	}
	buffer_add(b, S(",\"responses\":{\"200\":{\"description\":\"Done\",\"content\":{"));
	if (op->reply == RAW) {
		buffer_add(b, S("\"application/octet-stream\":{}"));
	} else {
		buffer_add(b, S("\"application/json\":{\"schema\":"));
		schema_of(b, op->output);
		buffer_add(b, S("}"));
	}
	buffer_add(b, S("}},\"default\":{\"description\":\"Refused\",\"content\":{\"application/problem+json\":{\"schema\":{\"$ref\":\"#/components/schemas/problem\"}}}}}}"));
}

void openapi_write(struct buffer *b, const struct web *w)
{
	buffer_add(b, S("{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Wijzer\",\"version\":"));
	text(b, w->settings.app->version);
	buffer_add(b, S(",\"license\":{\"name\":\"AGPL-3.0-or-later\"}},\"security\":[{\"bearer\":[]}],\"components\":{\"securitySchemes\":"
		"{\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\"}"));
	for (size_t i = 0; i < protocols_count(); i++)
		buffer_add_format(b, ",\"%s\":{\"type\":\"http\",\"scheme\":\"%s\"}", protocols_at(i)->name, protocols_at(i)->scheme);
	buffer_add(b, S("},\"schemas\":{\"problem\":{\"type\":\"object\",\"description\":\"RFC 9457\",\"properties\":"
		"{\"status\":{\"type\":\"integer\"},\"code\":{\"type\":\"string\"},\"detail\":{\"type\":\"string\"},\"request_id\":{\"type\":\"string\"},"
		"\"errors\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"field\":{\"type\":\"string\"},\"detail\":{\"type\":\"string\"}}}}}}}},\"paths\":{"));
	for (size_t i = 0; i < w->route_count; i++) {
		bool same = i && str_eq(w->routes[i].path, w->routes[i - 1].path);
		if (same) {
			buffer_add(b, S(","));
		} else {
			buffer_add(b, i ? S("},\n") : S("\n"));
			json_write_text(b, w->routes[i].path);
			buffer_add(b, S(":{"));
		}
		operation_entry(b, w->routes[i].op);
	}
	buffer_add(b, w->route_count ? S("}}}\n") : S("}}\n"));
}
