/* story_surveys.c - what the demonstration was asked: a question that got better, one that only seems so, a promise kept and one that is late. */
#include "inside.h"
#include "surveys/surveys.h"

/* An item, its mean on 1 to 5 in the first round and in the second. STEUN1 moves by chance only; CULTUUR2 disappoints. */
struct tendency { const char *item; double first, second; };
static const struct tendency tendencies[] = {
	{ "TIJD1", 2.55, 3.35 }, { "TIJD2R", 3.9, 3.8 }, { "STEUN1", 3.75, 3.82 }, { "STEUN2", 3.4, 3.5 }, { "CULTUUR1", 3.3, 3.35 }, { "CULTUUR2", 2.35, 2.4 },
	{ "MEESTER1", 3.7, 3.7 }, { "AUTO1", 3.2, 3.25 }, { "NODIG1", 3.55, 3.5 }, { "NODIG2", 3.1, 3.2 },
	{ "VEILIG1R", 2.2, 2.2 }, { "VEILIG2", 3.5, 3.5 }, { "VEILIG3R", 2.3, 2.3 }, { "VEILIG4", 3.6, 3.6 }, { "VEILIG5R", 2.4, 2.4 }, { "CULTUUR3", 3.2, 3.2 }, { "VERBOND1", 3.9, 3.9 } };

static const char *const remarks[] = {
	"Een vast uur per week dat niet verzet wordt als de telefoon gaat.",
	"Meelopen met een ander team, al is het maar een middag.",
	"Minder cursussen, meer tijd om uit te proberen wat ik al gehoord heb.",
	"Dat de planning van onderhoud rekening houdt met leren.",
	"Iemand die uitlegt hoe het nieuwe systeem werkt terwijl ik het gebruik.",
	"Vaker bespreken wat er misging zonder dat het over schuld gaat.",
	"Een rustige plek op kantoor om iets te lezen.",
	"Korte filmpjes van collega’s over hoe zij iets aanpakken.",
	"Dat leidinggevenden zelf ook laten zien wat ze aan het leren zijn.",
	"Oefenen met lastige gesprekken in een kleine groep.",
	"Weten wie in huis verstand heeft van energielabels.",
	"Tijd na een training om het meteen toe te passen.",
	"Een collega van een ander team een dag over de vloer.",
	"Het maandelijkse overleg korter en de rest om van elkaar te leren." };

static str agreement_draw(struct ctx *c, struct demo *d, double mean, double person)
{
	int64_t level = (int64_t)(demo_normal(d, mean + person, .85) + .5);
	if (demo_chance(d, .03))
		return S("x");
	return text_format(c->arena, "%lld", (long long)(level < 1 ? 1 : level > 5 ? 5 : level));
}

/* Through whose eyes one looks: the open round still waits for them. */
static bool is_looked_through(str name)
{
	static const char *const six[] = { "Youssef el Hamdi", "Marieke van der Veen", "Noor Yıldız", "Lilian Pinas", "Wim Kuipers", "Tomasz Wróbel" };
	for (size_t i = 0; i < sizeof six / sizeof *six; i++)
		if (str_eq(name, str_of(six[i])))
			return true;
	return false;
}

static enum status answers_give(struct ctx *c, struct demo *d, int64_t round, const struct survey_plan *plan, bool second, double response, bool mixing)
{
	size_t said = 0;
	for (each(struct demo_person, p, d->people)) {
		list answers = { 0 };
		double own = demo_normal(d, 0, .45);
		if (date_is(p->places[0].end) || (mixing && is_looked_through(p->name)) || !demo_chance(d, response))
			continue;
		for (each(str, item, plan->items)) {
			struct survey_answer *a = list_add(c->arena, &answers, struct survey_answer);
			a->item = *item;
			for (size_t i = 0; i < sizeof tendencies / sizeof *tendencies; i++)
				if (str_eq(*item, str_of(tendencies[i].item)))
					a->value = agreement_draw(c, d, second ? tendencies[i].second : tendencies[i].first, str_ends(*item, S("R")) ? -own : own);
			if (str_eq(*item, S("AANBEVELING")))
				a->value = text_format(c->arena, "%lld", (long long)demo_between(d, demo_chance(d, .7) ? 7 : 4, 10));
			if (str_eq(*item, S("OPEN1")) && said < sizeof remarks / sizeof *remarks && demo_chance(d, .14)) {
				a->value = str_of(remarks[said++]);
				a->quote = demo_chance(d, .75);
			}
		}
		TRY(survey_given(c, round, p->id, &answers, mixing));
	}
	return OK;
}

