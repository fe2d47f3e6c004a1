/* reference.c - the same tables for people: docs/operations.md, the list for the shell, and the rights matrix. */
#include "inside.h"

static const char *const type_names[] = {
	[FIELD_BOOL] = "yes or no", [FIELD_INT] = "whole number", [FIELD_REAL] = "number", [FIELD_TEXT] = "text", [FIELD_DATE] = "day",
	[FIELD_INSTANT] = "moment", [FIELD_MONEY] = "euros", [FIELD_LIST] = "list", [FIELD_RECORD] = "record" };

static void fields_write(struct buffer *b, const char *head, const struct record *r)
{
	if (!r->count)
		return;
	buffer_add_format(b, "\n%s\n\n", head);
	for (size_t i = 0; i < r->count; i++) {
		const struct field *f = &r->fields[i];
		buffer_add_format(b, "- `%s` %s%s", f->name, type_names[f->type], f->required ? ", needed" : "");
		for (const struct choice *c = f->choices; c && c->value.at; c++)
			buffer_add_format(b, "%s`" S_FMT "`", c == f->choices ? ": " : ", ", S_ARG(c->value));
		buffer_add_format(b, "%s%s\n", f->doc ? ". " : "", f->doc ? f->doc : "");
	}
}

static void markdown_write(struct buffer *b)
{
	buffer_add(b, S("# Operations\n\nWhat Wijzer can do: printed by `wijzer operations` from the program's own tables.\n"
		"Each but those of a protocol (a right such as `xapi:state`, held by credentials) is a page or form, a JSON call (`Accept: application/json`, `Authorization: Bearer …`) and a shell command (`wijzer call NAME key=value --as EMAIL`).\n"));
	for (size_t i = 0; i < operations_count(); i++) {
		const struct operation *op = operations_at(i);
		if (!i || !str_eq(operation_feature(op), operation_feature(operations_at(i - 1))))
			buffer_add_format(b, "\n## " S_FMT "\n", S_ARG(operation_feature(op)));
		buffer_add_format(b, "\n### %s\n\n%s\n\n`%s`, right `%s`%s\n", op->name, op->doc, op->route ? op->route : "shell only", op->allow,
			op->csv ? ", also as CSV" : "");
		fields_write(b, "Takes:", op->input);
		fields_write(b, "Gives:", op->output);
	}
}

void operations_write(struct buffer *b, const struct web *w, bool json)
{
	(void)w;
	if (!json) {
		markdown_write(b);
		return;
	}
	for (size_t i = 0; i < operations_count(); i++) {
		const struct operation *op = operations_at(i);
		buffer_add(b, i ? S(",\n{\"name\":") : S("[{\"name\":"));
		json_write_text(b, str_of(op->name));
		buffer_add(b, S(",\"route\":"));
		json_write_text(b, str_of(op->route ? op->route : ""));
		buffer_add(b, S(",\"right\":"));
		json_write_text(b, str_of(op->allow));
		buffer_add_format(b, ",\"effect\":\"%s\",\"page\":%s,\"csv\":%s,\"doc\":", op->effect == WRITES ? "writes" : "reads",
			op->page ? "true" : "false", op->csv ? "true" : "false");
		json_write_text(b, str_of(op->doc));
		buffer_add(b, S(",\"input\":["));
		for (size_t k = 0; k < op->input->count; k++) {
			const struct field *f = &op->input->fields[k];
			buffer_add_format(b, "%s{\"name\":\"%s\",\"type\":\"%s\",\"required\":%s}", k ? "," : "", f->name, type_names[f->type], f->required ? "true" : "false");
		}
		buffer_add(b, S("]}"));
	}
	buffer_add(b, S("]\n"));
}

void rights_write(struct buffer *b, const struct web *w)
{
	const struct web_app *app = w->settings.app;
	buffer_add_format(b, "%-34s", "operation");
	for (const struct role_entry *e = app->roles; e->bit; e++)
		buffer_add_format(b, " %-13s", e->name);
	buffer_add(b, S(" nobody\n"));
	for (size_t i = 0; i < operations_count(); i++) {
		const struct operation *op = operations_at(i);
		buffer_add_format(b, "%-34s", op->name);
		for (const struct role_entry *e = app->roles; e->bit; e++) {
			struct asker me = { .account = 1, .roles = e->bit };
			buffer_add_format(b, " %-13s", access_may(app->rights, &me, str_of(op->allow)) ? "may" : "-");
		}
		struct asker nobody = { 0 };
		buffer_add_format(b, " %-6s", access_may(app->rights, &nobody, str_of(op->allow)) ? "may" : "-");
		while (b->len && b->at[b->len - 1] == ' ')
			b->len--;
		buffer_add_format(b, "%s%s\n", op->protocol ? "  credentials: " : "", op->protocol ? op->allow : "");
	}
}
