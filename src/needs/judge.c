/* judge.c - from four sides to a sentence: who sees a need, who does not, and whether they contradict each other. */
#include "inside.h"
#include "view/view.h"
#include <math.h>

RECORD(need_side,
	FIELD(need_side, side, .doc = "survey, figures, leavers or leads."),
	FIELD(need_side, state, .doc = "shown, or few: too few to tell of, or nothing known."),
	FIELD(need_side, sees, .doc = "need, none, unsure, or silent."),
	FIELD(need_side, unit_name, .doc = "Where it comes from: the unit asked about, or the one above it in which there are enough."),
	FIELD(need_side, band, .doc = "How many people, in steps of five."),
	FIELD(need_side, share, .doc = "Who points to a need, of those heard."), FIELD(need_side, low), FIELD(need_side, high),
	FIELD(need_side, at, .doc = "On the common scale: 50 is where this side begins to call it a need."), FIELD(need_side, at_low), FIELD(need_side, at_high),
	FIELD(need_side, weight), FIELD(need_side, threshold, .doc = "Percent."));

enum { BAND = 5, LEAST_WIDTH = 2 };

static const struct { const char *key; const struct word *name, *subject; } sides[SIDES] = {
	[SURVEY_SIDE] = { "survey", W(needs_side_survey), W(needs_subject_survey) },
	[FIGURES_SIDE] = { "figures", W(needs_side_figures), W(needs_subject_figures) },
	[LEAVERS_SIDE] = { "leavers", W(needs_side_leavers), W(needs_subject_leavers) },
	[LEADS_SIDE] = { "leads", W(needs_side_leads), W(needs_subject_leads) },
};

str need_unit_name(const struct ctx *c, const struct need_units *u, size_t place)
{
	return place ? u->at[place].name : W(needs_whole)->text[c->language];
}

static int64_t rounded(double x)
{
	return isfinite(x) ? llround(x) : 0;
}

static str words(struct ctx *c, const struct word *w, const str *values, size_t count)
{
	return word_text(c->arena, c->language, w, values, count);
}

/* Where a side's figure comes from, in a sentence. */
static str basis_of(struct ctx *c, int side, const struct side_said *s, str band)
{
	str day, month;
	str_cut(text_of_date(c, s->until), ' ', &day, &month);         /* "oktober 2026": of a month its first day is no news */
	str values[] = { band, text_of_date(c, s->from), text_of_date(c, s->until), plain_of_int(c, s->n) };
	switch (side) {
	case SURVEY_SIDE: return words(c, W(needs_basis_survey), (const str[]){ band, values[2] }, 2);
	case FIGURES_SIDE: return words(c, s->by_unit ? W(needs_basis_figures_units) : W(needs_basis_figures), (const str[]){ band, month, values[3] }, s->by_unit ? 3 : 2);
	case LEAVERS_SIDE: return words(c, W(needs_basis_leavers), values, 3);
	default: return words(c, W(needs_basis_leads), values, 3);
	}
}

static struct need_side side_shown(struct ctx *c, const struct need_policy *p, const struct need_units *u, size_t unit, int side, const struct side_said *s, const struct side_place *at)
{
	static const char *const sees[] = { [SIDE_SILENT] = "silent", [SIDE_UNSURE] = "unsure", [SIDE_NEED] = "need", [SIDE_NONE] = "none" };
	const struct word *const tags[] = { [SIDE_SILENT] = W(needs_sees_silent), [SIDE_UNSURE] = W(needs_sees_unsure), [SIDE_NEED] = W(needs_sees_need), [SIDE_NONE] = W(needs_sees_none) };
	struct need_side x = { .side = str_of(sides[side].key), .name = sides[side].name->text[c->language], .state = s->shown ? S("shown") : S("few"), .sees = str_of(sees[at->sees]),
		.tag = tags[at->sees]->text[c->language], .band = S(""), .basis = S(""), .unit_name = S(""), .share = NAN, .low = NAN, .high = NAN, .weight = policy_weight(p, side), .threshold = policy_from(p, side),
		.shown = s->shown, .need = at->sees == SIDE_NEED, .none = at->sees == SIDE_NONE };
	if (!s->shown)
		return x;
	if (side == LEAVERS_SIDE && s->share == 0)
		x.tag = W(needs_sees_unnamed)->text[c->language];
	int64_t from = s->people / BAND * BAND;
	x.band = text_format(c->arena, "%lld–%lld", (long long)from, (long long)(from + BAND - 1));
	x.basis = basis_of(c, side, s, x.band);
	x.unit_name = need_unit_name(c, u, s->unit);
	x.elsewhere = s->unit != unit;
	x.share = s->share;
	x.low = floor(100 * s->low) / 100;
	x.high = ceil(100 * s->high) / 100;
	x.placed = at->sees != SIDE_SILENT;
	x.at = rounded(at->at);
	x.at_low = rounded(at->low);
	x.at_high = rounded(at->high);
	x.width = x.at_high - x.at_low < LEAST_WIDTH ? LEAST_WIDTH : x.at_high - x.at_low;
	return x;
}

