/* card.c - a card from plain text and back: strict, so that what is practised is what its author meant. */
#include "card.h"
#include "practice.words.h"
#include "base/buffer.h"

RECORD(card_option, FIELD(card_option, number), FIELD(card_option, text, .max = CARD_LINE_MAX), FIELD(card_option, mark), FIELD(card_option, feedback, .max = CARD_LINE_MAX));
RECORD(card_piece, FIELD(card_piece, text, .max = CARD_LINE_MAX), FIELD(card_piece, blank), FIELD(card_piece, words, .max = CARD_LINE_MAX));
RECORD(card_form, FIELD(card_form, kind), FIELD(card_form, question, .max = CARD_LINE_MAX), FIELD(card_form, answer, .max = CARD_LINE_MAX), FIELD(card_form, why, .max = CARD_LINE_MAX),
	FIELD(card_form, source, .max = CARD_LINE_MAX), FIELD(card_form, options, .of = &card_option_record), FIELD(card_form, pieces, .of = &card_piece_record),
	FIELD(card_form, right));

/* ---- Lines ---- */

struct reading { struct ctx *c; str field; struct card_form *f; str *last; bool steps, is_case; enum status status; };

static str number_of(struct reading *r, int64_t line) { return text_format(r->c->arena, "%lld", (long long)line); }

#define WRONG(r, line, word, ...) ((r)->status = object((r)->c, (r)->field, (word), number_of((r), (line)) __VA_OPT__(,) __VA_ARGS__))

/* "3. text": a step of an order. */
static bool is_step(str line, str *rest)
{
	size_t i = 0;
	while (i < line.len && i < 2 && line.at[i] >= '0' && line.at[i] <= '9')
		i++;
	if (!i || i >= line.len || line.at[i] != '.')
		return false;
	*rest = str_trim(str_from(line, i + 1));
	return true;
}

static void put_once(struct reading *r, str *into, str text, int64_t line, char mark)
{
	if (into->len)
		WRONG(r, line, W(practice_card_twice), ((str){ &mark, 1 }));
	*into = text;
	r->last = into;
}

static void option_add(struct reading *r, str mark, str text)
{
	struct card_option *o = list_add(r->c->arena, &r->f->options, struct card_option);
	*o = (struct card_option){ (int64_t)r->f->options.count, text, text_copy(r->c->arena, mark), { 0 } };
	r->last = &o->text;
}

static void line_read(struct reading *r, str line, int64_t number)
{
	struct card_form *f = r->f;
	str mark = str_until(line, 1), rest = str_trim(str_from(line, 1)), step;
	struct card_option *o = f->options.count ? list_item(f->options, struct card_option, f->options.count - 1) : NULL;
	bool marked = str_has(S("?!=+-~>*@"), mark) || is_step(line, &step);
	if (!marked && !r->last) {
		WRONG(r, number, W(practice_card_no_mark));
		return;
	}
	if (!marked) {
		*r->last = text_format(r->c->arena, S_FMT "\n" S_FMT, S_ARG(*r->last), S_ARG(line));
		return;
	}
	if (is_step(line, &step))
		rest = step;
	if (!rest.len) {
		WRONG(r, number, W(practice_card_empty_line), mark);
		return;
	}
	switch (line.at[0]) {
	case '!':
		r->is_case = true;
		put_once(r, &f->question, rest, number, '!');
		break;
	case '?': put_once(r, &f->question, rest, number, '?'); break;
	case '=': put_once(r, &f->answer, rest, number, '='); break;
	case '*': put_once(r, &f->why, rest, number, '*'); break;
	case '@': put_once(r, &f->source, rest, number, '@'); break;
	case '>':
		if (!o || r->steps)
			WRONG(r, number, W(practice_card_feedback_alone));
		else
			put_once(r, &o->feedback, rest, number, '>');
		break;
	default:
		if (f->options.count && r->steps != (line.at[0] >= '0' && line.at[0] <= '9'))
			WRONG(r, number, W(practice_card_mixed));
		r->steps = line.at[0] >= '0' && line.at[0] <= '9';
		option_add(r, r->steps ? S("1") : mark, rest);
	}
}

/* ---- Blanks ---- */

/* "De [[hoofdstad|stad]] van": pieces of text, each with the blank behind it. */
static void pieces_read(struct reading *r, int64_t line)
{
	struct card_form *f = r->f;
	str rest = f->question;
	int64_t blanks = 0;
	while (rest.len) {
		size_t open = 0, close;
		while (open + 1 < rest.len && !(rest.at[open] == '[' && rest.at[open + 1] == '['))
			open++;
		if (open + 1 >= rest.len)
			break;
		for (close = open + 2; close + 1 < rest.len && !(rest.at[close] == ']' && rest.at[close + 1] == ']'); close++)
			if (rest.at[close] == '\n' || rest.at[close] == '[')
				break;
		if (close + 1 >= rest.len || rest.at[close] != ']') {
			WRONG(r, line, W(practice_card_blank_open));
			return;
		}
		str words = str_trim((str){ rest.at + open + 2, close - open - 2 }), first, others;
		str_cut(words, '|', &first, &others);
		if (!str_trim(first).len) {
			WRONG(r, line, W(practice_card_blank_empty));
			return;
		}
		*list_add(r->c->arena, &f->pieces, struct card_piece) = (struct card_piece){ str_until(rest, open), ++blanks, words };
		rest = str_from(rest, close + 2);
	}
	if (blanks && rest.len)
		*list_add(r->c->arena, &f->pieces, struct card_piece) = (struct card_piece){ rest, 0, { 0 } };
	if (blanks > CARD_BLANKS_MAX)
		WRONG(r, line, W(practice_card_blanks_many));
}

