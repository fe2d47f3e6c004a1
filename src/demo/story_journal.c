/* story_journal.c - a year of Youssef's log, his alone but for one entry, and what a few colleagues chose to share: first of all a mistake. */
#include "inside.h"
#include "journal/journal.h"
#include "people/people.h"
#include <math.h>

enum { ALONE = -1, EVERYBODY = 0, TEAM = 1 };

struct told { const char *who; int before; const char *kind, *skill; double hours; int with; const char *did, *learnt, *next, *link; };

static const struct told all[] = {
	{ "Youssef el Hamdi", 352, "formal", "energy-renovation", 7, ALONE, "Eerste dag van de cursus kierdichting bij de leverancier.", "Luchtdicht is iets anders dan dampdicht. Dat haalde ik altijd door elkaar.", "Bij de volgende klus eerst de tekening van de aansluiting opvragen.", "https://example.org/kierdichting" },
	{ "Youssef el Hamdi", 331, "work", "occupied-maintenance", .5, ALONE, "Lekkage bij mevrouw Tromp, bewoner was boos omdat ik de derde was.", "Eerst vragen wat de vorige twee zeiden. Daarna was ze rustig en ik wist meer.", NULL, NULL },
	{ "Youssef el Hamdi", 297, "others", "energy-renovation", 4, ALONE, "Halve dag meegelopen met Verduurzaming in de Lijsterlaan.", "De band plak je van onder naar boven, anders loopt het water erachter.", "Het zelf doen met iemand ernaast.", NULL },
	{ "Youssef el Hamdi", 268, "work", "keeping-promises", NAN, ALONE, NULL, "Een tijd noemen waarvan je niet zeker bent is erger dan geen tijd noemen.", "Zeggen: voor twaalf uur bel ik, ook als ik het niet weet.", NULL },
	{ "Youssef el Hamdi", 233, "work", "occupied-maintenance", 1, ALONE, "Kraan vervangen bij iemand die slecht hoort.", "Opschrijven wat ik ga doen en het laten zien. Duurde twee minuten en scheelde een uur.", NULL, NULL },
	{ "Youssef el Hamdi", 196, "others", "occupied-maintenance", 1.5, ALONE, "Met Kevin zijn lastige adres doorgesproken in de bus.", "Hij belt de avond ervoor. Zo simpel.", "Ook de avond ervoor bellen bij een dagklus.", NULL },
	{ "Youssef el Hamdi", 160, "work", "energy-renovation", 3, ALONE, "Eerste kozijn zelf gedicht, met Ruud ernaast.", "Mijn handen weten het sneller dan mijn hoofd. Ik moest alleen langzamer.", NULL, NULL },
	{ "Youssef el Hamdi", 121, "formal", "energy-renovation", 7, ALONE, "Tweede cursusdag: meten met de blowerdoor.", "Een halve millimeter kier hoor je niet, maar de meter wel.", "Vragen of ik een keer mee mag meten.", NULL },
	{ "Youssef el Hamdi", 88, "others", "energy-renovation", 2, ALONE, "Meegemeten op nummer 6.", "De kier zat bij de leiding, niet bij het kozijn. Ik had het niet gevonden.", NULL, NULL },
	{ "Youssef el Hamdi", 47, "work", "energy-renovation", 3, TEAM, "De naden rond de kozijnen in de Merelstraat moesten over. Ik had de band op een stoffig kozijn geplakt.", "Eerst schoonmaken en drogen, ook als de planning knelt. Overdoen kostte een dag, schoonmaken tien minuten.", "Een doek en föhn standaard in de bus, en een foto van het schone kozijn bij de klus.", NULL },
	{ "Youssef el Hamdi", 30, "work", "keeping-promises", .5, ALONE, "Mevrouw Bakker teruggebeld dat het onderdeel er nog niet was.", "Ze was blij dat ik belde, ook zonder nieuws.", NULL, NULL },
	{ "Youssef el Hamdi", 12, "work", "energy-renovation", 4, ALONE, "Kozijnen van nummer 18 zelf gedaan. Meting in één keer goed.", "Een rustige ochtend zonder telefoon maakt het verschil.", "Vragen of Kevin een keer meekijkt, dan leert hij het ook.", NULL },
	{ "Youssef el Hamdi", 5, "others", "occupied-maintenance", NAN, ALONE, NULL, "Uitleggen aan de stagiair: pas toen merkte ik wat ik vanzelf doe.", NULL, NULL },
	{ "Marieke van der Veen", 61, "work", "keeping-promises", 1, EVERYBODY, "Ik beloofde een straat dat de keukens voor de zomer klaar waren, zonder het de planning te vragen. Het werd november.", "Ik wilde aardig zijn en maakte het erger. Een belofte van mij is een opdracht voor iemand anders.", "Eerst bellen, dan beloven. En in het teamoverleg zeggen wat ik niet weet.", NULL },
	{ "Gerrit Hoogland", 33, "others", "damp-and-mould", 1, EVERYBODY, "Met twee nieuwe opzichters een schimmelklacht bekeken waar drie keer was geschilderd.", "Meet eerst de vochtigheid overdag én in de vroege ochtend. Pas in de ochtend zagen we waar het vandaan kwam.", NULL, NULL },
	{ "Kevin Slagter", 20, "work", "occupied-maintenance", .5, TEAM, "Een bewoner wist niet wat er nog kwam, en belde iedereen behalve mij.", "Snel klaar zijn is niet hetzelfde als klaar zijn. Zeggen wat er nog komt hoort bij de klus.", "Een kaartje achterlaten met wat ik deed en wat er volgt.", NULL },
};

static str said(const char *text)
{
	return text ? str_of(text) : (str){ 0 };
}

static enum status unit_of(struct ctx *c, const struct demo_person *p, int64_t *unit)
{
	list jobs = { 0 };
	TRY(person_employments_today(c, p->id, &jobs));
	*unit = jobs.count ? list_item(jobs, struct employment, 0)->unit : 0;
	return OK;
}

enum status demo_journal(struct ctx *c, struct demo *d)
{
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		const struct told *t = &all[i];
		const struct demo_person *p = demo_person(d, str_of(t->who));
		struct journal_text text = { demo_day(d, t->before), str_of(t->kind), t->hours, demo_skill(d, str_of(t->skill)), said(t->did), said(t->learnt), said(t->next), said(t->link), { 0 } };
		int64_t id, with = t->with;
		if (with == TEAM)
			TRY(unit_of(c, p, &with));
		TRY(journal_put(c, p->id, &text, with, &id));
	}
	return OK;
}
