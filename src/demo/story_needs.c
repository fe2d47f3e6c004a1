/* story_needs.c - what four sides find needed: in one skill leads see a need and their teams do not, in one all four agree, in one too few said anything; two signals. */
#include "inside.h"
#include "imports/imports.h"
#include "surveys/surveys.h"
#include "base/buffer.h"

struct demo_need { int64_t skill, person; str text, word, other; date day; instant made; };
struct demo_signal { str title, what, source; int64_t follower; date since, review_day; str offer, offer_link; instant made; };
RECORD(demo_need, FIELD(demo_need, skill, .optional = true), FIELD(demo_need, person, .optional = true), FIELD(demo_need, text), FIELD(demo_need, word), FIELD(demo_need, other), FIELD(demo_need, day), FIELD(demo_need, made));
RECORD(demo_signal, FIELD(demo_signal, title), FIELD(demo_signal, what, .max = 2000), FIELD(demo_signal, source), FIELD(demo_signal, follower), FIELD(demo_signal, since), FIELD(demo_signal, review_day),
	FIELD(demo_signal, offer), FIELD(demo_signal, offer_link), FIELD(demo_signal, made));

enum { SEED = 4711, NOTED = 40, MONTH_BACK = 35 };

/* Of how many on a scale of five they agree that they must get better: few in keeping promises, most in renovating, half in damp. */
static const struct { const char *key; double mean; } asked[] = { { "keeping-promises", 2.75 }, { "energy-renovation", 4.1 }, { "damp-and-mould", 3.5 } };
enum { ASKED = sizeof asked / sizeof asked[0] };

static enum status answers_give(struct ctx *c, struct demo *d, int64_t round)
{
	for (each(struct demo_person, p, d->people)) {
		list answers = { 0 };
		if (date_is(p->places[0].end) || !demo_chance(d, .72))
			continue;
		double own = demo_normal(d, 0, .4);
		for (size_t i = 0; i < ASKED; i++) {
			int64_t level = (int64_t)(demo_normal(d, asked[i].mean + own, .85) + .5);
			*list_add(c->arena, &answers, struct survey_answer) = (struct survey_answer){ .item = S("NODIG1"), .skill = demo_skill(d, str_of(asked[i].key)),
				.value = text_format(c->arena, "%lld", (long long)(level < 1 ? 1 : level > 5 ? 5 : level)) };
		}
		TRY(survey_given(c, round, p->id, &answers, false));
	}
	return OK;
}

/* Its own chance, so that the rest of the demonstration stays what it was. */
enum status demo_needs_asked(struct ctx *c, struct demo *d)
{
	uint64_t random = d->random;
	int64_t round, next;
	struct by_id unit = { 0 };
	d->random = SEED;
	TRY(store_one(c, demo_unit, (&(struct demo_need){ .text = S("Vastgoed") }), &unit));
	struct survey_plan plan = { .name = S("Wat heb je nodig voor je werk?"), .promise = S("Binnen een maand: waar we mee beginnen, en waarmee niet."), .unit = unit.id, .opens = demo_day(d, 100), .closes = demo_day(d, 90) };
	for (size_t i = 0; i < ASKED; i++)
		*list_add(c->arena, &plan.needed, int64_t) = demo_skill(d, str_of(asked[i].key));
	TRY(survey_planned(c, &plan, &round));
	TRY(survey_begun(c, round));
	TRY(answers_give(c, d, round));
	TRY(survey_ended(c, round, &next));
	d->random = random;
	struct survey_promise kept = { round, demo_person(d, S("Noor Yıldız"))->id, S("We beginnen met meelopen bij Verduurzaming, en praten eerst over afspraken voor we daar een training voor kiezen"),
		S("Elf vakmensen liepen mee bij Verduurzaming. Over afspraken praten teams en leidinggevenden deze maand."), demo_day(d, 60), demo_day(d, 62), demo_noon(demo_day(d, 86)) };
	return survey_promised(c, &kept);
}

/* ---- Leads ---- */

