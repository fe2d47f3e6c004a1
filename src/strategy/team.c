/* team.c - a lead's own team beside each ambition: which critical skills its work asks, where it is short, and what to do next. */
#include "gap.h"
#include "base/map.h"
#include "view/view.words.h"
#include "web/operation.h"

/* Whom I lead and may see in a skill of an ambition. */
struct team_pair { int64_t person, skill; };
RECORD(team_pair, FIELD(team_pair, person), FIELD(team_pair, skill));

struct team_need { int64_t skill; str name, level, state; int64_t weight, people, known; double expected, weighted_gap; bool behind, is_unknown; };
struct team_ambition { int64_t id; str name; list skills; };
struct team_gap { list ambitions; date day; int64_t people; str worst; int64_t worst_skill, worst_short, worst_known, unknown; double worst_gap; };
RECORD(team_need, FIELD(team_need, skill), FIELD(team_need, name), FIELD(team_need, level), FIELD(team_need, weight), FIELD(team_need, people), FIELD(team_need, known),
	FIELD(team_need, expected, .doc = "Of the known, how many are probably at the ambition's level."), FIELD(team_need, weighted_gap),
	FIELD(team_need, state, .doc = "reached, behind, or unknown."));
RECORD(team_ambition, FIELD(team_ambition, id), FIELD(team_ambition, name), FIELD(team_ambition, skills, .of = &team_need_record));
RECORD(team_gap, FIELD(team_gap, day), FIELD(team_gap, people), FIELD(team_gap, ambitions, .of = &team_ambition_record));
#include "strategy_team.html.h"

/* What weighs most first; of which too little is known comes after what is. */
static int by_gap(const void *a, const void *b)
{
	const struct team_need *x = a, *y = b;
	double gx = x->is_unknown ? -1 : x->weighted_gap, gy = y->is_unknown ? -1 : y->weighted_gap;
	if (gx != gy)
		return (gx < gy) - (gx > gy);
	return (x->weight < y->weight) - (x->weight > y->weight);
}

/* One critical skill over the people of `pairs` that it is asked of; `people` 0: of none. */
static struct team_need need_of(struct ctx *c, const struct needs *n, const struct wanted *w, size_t skill, const list *pairs)
{
	struct team_need out = { .skill = w->skill, .weight = w->weight, .level = level_word(c, (int)w->target_level), .expected = NAN, .weighted_gap = NAN };
	struct gap_wish wish = { .day = n->day, .ambition = w->ambition };
	struct gap_sum sum;
	gap_start(&sum);
	for (each(struct team_pair, pair, *pairs)) {
		size_t person = pair->skill == w->skill ? needs_person(n, pair->person) : SIZE_MAX;
		const struct need *p = person == SIZE_MAX ? NULL : needs_find(n, skill, (int32_t)person);
		struct asked a = p ? asked_of(n, &wish, p, w->skill) : (struct asked){ 0 };
		if (!a.level)
			continue;
		out.people++;
		out.known += p->belief == CONFIRMED && gap_add(&sum, p->mean, p->variance, a.level, a.level, a.weight);
	}
	out.is_unknown = !out.known || out.known * 100 < n->least_known_percent * out.people;
	if (!out.is_unknown) {
		struct gap_figures g = gap_figures(&sum);
		out.expected = g.expected_at_target;
		out.weighted_gap = g.weighted_gap;
		out.behind = llround(g.expected_at_target) < out.known;
	}
	out.state = out.is_unknown ? S("unknown") : out.behind ? S("behind") : S("reached");
	return out;
}

static void worst_keep(struct team_gap *out, const struct team_need *s)
{
	out->unknown += s->is_unknown;
	if (!s->behind || (out->worst_skill && s->weighted_gap <= out->worst_gap))
		return;
	out->worst = s->name;
	out->worst_skill = s->skill;
	out->worst_gap = s->weighted_gap;
	out->worst_known = s->known;
	out->worst_short = s->known - llround(s->expected);
}

OPERATION(team_ambitions, nothing, team_gap,
	.route = "GET /my-team/ambitions",
	.allow = "team.read",
	.page = team_html,
	.lenient = true,
	.doc = "The team one leads beside each ambition: per critical skill that its work asks how many are expected at level, what weighs most first.")
{
	(void)in;
	const struct needs *n;
	list all = { 0 }, pairs = { 0 };
	struct map counted = { 0 };
	str *names;
	TRY(needs_load(c, c->today, &n));
	TRY(ambition_list(c, &all));
	TRY(store_all(c, team_sees, NOTHING, &pairs));
	TRY(skill_names(c, n, &names));
	out->day = c->today;
	for (each(struct team_pair, pair, pairs))
		out->people += map_put_number(c->arena, &counted, pair->person, 1, NULL);
	for (each(struct ambition, a, all)) {
		struct team_ambition team = { .id = a->id, .name = a->name };
		for (size_t i = 0; i < n->wanted_count; i++) {
			const struct wanted *w = &n->wanted[i];
			size_t skill = w->ambition == a->id ? needs_skill(n, w->skill) : SIZE_MAX;
			if (skill == SIZE_MAX)
				continue;
			struct team_need s = need_of(c, n, w, skill, &pairs);
			if (!s.people)
				continue;
			s.name = names[skill];
			worst_keep(out, &s);
			*list_add(c->arena, &team.skills, struct team_need) = s;
		}
		list_sort(c->arena, &team.skills, struct team_need, by_gap);
		if (team.skills.count)
			*list_add(c->arena, &out->ambitions, struct team_ambition) = team;
	}
	return OK;
}
