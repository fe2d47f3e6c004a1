/* export_gather.c - everything that is kept about one person, asked of every kind in turn. */
#include "export.h"

void keep_export_rows(struct keep_export *e, const char *name, const struct record *r, const list *rows)
{
	*list_add(e->c->arena, &e->sections, struct keep_section) = (struct keep_section){ e->keep, str_of(name), r, *rows };
}

/* What somebody called a file may hold anything: letters, digits, point and dash stay, and a number makes it unique. */
static str file_name(const struct keep_export *e, str name)
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
	return text_format(a, "%s-%zu-" S_FMT, e->keep->name, e->files.count + 1, S_ARG(((str){ safe, len })));
}

void keep_export_file(struct keep_export *e, str name, str bytes)
{
	str safe = file_name(e, name);
	*list_add(e->c->arena, &e->files, struct keep_file) = (struct keep_file){ .name = safe, .bytes = bytes };
}

str keep_export_stream(struct keep_export *e, str name, enum status (*more)(struct ctx *c, void *of, struct buffer *piece), void *of)
{
	str safe = file_name(e, name);
	struct zip_stream *stream = arena_new_of(e->c->arena, struct zip_stream);
	*stream = (struct zip_stream){ more, of };
	*list_add(e->c->arena, &e->files, struct keep_file) = (struct keep_file){ .name = safe, .stream = stream };
	return safe;
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
