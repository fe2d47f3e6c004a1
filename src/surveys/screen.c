/* screen.c - one question as people get it: the same in the preview and in earnest. */
#include "inside.h"

RECORD(survey_choice, FIELD(survey_choice, value), FIELD(survey_choice, text), FIELD(survey_choice, on));
RECORD(survey_screen, FIELD(survey_screen, place), FIELD(survey_screen, count), FIELD(survey_screen, before), FIELD(survey_screen, percent), FIELD(survey_screen, text), FIELD(survey_screen, kind), FIELD(survey_screen, value),
	FIELD(survey_screen, choices, .of = &survey_choice_record), FIELD(survey_screen, quote), FIELD(survey_screen, is_last));

static const struct word *const agreement[] = { W(surveys_agree_1), W(surveys_agree_2), W(surveys_agree_3), W(surveys_agree_4), W(surveys_agree_5) };

/* "2,5" has 2 and 5. */
static bool is_on(str value, str choice)
{
	for (str one, rest = value; rest.len; ) {
		str_cut(rest, ',', &one, &rest);
		if (str_eq(one, choice))
			return true;
	}
	return false;
}

static void choice_add(struct ctx *c, struct survey_screen *out, str value, str text)
{
	*list_add(c->arena, &out->choices, struct survey_choice) = (struct survey_choice){ value, text, is_on(out->value, value) };
}

static void choices_fill(struct ctx *c, const struct survey_question *q, struct survey_screen *out)
{
	if (str_eq(q->kind, S("agree"))) {
		for (int i = 0; i < 5; i++)
			choice_add(c, out, text_format(c->arena, "%d", i + 1), agreement[i]->text[c->language]);
	} else if (str_eq(q->kind, S("ten"))) {
		for (int i = 0; i <= 10; i++)
			choice_add(c, out, text_format(c->arena, "%d", i), text_format(c->arena, "%d", i));
	} else {
		int n = 0;
		for (str one, rest = c->language == NL || !q->choices_en.len ? q->choices_nl : q->choices_en; rest.len; ) {
			str_cut(rest, '\n', &one, &rest);
			choice_add(c, out, text_format(c->arena, "%d", ++n), one);
		}
	}
	if (!str_eq(q->kind, S("several")) && !str_eq(q->kind, S("text")))
		choice_add(c, out, S("x"), W(surveys_not_applicable)->text[c->language]);
}

int64_t question_after(const list *questions, int64_t place)
{
	for (each(struct survey_question, q, *questions))
		if (q->place > place)
			return q->place;
	return 0;
}

void screen_fill(struct ctx *c, const list *questions, int64_t place, const struct draft_answer *a, struct survey_screen *out)
{
	out->count = (int64_t)questions->count;
	int64_t number = 0;
	for (each(struct survey_question, q, *questions)) {
		number++;
		if (q->place < place)
			out->before = q->place;
		if (q->place != place)
			continue;
		out->place = number;
		out->percent = 100 * (number - 1) / out->count;
		out->text = q->text;
		out->kind = q->kind;
		out->value = a ? a->value : (str){ 0 };
		out->quote = a && a->quote;
		out->is_last = number == out->count;
		choices_fill(c, q, out);
	}
}