/* "leidinggevenden en wie vertrok" of those who see the same. */
static str subjects(struct ctx *c, const struct side_place *places, enum side_sees sees)
{
	str names[SIDES];
	size_t count = 0;
	for (int i = 0; i < SIDES; i++)
		if (places[i].sees == sees)
			names[count++] = sides[i].subject->text[c->language];
	return text_of_all(c, names, count, false);
}

static str begun_large(struct ctx *c, str s)
{
	return s.len && *s.at >= 'a' && *s.at <= 'z' ? text_format(c->arena, "%c" S_FMT, *s.at - 'a' + 'A', S_ARG(str_from(s, 1))) : s;
}

static str finding_of(struct ctx *c, const struct sides *t, const struct side_place *places, str skill)
{
	str need = subjects(c, places, SIDE_NEED), none = subjects(c, places, SIDE_NONE);
	bool only_two = t->need == 1 && t->none == 1;
	const struct word *w = W(needs_finding_silent);
	switch (t->verdict) {
	case SIDES_SILENT: break;
	case SIDES_UNSURE: w = W(needs_finding_unsure); break;
	case SIDES_ALONE_NEED: w = W(needs_finding_alone_need); break;
	case SIDES_ALONE_NONE: w = W(needs_finding_alone_none); break;
	case SIDES_NEED: w = t->need == SIDES ? W(needs_finding_all) : W(needs_finding_need); break;
	case SIDES_NONE: w = W(needs_finding_none); break;
	case SIDES_CONTRADICT:
		w = only_two && places[LEADS_SIDE].sees == SIDE_NEED && places[SURVEY_SIDE].sees == SIDE_NONE ? W(needs_finding_leads_teams)
			: only_two && places[SURVEY_SIDE].sees == SIDE_NEED && places[LEADS_SIDE].sees == SIDE_NONE ? W(needs_finding_teams_leads) : W(needs_finding_contradict);
		break;
	}
	return begun_large(c, words(c, w, (const str[]){ skill, need, none }, 3));
}

enum status need_judge(struct ctx *c, const struct need_policy *p, const struct need_units *u, size_t unit, const struct skill_said *s, list *shown, struct need_verdict *out)
{
	static const char *const verdicts[] = { [SIDES_SILENT] = "silent", [SIDES_UNSURE] = "unsure", [SIDES_ALONE_NEED] = "alone-need", [SIDES_ALONE_NONE] = "alone-none",
		[SIDES_NEED] = "need", [SIDES_NONE] = "none", [SIDES_CONTRADICT] = "contradict" };
	struct side all[SIDES] = { 0 };
	struct side_place places[SIDES];
	for (int i = 0; i < SIDES; i++) {
		const struct side_said *x = &s->sides[i];
		/* Whoever left was not asked about this skill; a skill that nobody named has nothing said about it. */
		bool unnamed = i == LEAVERS_SIDE && x->share == 0;
		all[i] = (struct side){ x->shown && !unnamed, x->share, x->low, x->high, (double)policy_from(p, i) / 100, (double)policy_weight(p, i), i == LEAVERS_SIDE };
	}
	struct sides t = sides_together(all, SIDES, places);
	for (int i = 0; i < SIDES; i++)
		*list_add(c->arena, shown, struct need_side) = side_shown(c, p, u, unit, i, &s->sides[i], &places[i]);
	*out = (struct need_verdict){ .verdict = str_of(verdicts[t.verdict]), .finding = finding_of(c, &t, places, s->name), .at = rounded(t.at), .low = rounded(t.low), .high = rounded(t.high),
		.speaking = (int64_t)t.speaking, .known = isfinite(t.at), .contradicts = t.verdict == SIDES_CONTRADICT, .needed = t.verdict == SIDES_NEED };
	out->width = out->high - out->low < LEAST_WIDTH ? LEAST_WIDTH : out->high - out->low;
	return OK;
}
