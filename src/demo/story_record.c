/* story_record.c - a year of what a course player and Moodle sent: the front desk learns in courses, the crew in its work, the energy team from each other. */
#include "inside.h"
#include "base/buffer.h"
#include "journal/journal.h"
#include "record/record.h"
#include "xapi/xapi.h"

enum tool { PLAYER, MOODLE, TOOLS };
enum { RECORD_SEED = 20260103, YEAR = 364 };

#define ADL "http://adlnet.gov/expapi/"
#define TINCAN "http://id.tincanapi.com/"

/* What there is to do. least and most: minutes; 0: the tool does not say how long. begun: it also reports that somebody began, and passed. */
static const struct thing { const char *path; enum tool tool; const char *verb, *verb_nl, *verb_en, *type, *nl, *en; int least, most; bool begun; } things[] = {
	{ "cursus/helder-schrijven", PLAYER, ADL "verbs/completed", "rondde af", "completed", ADL "activities/course", "Helder schrijven aan huurders", "Writing clearly to tenants", 80, 150, true },
	{ "cursus/aan-de-balie", PLAYER, ADL "verbs/completed", "rondde af", "completed", ADL "activities/course", "Rustig blijven aan de balie", "Staying calm at the desk", 60, 120, true },
	{ "cursus/privacy", PLAYER, ADL "verbs/completed", "rondde af", "completed", ADL "activities/course", "Privacy in de praktijk", "Privacy in practice", 40, 70, true },
	{ "video/huurrecht", PLAYER, ADL "verbs/completed", "rondde af", "completed", "https://w3id.org/xapi/video/activity-type/video", "Huurrecht in tien minuten", "Tenancy law in ten minutes", 9, 14, false },
	{ "cursus/warmtepomp", PLAYER, ADL "verbs/completed", "rondde af", "completed", ADL "activities/course", "De warmtepomp uitgelegd", "The heat pump explained", 45, 90, true },
	{ "cursus/ai-basis", PLAYER, ADL "verbs/completed", "rondde af", "completed", ADL "activities/course", "AI: wat kan het wel en niet", "AI: what it can and cannot do", 50, 90, true },
	{ "vr/storing", PLAYER, ADL "verbs/completed", "rondde af", "completed", "https://leerplein.zilverwilg.example/soort/vr-oefening", "Vocht zoeken in een nagebouwd huis", "Finding damp in a rebuilt house", 25, 40, false },
	{ "attendance/intervisie", MOODLE, ADL "verbs/attended", "woonde bij", "attended", ADL "activities/meeting", "Intervisie klantcontact", "Peer review at customer contact", 60, 90, false },
	{ "attendance/toolbox", MOODLE, ADL "verbs/attended", "woonde bij", "attended", ADL "activities/meeting", "Toolboxmeeting", "Toolbox meeting", 0, 0, false },
	{ "assign/meelopen", MOODLE, ADL "verbs/completed", "rondde af", "completed", TINCAN "activitytype/tutor-session", "Een ochtend meelopen met een collega", "A morning along with a colleague", 120, 240, false },
	{ "assign/luchtdicht", MOODLE, ADL "verbs/completed", "rondde af", "completed", ADL "activities/performance", "Een kozijn luchtdicht maken, met iemand ernaast", "Sealing a frame, with somebody beside you", 120, 240, false },
	{ "assign/eigen-werk", MOODLE, ADL "verbs/completed", "rondde af", "completed", ADL "activities/performance", "Wat je leerde toepassen in je eigen werk", "Using what you learnt in your own work", 0, 0, false },
	{ "forum/data", MOODLE, "https://w3id.org/xapi/acrossx/verbs/posted", "plaatste", "posted", TINCAN "activitytype/discussion", "Forum: vragen over data", "Forum: questions about data", 0, 0, false },
	{ "page/agenda", MOODLE, TINCAN "verb/viewed", "bekeek", "viewed", TINCAN "activitytype/resource", "Agenda van de maand", "This month’s agenda", 0, 0, false },
};
enum { THINGS = sizeof things / sizeof things[0] };
enum { CLEAR, DESK, PRIVACY, LAW, PUMP, AI, VR, REVIEW, TOOLBOX, ALONG, SEALING, OWN_WORK, FORUM, PAGE };

