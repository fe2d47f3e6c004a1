/* paste.c - the first ten people of an empty organisation, as lines somebody has at hand. */
#include "inside.h"
#include "imports/imports.h"
#include "table/write.h"

struct people_paste { str lines; };
struct pasted { int64_t added, changed, same; };
RECORD(people_paste, FIELD(people_paste, lines, .label = W(people_paste_lines), .hint = W(people_paste_hint), .required = true, .lines = true, .max = 20000));
RECORD(pasted, FIELD(pasted, added), FIELD(pasted, changed), FIELD(pasted, same));

/* One pasted line: a name, and behind it in any order an address; then team and role. */
struct line_of { str name, email, unit, role; };

static char delimiter_of(str line)
{
	static const char marks[] = { '\t', ';', '|', ',' };
	for (size_t m = 0; m < sizeof marks; m++)
		for (size_t i = 0; i < line.len; i++)
			if (line.at[i] == marks[m])
				return marks[m];
	return ',';
}

static struct line_of line_read(str line)
{
	struct line_of all = { 0 };
	str *next[] = { &all.name, &all.unit, &all.role }, cell, rest = line;
	size_t n = 0;
	char mark = delimiter_of(line);
	do {
		str_cut(rest, mark, &cell, &rest);
		cell = str_trim(cell);
		if (str_has(cell, S("@")) && !all.email.len)
			all.email = cell;
		else if (n < sizeof next / sizeof *next)
			*next[n++] = cell;
	} while (rest.at);
	return all;
}

enum status number_of(struct ctx *c, str name, str email, str *out)
{
	struct text_key key = { .text = text_fold(c->arena, email), .fold = text_fold(c->arena, name) };
	struct person known;
	bool found;
	TRY(store_find(c, person_by_email_or_fold, &key, &known, &found));
	*out = found ? known.person_id : key.text.len ? key.text : key.fold;
	return OK;
}

static enum status lines_write(struct ctx *c, str lines, struct buffer *csv)
{
	struct table_writer w = { .out = csv, .as_it_is = true };
	static const char *const head[] = { "person_id", "name", "email", "unit", "role" };
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		table_write(&w, str_of(head[i]));
	table_write_end(&w);
	str line, rest = lines;
	do {
		str_cut(rest, '\n', &line, &rest);
		line = str_trim(line);
		if (!line.len) {
			table_write_end(&w);                   /* keeps the lines where they were typed */
			continue;
		}
		struct line_of l = line_read(line);
		str id;
		TRY(number_of(c, l.name, l.email, &id));
		table_write(&w, id);
		table_write(&w, l.name);
		table_write(&w, l.email);
		table_write(&w, l.unit.len ? l.unit : word_text(c->arena, c->language, W(people_first_team), NULL, 0));
		table_write(&w, l.role.len ? l.role : word_text(c->arena, c->language, W(people_first_role), NULL, 0));
		table_write_end(&w);
	} while (rest.at);
	return OK;
}

OPERATION(people_paste, people_paste, pasted,
	.route = "POST /people/paste",
	.allow = "people.manage",
	.effect = WRITES,
	.then = "/people",
	.said = W(people_pasted),
	.doc = "Adds people from lines of name, address, team and role. Lines with a header row are an import like any other.")
{
	struct buffer csv = { 0 };
	struct import_count n = { 0 };
	enum status status = lines_write(c, in->lines, &csv);
	if (status == OK)
		status = import_lines(c, S("people"), word_text(c->arena, c->language, W(people_pasted_lines), NULL, 0), buffer_text(&csv), &n);
	buffer_done(&csv);
	*out = (struct pasted){ n.added, n.changed, n.same };
	return status;
}
