/* anki.c - cards as the text that Anki exports and reads: a note a line, fields apart by a tab, HTML in them. */
#include "anki.h"
#include "practice.words.h"
#include "base/buffer.h"

/* ---- In ---- */

/* Which columns are no field of the note: its type, deck, tags, id. Bit n for column n, from 1. */
struct head { char separator; uint64_t not_fields; };

bool anki_is(str text)
{
	return str_starts(text, S("#separator:")) || str_starts(text, S("#html:"));
}

static void head_read(struct head *h, str line)
{
	static const struct { const char *name; char separator; } separators[] = { { "comma", ',' }, { "semicolon", ';' }, { "tab", '\t' }, { "space", ' ' }, { "pipe", '|' }, { "colon", ':' } };
	static const char *const columns[] = { "#tags column:", "#deck column:", "#notetype column:", "#guid column:" };
	int64_t n;
	if (str_starts(line, S("#separator:"))) {
		str value = str_trim(str_from(line, 11));
		for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++)
			if (str_eq_ignoring_case(value, str_of(separators[i].name)))
				h->separator = separators[i].separator;
		if (value.len == 1)
			h->separator = value.at[0];
	}
	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
		if (str_starts(line, str_of(columns[i])) && str_to_int(str_trim(str_from(line, str_of(columns[i]).len)), &n) && n > 0 && n < 64)
			h->not_fields |= UINT64_C(1) << n;
}

/* One field from *at on, unquoted; *at comes behind it, on the separator, the line's end or the text's. */
static str field_read(struct ctx *c, str text, size_t *at, char separator, int64_t *line)
{
	size_t i = *at;
	if (i < text.len && text.at[i] == '"') {
		struct buffer b = { 0 };
		for (i++; i < text.len; i++) {
			if (text.at[i] == '"' && i + 1 < text.len && text.at[i + 1] == '"')
				i++;
			else if (text.at[i] == '"')
				break;
			*line += text.at[i] == '\n';
			buffer_add_char(&b, text.at[i]);
		}
		str field = text_copy(c->arena, buffer_text(&b));
		buffer_done(&b);
		while (i < text.len && text.at[i] != separator && text.at[i] != '\n')
			i++;
		*at = i;
		return field;
	}
	while (i < text.len && text.at[i] != separator && text.at[i] != '\n')
		i++;
	str field = { text.at + *at, i - *at };
	*at = i;
	return field;
}

/* The text of a field: tags and sounds gone, line breaks to spaces, the commonest entities read, {{c1::word::hint}} as a blank of ours. */
static str plain_of(struct ctx *c, str html, bool *blanks)
{
	static const struct { const char *name, *text; } entities[] = { { "&nbsp;", " " }, { "&lt;", "<" }, { "&gt;", ">" }, { "&amp;", "&" }, { "&quot;", "\"" }, { "&#39;", "'" } };
	struct buffer b = { 0 };
	for (size_t i = 0; i < html.len; ) {
		str rest = str_from(html, i), inner, after;
		if (rest.at[0] == '<' && str_cut(rest, '>', &inner, &after)) {
			if (str_starts(inner, S("<br")) || str_starts(inner, S("</div")) || str_starts(inner, S("</p")) || str_starts(inner, S("</li")))
				buffer_add_char(&b, ' ');
			i += inner.len + 1;
			continue;
		}
		if (str_starts(rest, S("[sound:")) && str_cut(rest, ']', &inner, &after)) {
			i += inner.len + 1;
			continue;
		}
		size_t end = 0;
		if (str_starts(rest, S("{{c")))
			for (end = 3; end + 1 < rest.len && !(rest.at[end] == '}' && rest.at[end + 1] == '}'); end++)
				;
		str number, word;
		if (end && end + 1 < rest.len && str_cut(str_from(str_until(rest, end), 3), ':', &number, &word) && str_starts(word, S(":"))) {
			word = str_from(word, 1);
			for (size_t k = 0; k + 1 < word.len; k++)
				if (word.at[k] == ':' && word.at[k + 1] == ':')
					word = str_until(word, k);
			buffer_add_format(&b, "[[" S_FMT "]]", S_ARG(str_trim(word)));
			*blanks = true;
			i += end + 2;
			continue;
		}
		size_t e = 0;
		while (e < sizeof entities / sizeof entities[0] && !str_starts(rest, str_of(entities[e].name)))
			e++;
		if (e < sizeof entities / sizeof entities[0]) {
			buffer_add(&b, str_of(entities[e].text));
			i += str_of(entities[e].name).len;
		} else {
			buffer_add_char(&b, rest.at[0] == '\n' || rest.at[0] == '\r' || rest.at[0] == '\t' ? ' ' : rest.at[0]);
			i++;
		}
	}
	str text = str_trim(text_copy(c->arena, buffer_text(&b)));
	buffer_done(&b);
	return text;
}

