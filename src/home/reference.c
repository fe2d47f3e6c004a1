/* reference.c - every operation with its right, and of one feature's with fields and an example: printed from the program's own tables. */
#include "home.h"
#include "home.words.h"
#include "view/view.words.h"
#include "web/operation.h"

struct reference_field { str name, type, doc; bool needed; };
struct reference_entry { str name, route, right, doc, example; bool writes, csv; list takes, gives; };
struct reference_group { str feature; list operations; };
struct reference_query { str feature; };
struct reference_page { str feature; list features; int64_t count; };
RECORD(reference_field, FIELD(reference_field, name), FIELD(reference_field, type), FIELD(reference_field, doc), FIELD(reference_field, needed));
RECORD(reference_entry, FIELD(reference_entry, name), FIELD(reference_entry, route), FIELD(reference_entry, right), FIELD(reference_entry, doc),
	FIELD(reference_entry, example), FIELD(reference_entry, writes), FIELD(reference_entry, csv), FIELD(reference_entry, takes, .of = &reference_field_record),
	FIELD(reference_entry, gives, .of = &reference_field_record));
RECORD(reference_group, FIELD(reference_group, feature), FIELD(reference_group, operations, .of = &reference_entry_record));
RECORD(reference_query, FIELD(reference_query, feature, .max = 40, .doc = "Whose operations are told with their fields and an example."));
RECORD(reference_page, FIELD(reference_page, feature), FIELD(reference_page, features, .of = &reference_group_record), FIELD(reference_page, count));
#include "home_reference.html.h"

static void fields_add(const struct ctx *c, const struct record *r, list *out)
{
	static const char *const types[] = { [FIELD_BOOL] = "boolean", [FIELD_INT] = "integer", [FIELD_REAL] = "number", [FIELD_TEXT] = "text", [FIELD_DATE] = "day",
		[FIELD_INSTANT] = "moment", [FIELD_MONEY] = "euros", [FIELD_LIST] = "list", [FIELD_RECORD] = "record" };
	for (size_t i = 0; i < r->count; i++) {
		const struct field *f = &r->fields[i];
		*list_add(c->arena, out, struct reference_field) = (struct reference_field){ str_of(f->name), str_of(types[f->type]), str_of(f->doc ? f->doc : ""), f->required };
	}
}

/* The shell's way to call it; the same works over HTTP with a bearer token. */
static str example_of(const struct ctx *c, const struct operation *op)
{
	str s = text_format(c->arena, "wijzer call %s", op->name);
	for (size_t i = 0; i < op->input->count; i++) {
		const struct field *f = &op->input->fields[i];
		if (f->required)
			s = text_format(c->arena, S_FMT " %s=%s", S_ARG(s), f->name, f->example ? f->example : f->type == FIELD_INT ? "1" : f->type == FIELD_DATE ? "2026-01-31" : "…");
	}
	return text_format(c->arena, S_FMT " --as EMAIL", S_ARG(s));
}

OPERATION(reference_show, reference_query, reference_page,
	.route = "GET /reference",
	.allow = "signed-in",
	.page = reference_html,
	.lenient = true,
	.doc = "Every operation with its right; those of one feature with their fields and how to call them.")
{
	out->feature = in->feature;
	for (size_t i = 0; i < operations_count(); i++) {
		const struct operation *op = operations_at(i);
		if (in->feature.len && !str_eq(in->feature, operation_feature(op)))
			continue;
		struct reference_group *g = out->features.count ? list_item(out->features, struct reference_group, out->features.count - 1) : NULL;
		if (!g || !str_eq(g->feature, operation_feature(op))) {
			g = list_add(c->arena, &out->features, struct reference_group);
			g->feature = operation_feature(op);
		}
		struct reference_entry *e = list_add(c->arena, &g->operations, struct reference_entry);
		*e = (struct reference_entry){ .name = str_of(op->name), .route = str_of(op->route ? op->route : ""), .right = str_of(op->allow), .doc = str_of(op->doc),
			.example = example_of(c, op), .writes = op->effect == WRITES, .csv = op->csv != NULL };
		out->count++;
		if (!in->feature.len)
			continue;
		fields_add(c, op->input, &e->takes);
		fields_add(c, op->output, &e->gives);
	}
	return out->count ? OK : refuse(c, NOT_FOUND, "no-feature", W(home_reference_none), in->feature);
}
