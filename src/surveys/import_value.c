/* import_value.c - what other tools write for an answer: a number, LimeSurvey's A3, or the words of a scale in Dutch or English. */
#include "import.h"
#include <math.h>

static const struct { const char *text; int value; } words[] = {
	{ "helemaal oneens", 1 }, { "helemaal mee oneens", 1 }, { "zeer oneens", 1 }, { "zeer mee oneens", 1 }, { "volledig mee oneens", 1 }, { "strongly disagree", 1 }, { "totally disagree", 1 },
	{ "oneens", 2 }, { "mee oneens", 2 }, { "disagree", 2 }, { "beetje oneens", 2 },
	{ "neutraal", 3 }, { "niet eens niet oneens", 3 }, { "niet eens, niet oneens", 3 }, { "niet mee eens, niet mee oneens", 3 }, { "noch eens, noch oneens", 3 }, { "noch mee eens, noch mee oneens", 3 }, { "niet mee eens en niet mee oneens", 3 },
	{ "neutral", 3 }, { "neither agree nor disagree", 3 },
	{ "eens", 4 }, { "mee eens", 4 }, { "agree", 4 }, { "beetje eens", 4 },
	{ "helemaal eens", 5 }, { "helemaal mee eens", 5 }, { "zeer eens", 5 }, { "zeer mee eens", 5 }, { "volledig mee eens", 5 }, { "strongly agree", 5 }, { "totally agree", 5 },
	{ "x", 0 }, { "n.v.t.", 0 }, { "nvt", 0 }, { "niet van toepassing", 0 }, { "n/a", 0 }, { "na", 0 }, { "not applicable", 0 }, { "does not apply", 0 }, { "geen antwoord", 0 }, { "no answer", 0 } };

/* "4", "A4", "4 - eens", "4. eens": LimeSurvey and Forms put the number first. */
static bool number_first(str s, int64_t *out)
{
	size_t from = s.len > 1 && (s.at[0] == 'A' || s.at[0] == 'a'), at = from;
	while (at < s.len && s.at[at] >= '0' && s.at[at] <= '9')
		at++;
	if (at == from || (at < s.len && (from || !(s.at[at] == ' ' || s.at[at] == '.' || s.at[at] == '=' || s.at[at] == '-' || s.at[at] == ':'))))
		return false;
	if (s.at[at < s.len ? at : 0] == '.' && at + 1 < s.len && s.at[at + 1] >= '0' && s.at[at + 1] <= '9')
		return false;                                  /* 3.5 is no answer */
	return str_to_int((str){ s.at + from, at - from }, out);
}

bool answer_value(struct ctx *c, const struct survey_question *q, str cell, str *to)
{
	int64_t v;
	double x;
	*to = (str){ 0 };
	if (str_eq(q->kind, S("score"))) {
		if (!str_to_real(cell, &x) || !isfinite(x))
			return false;
		*to = cell;
		return true;
	}
	bool found = number_first(cell, &v);
	str folded = found ? (str){ 0 } : text_fold(c->arena, cell);
	for (size_t i = 0; !found && i < sizeof words / sizeof words[0]; i++) {
		if (!str_eq(folded, str_of(words[i].text)))
			continue;
		if (!words[i].value) {
			*to = S("x");
			return true;
		}
		found = str_eq(q->kind, S("agree")) && q->points == 5;
		v = words[i].value;
	}
	int64_t least = str_eq(q->kind, S("agree")) ? 1 : 0, most = str_eq(q->kind, S("agree")) ? q->points : 10;
	if (!found || v < least || v > most)
		return false;
	*to = text_format(c->arena, "%lld", (long long)v);
	return true;
}