enum status anki_read(struct ctx *c, str field, str text, str *out)
{
	struct head h = { '\t', 0 };
	struct buffer b = { 0 };
	enum status status = OK;
	int64_t line = 0;
	for (size_t at = 0; at < text.len; at++) {
		str fields[2] = { 0 };
		bool blanks = false, ignored = false;
		size_t have = 0;
		int64_t begins = ++line;
		if (text.at[at] == '#') {
			str one, rest;
			str_cut(str_from(text, at), '\n', &one, &rest);
			head_read(&h, str_trim(one));
			at += one.len;
			continue;
		}
		size_t from = at;
		for (int column = 1; ; column++, at++) {
			str one = field_read(c, text, &at, h.separator, &line);
			if (have < 2 && !(column < 64 && h.not_fields >> column & 1)) {
				fields[have] = plain_of(c, one, have ? &ignored : &blanks);
				have++;
			}
			if (at >= text.len || text.at[at] == '\n')
				break;
		}
		if (!str_trim((str){ text.at + from, at - from }).len)
			continue;
		if (!fields[0].len || (!fields[1].len && !blanks))
			status = object(c, field, W(practice_anki_half), text_format(c->arena, "%lld", (long long)begins));
		else if (blanks)
			buffer_add_format(&b, "? " S_FMT "\n%s" S_FMT "%s", S_ARG(fields[0]), fields[1].len ? "* " : "", S_ARG(fields[1]), fields[1].len ? "\n" : "");
		else
			buffer_add_format(&b, "? " S_FMT "\n= " S_FMT "\n", S_ARG(fields[0]), S_ARG(fields[1]));
	}
	*out = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return status;
}

/* ---- Out ---- */

static void html_add(struct buffer *b, str text)
{
	for (size_t i = 0; i < text.len; i++)
		switch (text.at[i]) {
		case '&':  buffer_add(b, S("&amp;")); break;
		case '<':  buffer_add(b, S("&lt;")); break;
		case '>':  buffer_add(b, S("&gt;")); break;
		case '"':  buffer_add(b, S("&quot;")); break;
		case '\n': buffer_add(b, S("<br>")); break;
		case '\t':
		case '\r': buffer_add_char(b, ' '); break;
		default:   buffer_add_char(b, text.at[i]);
		}
}

static void item_add(struct buffer *b, const struct card_option *o, bool feedback)
{
	buffer_add(b, S("<li>"));
	html_add(b, o->text);
	if (feedback && o->feedback.len) {
		buffer_add(b, S("<br><i>"));
		html_add(b, o->feedback);
		buffer_add(b, S("</i>"));
	}
	buffer_add(b, S("</li>"));
}

static int by_text(const void *a, const void *b) { return str_compare(((const struct card_option *)a)->text, ((const struct card_option *)b)->text); }

static void front_add(struct ctx *c, struct buffer *b, const struct card_form *f)
{
	if (f->pieces.count) {
		for (each(struct card_piece, p, f->pieces)) {
			html_add(b, p->text);
			buffer_add(b, p->blank ? S("[…]") : S(""));
		}
		return;
	}
	html_add(b, f->question);
	if (!f->options.count)
		return;
	/* By the alphabet: an order would be its own answer, and what is right would stand first. */
	list shown = { 0 };
	for (each(struct card_option, o, f->options))
		*list_add(c->arena, &shown, struct card_option) = *o;
	list_sort(c->arena, &shown, struct card_option, by_text);
	buffer_add(b, S("<ul>"));
	for (each(struct card_option, o, shown))
		item_add(b, o, false);
	buffer_add(b, S("</ul>"));
}

static void back_add(struct buffer *b, const struct card_form *f)
{
	bool order = str_eq(f->kind, S("order"));
	html_add(b, f->answer);
	int n = 0;
	for (each(struct card_piece, p, f->pieces))
		if (p->blank) {
			str first, rest;
			str_cut(p->words, '|', &first, &rest);
			buffer_add(b, n++ ? S(" · ") : S(""));
			html_add(b, str_trim(first));
		}
	if (f->options.count) {
		buffer_add(b, order ? S("<ol>") : S("<ul>"));
		for (each(struct card_option, o, f->options))
			if (order || o->mark.at[0] == '+')
				item_add(b, o, true);
		buffer_add(b, order ? S("</ol>") : S("</ul>"));
	}
	if (f->why.len) {
		buffer_add(b, S("<br>"));
		html_add(b, f->why);
	}
	if (f->source.len) {
		buffer_add(b, S("<br><small>"));
		html_add(b, f->source);
		buffer_add(b, S("</small>"));
	}
}

void anki_write_head(struct buffer *b)
{
	buffer_add(b, S("#separator:tab\n#html:true\n"));
}

void anki_write(struct ctx *c, struct buffer *b, const struct card_form *f)
{
	front_add(c, b, f);
	buffer_add_char(b, '\t');
	back_add(b, f);
	buffer_add_char(b, '\n');
}
