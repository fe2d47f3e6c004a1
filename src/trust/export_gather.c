/* export_gather.c - everything that is kept about one person, asked of every kind in turn. */
#include "export.h"

void keep_export_rows(struct keep_export *e, const char *name, const struct record *r, const list *rows)
{
	*list_add(e->c->arena, &e->sections, struct keep_section) = (struct keep_section){ e->keep, str_of(name), r, *rows };
}

/* What somebody called a file may hold anything: letters, digits, point and dash stay, and a number makes it unique. */
void keep_export_file(struct keep_export *e, str name, str bytes)
{
	enum { NAME_MAX = 80 };
	struct arena *a = e->c->arena;
	size_t len = name.len < NAME_MAX ? name.len : NAME_MAX;
	char *safe = arena_take(a, len + 1);
	for (size_t i = 0; i < len; i++) {
		char x = name.at[name.len - len + i];                          /* its end, where the extension is */
		bool fine = (x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9') || (x == '.' && i) || x == '-';
		safe[i] = fine ? x : '_';
	}
	*list_add(a, &e->files, struct keep_file) = (struct keep_file){
		text_format(a, "%s-%zu-" S_FMT, e->keep->name, e->files.count + 1, S_ARG(((str){ safe, len }))), bytes };
}

enum status export_gather(struct ctx *c, const struct keep_person *who, struct keep_export *out)
{
	*out = (struct keep_export){ .c = c };
	for (size_t i = 0; i < keeps_count(); i++) {
		out->keep = keeps_at(i);
		for (const struct keep_rows *r = out->keep->rows; r && r->name; r++) {
			list rows = { 0 };
			TRY(store_all_query(c, r->query, who, &rows));
			keep_export_rows(out, r->name, r->query->out, &rows);
		}
		if (out->keep->exporting)
			TRY(out->keep->exporting(c, who, out));
	}
	return OK;
}