static void items_put(struct ctx *c, struct survey_plan *plan, const char *const *items)
{
	for (size_t i = 0; items[i]; i++)
		*list_add(c->arena, &plan->items, str) = str_of(items[i]);
}

static enum status time_to_learn(struct ctx *c, struct demo *d)
{
	static const char *const items[] = { "TIJD1", "TIJD2R", "STEUN1", "STEUN2", "CULTUUR1", "CULTUUR2", "MEESTER1", "AUTO1", "NODIG1", "NODIG2", "AANBEVELING", "OPEN1", NULL };
	struct survey_plan plan = { .name = S("Tijd om te leren"), .promise = S("De uitkomsten meteen na sluiting, en binnen zes weken wat we ermee doen."), .skill = demo_skill(d, S("working-with-ai")),
		.months = 3, .opens = demo_day(d, 135), .closes = demo_day(d, 125) };
	int64_t first, second, third, noor = demo_person(d, S("Noor Yıldız"))->id, marieke = demo_person(d, S("Marieke van der Veen"))->id;
	items_put(c, &plan, items);
	TRY(survey_planned(c, &plan, &first));
	TRY(survey_begun(c, first));
	TRY(answers_give(c, d, first, &plan, false, .66, false));
	TRY(survey_ended(c, first, &second));
	struct survey_promise kept = { first, noor, S("Elk team kiest een vast leeruur per week, dat in de planning staat"),
		S("Sinds september staat het leeruur in de planning van alle 23 teams. In drukke weken ging het vier keer niet door; die uren zijn ingehaald."), demo_day(d, 95), demo_day(d, 97), demo_noon(demo_day(d, 122)) };
	TRY(survey_promised(c, &kept));
	TRY(demo_needs_asked(c, d));
	TRY(survey_begun(c, second));
	TRY(answers_give(c, d, second, &plan, true, .71, false));
	TRY(survey_ended(c, second, &third));
	struct survey_promise late = { second, marieke, S("Leidinggevenden vertellen in het teamoverleg wat ze zelf aan het leren zijn"), { 0 }, demo_day(d, 6), { 0 }, demo_noon(demo_day(d, 30)) };
	return survey_promised(c, &late);
}

static enum status safe_to_learn(struct ctx *c, struct demo *d)
{
	static const char *const items[] = { "VEILIG1R", "VEILIG2", "VEILIG3R", "VEILIG4", "VEILIG5R", "CULTUUR3", "VERBOND1", NULL };
	struct survey_plan plan = { .name = S("Durven vragen, mogen missen"), .promise = S("De uitkomst van je eigen team, een week na sluiting, om samen te bespreken."),
		.opens = demo_day(d, 3), .closes = date_add_days(d->day, 9) };
	int64_t round;
	items_put(c, &plan, items);
	TRY(survey_planned(c, &plan, &round));
	TRY(survey_begun(c, round));
	return answers_give(c, d, round, &plan, false, .35, true);
}

enum status demo_surveys(struct ctx *c, struct demo *d)
{
	TRY(store_run(c, demo_survey_basis, (&(struct demo_survey_basis){ demo_day(d, 200), demo_noon(demo_day(d, 200)) }), NULL));
	int64_t me = c->me.person;
	c->me.person = demo_person(d, S("Noor Yıldız"))->id;
	enum status s = time_to_learn(c, d);
	if (s == OK)
		s = safe_to_learn(c, d);
	c->me.person = me;
	return s;
}
RECORD(demo_survey_basis, FIELD(demo_survey_basis, day), FIELD(demo_survey_basis, made));
