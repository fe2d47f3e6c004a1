/* answer.c - what was answered: told right or wrong where that can be told, else laid beside the card to judge oneself. */
#include "inside.h"
#include "stats/fsrs.h"
#include "web/operation.h"
#include "web/web.h"

enum { TYPED_MAX = 2000, BLANK_MAX = 200, NEAR_FROM = 5 };

struct blank_given { int64_t number; str text; };
struct card_answer { int64_t card, turn, training; bool more; str typed; list chosen, order, blanks; };
RECORD(blank_given, FIELD(blank_given, number, .min = 1, .max = CARD_BLANKS_MAX), FIELD(blank_given, text, .max = BLANK_MAX));
RECORD(card_answer,
	FIELD(card_answer, card, .required = true), FIELD(card_answer, turn, .min = 0), FIELD(card_answer, training, .optional = true), FIELD(card_answer, more),
	FIELD(card_answer, typed, .label = W(practice_typed), .lines = true, .max = TYPED_MAX),
	FIELD(card_answer, chosen, .label = W(practice_chosen), .max = CARD_OPTIONS_MAX, .doc = "Numbers of the options chosen."),
	FIELD(card_answer, order, .label = W(practice_order), .max = 2 * CARD_OPTIONS_MAX, .doc = "For an order: number and place of each, \"3:1\"."),
	FIELD(card_answer, blanks, .label = W(practice_blanks), .of = &blank_given_record, .max = CARD_BLANKS_MAX));

struct judged_option { int64_t number, place; str text, feedback; bool right, between, chosen; };
struct judged_blank { str text, words, typed; int64_t blank; bool right; };
struct answer_page {
	int64_t card, turn, training;
	bool more, told, right, between, already, nothing;
	str kind, question, typed, answer, why, source, deck;
	list options, blanks, media;
};
RECORD(judged_option, FIELD(judged_option, number), FIELD(judged_option, place, .optional = true), FIELD(judged_option, text), FIELD(judged_option, feedback), FIELD(judged_option, right),
	FIELD(judged_option, between), FIELD(judged_option, chosen));
RECORD(judged_blank, FIELD(judged_blank, text), FIELD(judged_blank, words), FIELD(judged_blank, typed), FIELD(judged_blank, blank), FIELD(judged_blank, right));
RECORD(answer_page, FIELD(answer_page, card), FIELD(answer_page, turn), FIELD(answer_page, training, .optional = true), FIELD(answer_page, more), FIELD(answer_page, told),
	FIELD(answer_page, right), FIELD(answer_page, between), FIELD(answer_page, already), FIELD(answer_page, nothing), FIELD(answer_page, kind),
	FIELD(answer_page, question, .max = CARD_LINE_MAX), FIELD(answer_page, typed, .max = TYPED_MAX), FIELD(answer_page, answer, .max = CARD_LINE_MAX),
	FIELD(answer_page, why, .max = CARD_LINE_MAX), FIELD(answer_page, source, .max = CARD_LINE_MAX), FIELD(answer_page, deck),
	FIELD(answer_page, options, .of = &judged_option_record), FIELD(answer_page, blanks, .of = &judged_blank_record), FIELD(answer_page, media, .of = &shown_media_record));
#include "practice_media_part.html.h"
#include "practice_answer.html.h"

static bool has_number(const list *texts, int64_t number)
{
	int64_t n;
	for (each(str, s, *texts))
		if (str_to_int(*s, &n) && n == number)
			return true;
	return false;
}

/* "3:1" among them: option 3 was put in place 1. 0 when it was not. */
static int64_t place_of(const list *order, int64_t number)
{
	int64_t n, place;
	str first, rest;
	for (each(str, s, *order))
		if (str_cut(*s, ':', &first, &rest) && str_to_int(first, &n) && n == number && str_to_int(rest, &place))
			return place;
	return 0;
}

/* ---- Can it be told? ---- */

static void options_judge(struct ctx *c, const struct card_form *f, const struct card_answer *in, struct answer_page *out)
{
	bool order = str_eq(f->kind, S("order"));
	out->right = true;
	out->nothing = true;
	for (each(struct card_option, o, f->options)) {
		struct judged_option j = { o->number, 0, o->text, o->feedback, o->mark.at[0] == '+', o->mark.at[0] == '~', false };
		if (order) {
			j.place = place_of(&in->order, o->number);
			j.right = j.place == o->number;
			j.chosen = j.place > 0;
			out->right &= j.right;
		} else {
			j.chosen = has_number(&in->chosen, o->number);
			out->between |= j.chosen && j.between;
			out->right &= str_eq(f->kind, S("case")) ? !j.chosen || j.right : j.chosen == j.right;
		}
		out->nothing &= !j.chosen;
		*list_add(c->arena, &out->options, struct judged_option) = j;
	}
	out->right &= !out->nothing;
	out->told = true;
}

enum likeness { OTHER, NEAR, SAME };