static enum status note(struct ctx *c, struct demo *d, const struct demo_person *lead, const char *skill, bool is_short, const char *urgency)
{
	struct demo_need n = { .skill = demo_skill(d, str_of(skill)), .person = lead->id, .text = lead->places[0].unit, .word = is_short ? S("short") : S("enough"), .other = str_of(urgency),
		.made = demo_noon(demo_day(d, NOTED)) };
	return store_run(c, demo_note, &n, NULL);
}

/* Team leads note that agreements are not kept; those of Vastgoed that renovating is short; three that damp is. */
static enum status leads_note(struct ctx *c, struct demo *d)
{
	int all = 0, property = 0;
	for (each(struct demo_person, p, d->people)) {
		if (!str_eq(p->places[0].role, S("Teamleider")) || date_is(p->places[0].end))
			continue;
		TRY(note(c, d, p, "keeping-promises", all % 6 != 5 || str_eq(p->name, S("Marieke van der Veen")), all % 2 ? "now" : "year"));
		all++;
		if (!str_starts(p->places[0].unit, S("Vastgoed")))
			continue;
		TRY(note(c, d, p, "energy-renovation", property != 4, property % 3 ? "now" : "year"));
		if (property < 3)
			TRY(note(c, d, p, "damp-and-mould", true, "year"));
		property++;
	}
	return OK;
}

/* ---- People who left ---- */

static enum status left(struct ctx *c, struct demo *d)
{
	static const struct { const char *unit, *reason, *skill; int quarters; } nine[] = {
		{ "Vastgoed/Dagelijks onderhoud", "skill", "energy-renovation", 2 }, { "Vastgoed/Planmatig onderhoud", "growth", "energy-renovation", 2 }, { "Wonen/Klantcontact", "load", NULL, 2 },
		{ "Bedrijfsvoering", "terms", NULL, 2 }, { "Vastgoed/Dagelijks onderhoud", "skill", "energy-renovation", 1 }, { "Vastgoed/Dagelijks onderhoud", "growth", "energy-renovation", 1 },
		{ "Vastgoed/Planmatig onderhoud", "skill", "energy-renovation", 1 }, { "Wonen/Verhuur", "private", NULL, 1 }, { "Wonen/Wijken", "growth", "difficult-conversations", 1 } };
	struct civil today = date_civil(d->day);
	date quarter = date_of(today.year, (today.month - 1) / 3 * 3 + 1, 1);
	for (size_t i = 0; i < sizeof nine / sizeof nine[0]; i++) {
		struct demo_need n = { .skill = nine[i].skill ? demo_skill(d, str_of(nine[i].skill)) : 0, .text = str_of(nine[i].unit), .word = str_of(nine[i].reason),
			.day = date_add_months(quarter, -3 * nine[i].quarters), .made = demo_noon(demo_day(d, 20)) };
		TRY(store_run(c, demo_left, &n, NULL));
	}
	return OK;
}

/* ---- Figures ---- */

/* Of units whether they came on the agreed day; of single craftsmen how many homes needed no work again: of those only numbers are kept. */
static enum status figures(struct ctx *c, struct demo *d)
{
	static const struct { const char *unit; int value, people; } kept[] = {
		{ "Vastgoed/Dagelijks onderhoud/Vakploeg Noord", 91, 14 }, { "Vastgoed/Dagelijks onderhoud/Vakploeg Zuid", 93, 13 }, { "Vastgoed/Dagelijks onderhoud/Mutatieonderhoud", 97, 12 },
		{ "Vastgoed/Dagelijks onderhoud/Storingsdienst", 98, 7 }, { "Vastgoed/Dagelijks onderhoud/Werkplanning", 94, 8 }, { "Wonen/Wijken/Huismeesters Noord", 96, 10 } };
	struct buffer b = { 0 };
	struct import_count count;
	struct civil m = date_civil(demo_day(d, MONTH_BACK));
	str month = date_iso(c->arena, date_of(m.year, m.month, 1));
	buffer_add(&b, S("indicator,skill,unit,person,month,value,norm,people\n"));
	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
		buffer_add_format(&b, "Gekomen op de afgesproken dag (%%),keeping-promises,%s,," S_FMT ",%d,95,%d\n", kept[i].unit, S_ARG(month), kept[i].value, kept[i].people);
	int n = 0;
	for (each(struct demo_person, p, d->people))
		if (str_eq(p->places[0].role, S("Vakmens onderhoud")) && !date_is(p->places[0].end))
			buffer_add_format(&b, "Woningen zonder herstel na isolatie (%%),energy-renovation,," S_FMT "," S_FMT ",%d,80,\n", S_ARG(p->person_id), S_ARG(month), n++ % 5 < 3 ? 60 + n % 7 : 85 + n % 9);
	str csv = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return import_text(c, S("figures"), S("cijfers.csv"), csv, &count);
}