/* How often somebody of a team did each in this year, on average. */
static const struct team { const char *unit; int people; double often[THINGS]; } teams[] = {
	{ "Telefoon en balie", 9, { [CLEAR] = 1.6, [DESK] = 1.8, [PRIVACY] = 1, [LAW] = 3, [REVIEW] = 1, [OWN_WORK] = .3, [PAGE] = 4 } },
	{ "Vakploeg Noord", 9, { [PUMP] = .8, [TOOLBOX] = 3, [ALONG] = .7, [SEALING] = 2.4, [OWN_WORK] = 1.6, [PAGE] = 1 } },
	{ "Verduurzaming", 8, { [PUMP] = .7, [ALONG] = 3.2, [TOOLBOX] = 3, [SEALING] = .8, [PAGE] = 1 } },
	{ "Data en digitalisering", 6, { [AI] = 1.4, [PRIVACY] = 1, [FORUM] = 9, [OWN_WORK] = 2.5, [REVIEW] = .5, [PAGE] = 3 } },
	{ "Opzichters", 6, { [PUMP] = 1, [VR] = 1.6, [OWN_WORK] = 1.2, [TOOLBOX] = 1, [PAGE] = 1 } },
	{ "Control", 6, { [PRIVACY] = 2, [AI] = 1.2, [OWN_WORK] = 1.4, [PAGE] = 2 } },
	{ "HR en leren", 8, { [AI] = 1.2, [REVIEW] = 2.4, [OWN_WORK] = 1, [PAGE] = 2 } },
	{ "Werkplanning", 4, { [CLEAR] = 1, [PRIVACY] = 1, [OWN_WORK] = .5, [PAGE] = 1 } },
	{ "Inkoop", 3, { [PRIVACY] = 1.4, [CLEAR] = 1, [PAGE] = 1 } },
	{ "Storingsdienst", 3, { [PRIVACY] = 1, [SEALING] = 1.6, [PAGE] = 1 } },
};

static const struct { const char *key, *name, *address; } tools[TOOLS] = { { "demo-leerplein", "Leerplein (cursusspeler)", "https://leerplein.zilverwilg.example/" },
	{ "demo-moodle", "Moodle", "https://moodle.zilverwilg.example/mod/" } };

struct sent { date day; int minute; enum tool tool; str json; };

/* `minutes` 0: without a duration. */
static str statement(struct ctx *c, const struct demo_person *p, const struct thing *t, const char *verb, const char *verb_nl, const char *verb_en, date day, int minute, int minutes)
{
	struct buffer b = { 0 };
	instant at = { demo_noon(day).ms + (int64_t)(minute - 11 * 60) * 60000 };
	buffer_add_format(&b, "{\"actor\":{\"mbox\":\"mailto:" S_FMT "\",\"name\":", S_ARG(p->email));
	json_write_text(&b, p->name);
	buffer_add_format(&b, "},\"verb\":{\"id\":\"%s\",\"display\":{\"nl\":\"%s\",\"en\":\"%s\"}},\"object\":{\"id\":\"%s%s\",\"definition\":{\"type\":\"%s\",\"name\":{\"nl\":\"%s\",\"en\":\"%s\"}}}",
		verb, verb_nl, verb_en, tools[t->tool].address, t->path, t->type, t->nl, t->en);
	if (minutes)
		buffer_add_format(&b, ",\"result\":{\"duration\":\"PT%dM\"}", minutes);
	buffer_add_format(&b, ",\"timestamp\":\"" S_FMT "\"}", S_ARG(instant_iso(c->arena, at)));
	str json = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return json;
}

static void done(struct ctx *c, struct demo *d, const struct demo_person *p, const struct thing *t, list *all)
{
	date day = demo_day(d, (int)demo_between(d, 1, YEAR));
	int minute = (int)demo_between(d, 8 * 60, 15 * 60), minutes = t->least ? (int)demo_between(d, t->least, t->most) : 0, after = minute + (minutes ? minutes : 30);
	if (date_weekday(day) > 5)
		day = date_add_days(day, -2);
	if (date_compare(day, p->places[0].start) < 0)
		return;
	if (t->begun)
		*list_add(c->arena, all, struct sent) = (struct sent){ day, minute, t->tool, statement(c, p, t, ADL "verbs/initialized", "begon", "initialized", day, minute, 0) };
	*list_add(c->arena, all, struct sent) = (struct sent){ day, after, t->tool, statement(c, p, t, t->verb, t->verb_nl, t->verb_en, day, after, minutes) };
	if (t->begun && demo_chance(d, .8))
		*list_add(c->arena, all, struct sent) = (struct sent){ day, after + 1, t->tool, statement(c, p, t, ADL "verbs/passed", "slaagde voor", "passed", day, after + 1, minutes) };
}