static enum likeness likeness_of(struct ctx *c, str typed, str words)
{
	enum likeness best = OTHER;
	str given = text_fold(c->arena, typed);
	for (str one, rest = words; rest.len; ) {
		str_cut(rest, '|', &one, &rest);
		str wanted = text_fold(c->arena, str_trim(one));
		if (str_eq(given, wanted))
			return SAME;
		if (given.len >= NEAR_FROM && wanted.len >= NEAR_FROM && text_distance(given, wanted, 2) <= 2)
			best = NEAR;
	}
	return best;
}

static void blanks_judge(struct ctx *c, const struct card_form *f, const struct card_answer *in, struct answer_page *out)
{
	bool near = false;
	out->right = out->nothing = true;
	for (each(struct card_piece, p, f->pieces)) {
		struct judged_blank j = { .text = p->text, .words = p->words, .blank = p->blank };
		str first, rest;
		str_cut(p->words, '|', &first, &rest);
		for (each(struct blank_given, b, in->blanks))
			if (p->blank && b->number == p->blank)
				j.typed = b->text;
		enum likeness l = p->blank ? likeness_of(c, j.typed, p->words) : SAME;
		j.right = l == SAME;
		j.words = str_trim(first);
		out->right &= l == SAME;
		near |= l == NEAR;
		out->nothing &= !j.typed.len;
		*list_add(c->arena, &out->blanks, struct judged_blank) = j;
	}
	out->told = out->right || !near;
}

static void judge(struct ctx *c, const struct card_form *f, const struct card_answer *in, struct answer_page *out)
{
	out->kind = f->kind;
	out->question = f->question;
	out->answer = f->answer;
	out->why = f->why;
	out->source = f->source;
	out->typed = in->typed;
	if (f->options.count)
		options_judge(c, f, in, out);
	else if (f->pieces.count)
		blanks_judge(c, f, in, out);
}

/* Nothing may be asked of a person about a card that is gone; what was answered before stays. */
static enum status gone_check(struct ctx *c, const struct ground *g)
{
	if (g->withdrawn.ms)
		return refuse(c, CONFLICT, "deck-withdrawn", W(practice_withdrawn), in_words_of(c, g->name_nl, g->name_en));
	return g->retired.ms ? refuse(c, CONFLICT, "card-retired", W(practice_retired)) : OK;
}

OPERATION(practice_answer, card_answer, answer_page,
	.route = "POST /practice/answer",
	.allow = "self.use",
	.effect = WRITES,
	.traceless = true,                 /* who practises, and when, is nobody's business but theirs */
	.page = answer_html,
	.back = "/practice/now",
	.doc = "Answers a card. Where right or wrong can be told it is noted; else the page lays answer and card side by side for practice_rate.")
{
	struct ground g;
	struct card_form f;
	TRY(practice_may(c));
	TRY(ground_load(c, in->card, &g));
	TRY(gone_check(c, &g));
	TRY(ground_open(c, &g, &f));
	out->card = in->card;
	out->turn = in->turn;
	out->training = in->training;
	out->more = in->more;
	out->deck = in_words_of(c, g.name_nl, g.name_en);
	judge(c, &f, in, out);
	TRY(media_show(c, g.media, &out->media));
	if (!out->told)
		return OK;
	int64_t rating = out->right ? FSRS_GOOD : out->between ? FSRS_HARD : FSRS_AGAIN;
	return answer_take(c, &g, &(struct answered){ in->turn, rating, in->training }, &out->already);
}

struct card_rating { int64_t card, turn, training; bool more; int64_t rating; };
RECORD(card_rating, FIELD(card_rating, card, .required = true), FIELD(card_rating, turn, .min = 0), FIELD(card_rating, training, .optional = true), FIELD(card_rating, more),
	FIELD(card_rating, rating, .label = W(practice_rating), .required = true, .min = FSRS_AGAIN, .max = FSRS_EASY, .doc = "1 again, 2 hard, 3 good, 4 easy."));
struct answer_rated { bool already; int64_t training; bool more; };
RECORD(answer_rated, FIELD(answer_rated, already, .doc = "It had been answered meanwhile; nothing changed."), FIELD(answer_rated, training), FIELD(answer_rated, more));

OPERATION(practice_rate, card_rating, answer_rated,
	.route = "POST /practice/rate",
	.allow = "self.use",
	.effect = WRITES,
	.traceless = true,                 /* as practice_answer */
	.then = "/practice/now?training={training}&more={more}",
	.back = "/practice/now",
	.doc = "How recalling a card went, said by whoever recalled it. A second answer to the same showing changes nothing.")
{
	struct ground g;
	TRY(practice_may(c));
	TRY(ground_load(c, in->card, &g));
	TRY(gone_check(c, &g));
	out->training = in->training;
	out->more = in->more;
	return answer_take(c, &g, &(struct answered){ in->turn, in->rating, in->training }, &out->already);
}