/* ---- Signals ---- */

static enum status skill_way(struct ctx *c, struct demo *d, int64_t signal, const char *skill, const char *way)
{
	return store_run(c, demo_signal_skill, (&(struct demo_need){ .person = signal, .skill = demo_skill(d, str_of(skill)), .word = str_of(way) }), NULL);
}

static enum status signals(struct ctx *c, struct demo *d)
{
	struct by_id pumps, chat;
	struct demo_signal first = { S("Warmtepompen komen ook in bestaande woningen"),
		S("Bij elke ketel die vervangen wordt, vragen leveranciers en huurders naar een warmtepomp. Dat vraagt inregelen, uitleg aan de deur en isolatie die klopt; minder het vervangen van ketels."),
		S("Twee leveranciers, en de plannen van de gemeente"), demo_person(d, S("Noor Yıldız"))->id, demo_day(d, 150), demo_day(d, 8), S("Een dag meelopen bij Verduurzaming"), S("/skills"), demo_noon(demo_day(d, 150)) };
	struct demo_signal second = { S("Huurders schrijven liever dan ze bellen"),
		S("Het aantal berichten groeit elke maand, het aantal telefoontjes daalt. Een deel van de eerste antwoorden kan een hulpmiddel voorbereiden, als wij blijven lezen wat er staat."),
		S("Onze eigen cijfers van Klantcontact"), demo_person(d, S("Lilian Pinas"))->id, demo_day(d, 70), date_add_days(d->day, 40), S("Kaartenset over AI-uitkomsten beoordelen"), S("/decks"), demo_noon(demo_day(d, 70)) };
	TRY(store_one(c, demo_signal, &first, &pumps));
	TRY(skill_way(c, d, pumps.id, "energy-renovation", "up"));
	TRY(skill_way(c, d, pumps.id, "explaining", "up"));
	TRY(store_run(c, demo_signal_seen, (&(struct demo_need){ .person = pumps.id, .day = demo_day(d, 100), .text = S("Sterker: drie aanvragen in één maand, vorig jaar was het er een in een half jaar.") }), NULL));
	TRY(store_run(c, demo_signal_told, (&(struct demo_need){ .person = pumps.id, .other = S("Vakmens onderhoud"), .day = demo_day(d, 4),
		.text = S("Je komt straks vaker een warmtepomp tegen. Wie wil kan een dag meelopen bij Verduurzaming; vraag het je leidinggevende.") }), NULL));
	TRY(store_one(c, demo_signal, &second, &chat));
	TRY(skill_way(c, d, chat.id, "judging-ai", "up"));
	TRY(skill_way(c, d, chat.id, "clear-writing", "up"));
	return store_run(c, demo_signal_told, (&(struct demo_need){ .person = chat.id, .other = S("Klantadviseur"), .day = demo_day(d, 30),
		.text = S("We proberen een hulpmiddel dat antwoorden voorbereidt. Jij blijft degene die leest en verstuurt; de kaartenset helpt daarbij.") }), NULL);
}

enum status demo_needs(struct ctx *c, struct demo *d)
{
	TRY(store_run(c, demo_needs_basis, (&(struct demo_survey_basis){ demo_day(d, 110), demo_noon(demo_day(d, 110)) }), NULL));
	TRY(leads_note(c, d));
	TRY(left(c, d));
	TRY(figures(c, d));
	return signals(c, d);
}
