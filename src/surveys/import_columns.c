/* import_columns.c - which column of another tool's file is which question, and which columns stay at the door whatever is asked. */
#include "import.h"
#include "table/mapping.h"
#include "table/name.h"

/* As letters and digits alone: "E-mail adres" is "emailadres". */
static str bare(struct ctx *c, str name)
{
	str folded = text_fold(c->arena, name);
	char *at = arena_take(c->arena, folded.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < folded.len; i++)
		if ((folded.at[i] >= 'a' && folded.at[i] <= 'z') || (folded.at[i] >= '0' && folded.at[i] <= '9'))
			at[n++] = folded.at[i];
	return (str){ at, n };
}

/* What tells who somebody is, or when they answered. */
static const char *const at_the_door[] = { "naam", "name", "volledigenaam", "fullname", "voornaam", "firstname", "achternaam", "lastname", "surname", "email", "emailadres", "emailaddress", "mail",
	"gebruikersnaam", "username", "ip", "ipaddr", "ipaddress", "ipadres", "token", "toegangscode", "accesscode", "id", "responseid", "antwoordid", "seed", "startdate", "datestamp", "submitdate",
	"starttijd", "begintijd", "starttime", "tijdvanvoltooien", "completiontime", "voltooiingstijd", "tijdvanlaatstewijziging", "lastmodifiedtime", "tijdstempel", "timestamp", "datumverzonden", "datesubmitted",
	"datumgestart", "datestarted", "datumlaatsteactie", "datelastaction", "refurl", "personeelsnummer", "medewerker", "medewerkernummer", "employeeid", "personid", "telefoon", "phone",
	"geboortedatum", "dateofbirth", "interviewtime", NULL };
/* Of a moment only whether there is one: LimeSurvey's way of saying that answers were sent in. */
static const char *const sent[] = { "submitdate", "datumverzonden", "datesubmitted", NULL };
static const char *const units[] = { "unit", "afdeling", "team", "onderdeel", "organisatieonderdeel", "department", "businessunit", NULL };

static bool among(const char *const *names, str name)
{
	for (; *names; names++)
		if (str_eq(str_of(*names), name))
			return true;
	return false;
}

enum status columns_check(struct ctx *c, str mapping)
{
	for (str line, rest = mapping; rest.len; ) {
		str_cut(rest, '\n', &line, &rest);
		line = str_trim(line);
		if (str_starts(line, S("#")) || (str_starts(line, S("finished")) && str_has(line, S("="))))
			continue;
		for (str before, name, after = line; str_cut(after, '"', &before, &after) && str_cut(after, '"', &name, &after); )
			if (str_ends(str_trim(before), S("column")) && among(at_the_door, bare(c, name)))
				return object(c, S("mapping"), W(surveys_read_door), name);
	}
	return OK;
}

/* The code itself, the code in LimeSurvey's brackets, or the whole question. */
static bool is_column_of(struct ctx *c, str column, const struct survey_question *q)
{
	str folded = text_fold(c->arena, column), nl = text_fold(c->arena, q->text_nl), en = text_fold(c->arena, q->text_en), code = text_fold(c->arena, q->item);
	str bracketed = text_format(c->arena, "[" S_FMT "]", S_ARG(code)), before, rest;
	bool dotted = str_cut(folded, '.', &before, &rest) && str_eq(str_trim(before), code);
	return str_eq(folded, code) || dotted || str_has(folded, bracketed) || (nl.len >= 12 && str_has(folded, nl)) || (en.len >= 12 && str_has(folded, en));
}

static void line_add(struct buffer *b, str field, str column)
{
	buffer_add(b, field);
	buffer_add(b, S(" = column \""));
	for (size_t i = 0; i < column.len; i++) {
		if (column.at[i] == '"')
			buffer_add_char(b, '"');
		buffer_add_char(b, column.at[i]);
	}
	buffer_add(b, S("\"\n"));
}

static str column_find(struct ctx *c, const struct table *t, const char *const *names)
{
	for (size_t i = 0; i < t->width; i++)
		if (among(names, bare(c, t->columns[i])))
			return t->columns[i];
	return (str){ 0 };
}

enum status columns_guess(struct ctx *c, const struct table *t, const list *known, str *mapping)
{
	struct buffer b = { 0 };
	enum status s = OK;
	size_t found = 0;
	for (each(struct survey_question, q, *known)) {
		str column = { 0 };
		for (size_t i = 0; i < t->width; i++) {
			if (!t->columns[i].len || !is_column_of(c, t->columns[i], q))
				continue;
			if (column.len)
				s = object(c, S("file"), W(surveys_read_two_columns), column, t->columns[i], q->item);
			column = t->columns[i];
		}
		found += column.len > 0;
		if (column.len)
			line_add(&b, q->item, column);
	}
	str unit = column_find(c, t, units), finished = column_find(c, t, sent);
	if (unit.len)
		line_add(&b, S("unit"), unit);
	if (finished.len)
		line_add(&b, S("finished"), finished);
	*mapping = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	if (s == OK && !found)
		return object(c, S("file"), W(surveys_read_no_question), names_joined(c->arena, t->columns, t->width));
	return s;
}