/* Once more with chance what is left of the mean: 1.6 is once, and six times in ten twice. */
static int times_of(struct demo *d, double often)
{
	int whole = (int)often;
	return whole + demo_chance(d, often - whole);
}

static void team_learns(struct ctx *c, struct demo *d, const struct team *t, list *all)
{
	int left = t->people;
	str team = text_join(c->arena, S("/"), str_of(t->unit));
	for (each(struct demo_person, p, d->people)) {
		if (!left || date_is(p->places[0].end) || !str_ends(p->places[0].unit, team))
			continue;
		left--;
		for (int i = 0; i < THINGS; i++)
			for (int n = times_of(d, t->often[i]); n > 0; n--)
				done(c, d, p, &things[i], all);
	}
}

static int by_moment(const void *a, const void *b)
{
	const struct sent *x = a, *y = b;
	return x->day.day != y->day.day ? (x->day.day > y->day.day) - (x->day.day < y->day.day) : x->tool != y->tool ? (x->tool > y->tool) - (x->tool < y->tool) : (x->minute > y->minute) - (x->minute < y->minute);
}

/* Each tool sends once a day, in the evening. */
static enum status send(struct ctx *c, const list *all, const int64_t client[TOOLS])
{
	const struct sent *at = all->at, *end = at + all->count;
	while (at < end) {
		const struct sent *first = at;
		struct buffer b = { 0 };
		c->today = first->day;
		c->now = (instant){ demo_noon(first->day).ms + (8 * 60 + first->tool) * 60000 };
		for (; at < end && at->day.day == first->day.day && at->tool == first->tool; at++) {
			buffer_add_char(&b, at == first ? '[' : ',');
			buffer_add(&b, at->json);
		}
		buffer_add_char(&b, ']');
		enum status s = xapi_tool_sends(c, client[first->tool], text_copy(c->arena, buffer_text(&b)));
		buffer_done(&b);
		TRY(s);
	}
	return OK;
}

static enum status refused(struct ctx *c, struct demo *d, int64_t client, const char *reason, int before, int64_t times)
{
	c->today = demo_day(d, before);
	c->now = demo_noon(c->today);
	return xapi_tool_is_refused(c, client, str_of(reason), times);
}

enum status demo_record(struct ctx *c, struct demo *d)
{
	uint64_t random = d->random;
	instant now = c->now;
	date today = c->today;
	list all = { 0 };
	int64_t client[TOOLS];
	struct demo_survey_basis agreed = { demo_day(d, 380), demo_noon(demo_day(d, 380)) };
	d->random = RECORD_SEED;
	TRY(store_run(c, demo_learning_basis, &agreed, NULL));
	c->now = demo_noon(demo_day(d, YEAR + 10));
	for (int t = 0; t < TOOLS; t++)
		TRY(xapi_tool_put(c, str_of(tools[t].key), str_of(tools[t].name), &client[t]));
	for (size_t t = 0; t < sizeof teams / sizeof teams[0]; t++)
		team_learns(c, d, &teams[t], &all);
	list_sort(c->arena, &all, struct sent, by_moment);
	TRY(send(c, &all, client));
	TRY(xapi_settle(c));
	TRY(refused(c, d, client[MOODLE], "scope", 20, 2));
	TRY(refused(c, d, client[MOODLE], "statement", 12, 3));
	TRY(refused(c, d, client[PLAYER], "statement-differs", 3, 1));
	TRY(journal_agree(c, demo_person(d, S("Youssef el Hamdi"))->id, demo_day(d, 200)));
	TRY(journal_agree(c, demo_person(d, S("Kevin Slagter"))->id, demo_day(d, 120)));
	c->now = now;
	c->today = today;
	d->random = random;
	return OK;
}