/* ---- Of which kind, and does it hold together ---- */

static void options_check(struct reading *r, int64_t line)
{
	struct card_form *f = r->f;
	int64_t wrong = 0, between = 0, without = 0;
	for (each(struct card_option, o, f->options)) {
		f->right += o->mark.at[0] == '+';
		wrong += o->mark.at[0] == '-';
		between += o->mark.at[0] == '~';
		without += !o->feedback.len;
		for (struct card_option *p = list_of(f->options, struct card_option); p < o; p++)
			if (str_eq(p->text, o->text))
				WRONG(r, line, W(practice_card_same_twice), o->text);
	}
	if (f->options.count > CARD_OPTIONS_MAX)
		WRONG(r, line, W(practice_card_options_many));
	if (r->steps) {
		f->right = 0;
		if (f->options.count < 3)
			WRONG(r, line, W(practice_card_steps_few));
		return;
	}
	if (!f->right || f->options.count < 2 || (!r->is_case && !wrong))
		WRONG(r, line, W(practice_card_choice_few));
	if (between && !r->is_case)
		WRONG(r, line, W(practice_card_between));
	if (r->is_case && without)
		WRONG(r, line, W(practice_card_case_feedback));
}

static bool too_long(const struct card_form *f)
{
	bool yes = f->question.len > CARD_LINE_MAX || f->answer.len > CARD_LINE_MAX || f->why.len > CARD_LINE_MAX || f->source.len > CARD_LINE_MAX;
	for (each(struct card_option, o, f->options))
		yes |= o->text.len > CARD_LINE_MAX || o->feedback.len > CARD_LINE_MAX;
	return yes;
}

static void kind_find(struct reading *r, int64_t line)
{
	struct card_form *f = r->f;
	if (f->options.count)
		options_check(r, line);
	else if (!r->is_case)
		pieces_read(r, line);
	f->kind = r->is_case ? S("case") : r->steps ? S("order") : f->options.count ? S("choice") : f->pieces.count ? S("fill") : S("answer");
	if (!f->question.len)
		WRONG(r, line, W(practice_card_no_question));
	if (r->is_case && (!f->options.count || r->steps))
		WRONG(r, line, W(practice_card_case_answers));
	if ((f->options.count || f->pieces.count) && f->answer.len)
		WRONG(r, line, W(practice_card_answer_too));
	if (str_eq(f->kind, S("answer")) && !f->answer.len && r->status == OK)
		WRONG(r, line, W(practice_card_no_answer));
	if (too_long(f))
		WRONG(r, line, W(practice_card_long));
}

enum status card_read(struct ctx *c, str field, str text, int64_t line, struct card_form *out)
{
	struct reading r = { .c = c, .field = field, .f = out };
	*out = (struct card_form){ 0 };
	if (text.len > CARD_BYTES_MAX)
		return object(c, field, W(practice_card_long), text_format(c->arena, "%lld", (long long)line));
	int64_t at = line;
	for (str one, rest = text; rest.len; at++) {
		str_cut(rest, '\n', &one, &rest);
		one = str_trim(one);
		if (one.len && r.status == OK)
			line_read(&r, one, at);
	}
	if (r.status == OK)
		kind_find(&r, line);
	return r.status;
}

/* ---- Out again ---- */

static void lines_add(struct buffer *b, const char *mark, str text)
{
	if (text.len)
		buffer_add_format(b, "%s " S_FMT "\n", mark, S_ARG(text));
}

str card_write(struct ctx *c, const struct card_form *f)
{
	struct buffer b = { 0 };
	lines_add(&b, str_eq(f->kind, S("case")) ? "!" : "?", f->question);
	lines_add(&b, "=", f->answer);
	for (each(struct card_option, o, f->options)) {
		char mark[4] = { o->mark.at[0], 0 };
		if (str_eq(f->kind, S("order"))) {
			mark[0] = (char)('0' + o->number % 10);
			mark[1] = '.';
		}
		lines_add(&b, mark, o->text);
		lines_add(&b, ">", o->feedback);
	}
	lines_add(&b, "*", f->why);
	lines_add(&b, "@", f->source);
	str text = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return text;
}

str card_title(struct ctx *c, const struct card_form *f)
{
	if (!f->pieces.count) {
		str first, rest;
		str_cut(f->question, '\n', &first, &rest);
		return first;
	}
	str title = { 0 };
	for (each(struct card_piece, p, f->pieces))
		title = text_format(c->arena, S_FMT S_FMT "%s", S_ARG(title), S_ARG(p->text), p->blank ? "…" : "");
	return title;
}

enum status cards_split(struct ctx *c, str field, str text, list *out)
{
	int64_t line = 1;
	struct card_text_part *now = NULL;
	for (str one, rest = text; rest.len; line++) {
		const char *begins = rest.at;
		str_cut(rest, '\n', &one, &rest);
		str trimmed = str_trim(one);
		if (trimmed.len && (trimmed.at[0] == '?' || trimmed.at[0] == '!')) {
			if (out->count == CARDS_MAX)
				return object(c, field, W(practice_cards_many));
			now = list_add(c->arena, out, struct card_text_part);
			*now = (struct card_text_part){ { begins, 0 }, line };
		} else if (trimmed.len && !now) {
			return object(c, field, W(practice_cards_before), text_format(c->arena, "%lld", (long long)line));
		}
		if (now)
			now->text.len = (size_t)(one.at + one.len - now->text.at);
	}
	return out->count ? OK : object(c, field, W(practice_cards_none));
}
