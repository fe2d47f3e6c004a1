/* shell.c - wijzer gap: the same rows in a terminal, as a table, CSV or JSON. */
#include "gap.h"
#include "shell/shell.h"

static const struct { const char *by, *operation; } kinds[] = {
	{ "unit", "gap_by_unit" }, { "role", "gap_by_role" }, { "skill", "gap_by_skill" }, { "person", "gap_by_person" } };

enum { COLUMNS_SHOWN = 16, CELL_MAX = 40 };

/* What a person reads: two decimals, days, and a dash for what is withheld. */
static str cell(struct arena *a, const struct field *f, const void *row)
{
	if (f->type == FIELD_REAL) {
		double x = *(const double *)field_in(f, row);
		return isnan(x) ? S("-") : text_format(a, x == floor(x) ? "%.0f" : "%.2f", x);
	}
	str s = field_text(a, f, row);
	return s.len ? s : S("-");
}

static void table_write(struct shell *sh, const struct record *r, const list *rows)
{
	size_t width[COLUMNS_SHOWN] = { 0 };
	for (size_t f = 0; f < r->count; f++) {
		width[f] = str_of(r->fields[f].name).len;
		for (size_t i = 0; i < rows->count; i++) {
			size_t w = utf8_count(cell(sh->arena, &r->fields[f], (const char *)rows->at + i * r->size));
			width[f] = w > width[f] ? w : width[f];
		}
	}
	for (size_t i = 0; i <= rows->count; i++) {
		for (size_t f = 0; f < r->count; f++) {
			str s = i ? cell(sh->arena, &r->fields[f], (const char *)rows->at + (i - 1) * r->size) : str_of(r->fields[f].name);
			bool left = r->fields[f].type == FIELD_TEXT, last = f + 1 == r->count;
			int pad = (int)(width[f] - utf8_count(s));
			buffer_add_format(&sh->out, "%*s" S_FMT "%*s%s", left ? 0 : pad, "", S_ARG(s), left && !last ? pad : 0, "", last ? "\n" : "  ");
		}
	}
}

static enum exit rows_write(struct shell *sh, const struct operation *op, const void *out, str format)
{
	const struct field *f = &op->output->fields[0];
	const list *rows = field_in(f, out);
	if (str_eq(format, S("json"))) {
		record_write_json(&sh->out, op->output, out);
		buffer_add(&sh->out, S("\n"));
	} else if (str_eq(format, S("csv"))) {
		csv_write_head(&sh->out, f->of, shell_has(sh, S("dutch")));
		for (size_t i = 0; i < rows->count; i++)
			csv_write_row(&sh->out, f->of, (const char *)rows->at + i * f->of->size, shell_has(sh, S("dutch")));
	} else {
		table_write(sh, f->of, rows);
	}
	return shell_finish(sh, OK);
}

COMMAND(gap, "--by unit|role|skill|person [--unit PATH] [--ambition A] [--skill S] [--target N] [--on DAY] [--without ID,…] [--format text|csv|json] [--dutch]",
	"How many people are at the level that is needed, and where not.",
	OPTIONS({ "by", "KEY", "unit, role, skill or person" }, { "unit", "PATH", "this unit and what is below it, as Wonen/Verhuur" },
		{ "ambition", "A", "what this ambition needs; else what each role asks" }, { "skill", "S", "this skill only" },
		{ "target", "N", "this level, 1 to 5, instead of the ambition's or the role's" }, { "on", "DAY", "as of another day" },
		{ "without", "ID,…", "as if these people were not there; nothing is kept" }, { "format", "F", "text (default), csv or json" },
		{ "dutch", NULL, "CSV with semicolons and decimal commas" }))
{
	str by = shell_option(sh, S("by")), format = shell_option(sh, S("format"));
	const char *operation = NULL;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_eq(by, str_of(kinds[i].by)))
			operation = kinds[i].operation;
	if (!operation)
		return shell_usage(sh, "--by takes unit, role, skill or person");
	if (format.at && !str_eq(format, S("text")) && !str_eq(format, S("csv")) && !str_eq(format, S("json")))
		return shell_usage(sh, "--format takes text, csv or json");
	if (!sh->by.as.len && !sh->unprotected)
		return shell_finish(sh, refuse(&sh->c, FORBIDDEN, "who", W(strategy_say_who)));
	list given = { 0 };
	void *out;
	static const char *const passed[] = { "unit", "ambition", "skill", "target", "on", "without" };
	for (size_t i = 0; i < sizeof passed / sizeof *passed; i++)
		shell_give(sh, &given, str_of(passed[i]), shell_option(sh, str_of(passed[i])));
	enum status status = shell_call(sh, operation, &given, &out);
	return status == OK ? rows_write(sh, operation_find(str_of(operation)), out, format) : shell_finish(sh, status);
}
