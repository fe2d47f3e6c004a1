/* share.c - sharing an entry with one's team, a unit or everybody, ending that, and reading what colleagues learnt. */
#include "log.h"
#include "people/people.h"
#include "skills/skills.h"
#include "web/event.h"
#include "web/operation.h"
#include "web/web.h"
#include "xapi/xapi.h"

enum { LEARNT_PAGE = 25 };

RECORD(journal_shared, FIELD(journal_shared, entry), FIELD(journal_shared, person), FIELD(journal_shared, unit, .optional = true), FIELD(journal_shared, skill, .optional = true),
	FIELD(journal_shared, day), FIELD(journal_shared, kind, .choices = journal_kinds), FIELD(journal_shared, hours), FIELD(journal_shared, did, .max = TEXT_LONG),
	FIELD(journal_shared, learnt, .max = TEXT_LONG), FIELD(journal_shared, next, .max = TEXT_LONG), FIELD(journal_shared, link, .max = LINK_MAX), FIELD(journal_shared, statement));

/* Kind, hours and skill, on that day; not a word of what was written. */
static enum status statement_make(struct ctx *c, const struct journal_entry *e, int64_t person, str *id)
{
	struct skill skill = { 0 };
	if (e->skill)
		TRY(skill_load(c, e->skill, &skill));
	struct own_statement s = { .person = person, .verb = S("http://adlnet.gov/expapi/verbs/experienced"), .verb_nl = S("leerde van"), .verb_en = S("experienced"),
		.activity = text_format(c->arena, "urn:wijzer:entry:%lld", (long long)e->id), .activity_type = S("urn:wijzer:type:log-entry"), .kind = e->kind, .hours = e->hours,
		.skill = skill.uri.len ? skill.uri : skill.key.len ? text_format(c->arena, "urn:wijzer:skill:" S_FMT, S_ARG(skill.key)) : (str){ 0 },
		.made = { (int64_t)date_days_between(date_of(1970, 1, 1), e->day) * 86400000 + 12 * 3600000 } };
	return xapi_statement_add(c, &s, id);
}

enum status shared_put(struct ctx *c, const struct journal_entry *e, int64_t person, int64_t unit)
{
	struct journal_shared s = { .entry = e->id, .person = person, .unit = unit, .skill = e->skill, .day = e->day, .kind = e->kind, .hours = e->hours,
		.did = e->did, .learnt = e->learnt, .next = e->next, .link = e->link };
	TRY(statement_make(c, e, person, &s.statement));
	TRY(store_run(c, journal_shared_put, &s, NULL));
	return event_raise(c, S("journal_shared"), &(struct journal_event){ e->id, person });
}

/* What colleagues could read is gone from the tables at once, and from the disk soon after; its statement counts no more. */
enum status shared_end(struct ctx *c, int64_t entry, int64_t person)
{
	struct journal_shared s = { 0 };
	struct by_id key = { entry };
	bool found;
	TRY(store_find(c, journal_shared_of, &key, &s, &found));
	if (!found)
		return refuse(c, CONFLICT, "not-shared", W(journal_not_shared));
	TRY(store_run(c, journal_shared_remove, &key, NULL));
	if (s.statement.len)
		TRY(xapi_statement_void(c, s.statement));
	store_forget(c);
	return event_raise(c, S("journal_unshared"), &(struct journal_event){ entry, person });
}

struct share_form { int64_t id; str with; };
RECORD(share_form, FIELD(share_form, id), FIELD(share_form, with, .label = W(journal_share_with), .required = true, .max = 20,
	.doc = "\"everybody\", or the number of a unit in which one works, or one above it."));
struct journal_circle { int64_t id; str path; bool team; };
extern const struct record journal_circle_record;

/* 0 is everybody; a unit must be one's own or stand above it. */
static enum status circle_of(struct ctx *c, str with, int64_t *unit)
{
	list circles = { 0 };
	*unit = 0;
	if (str_eq(with, S("everybody")))
		return OK;
	TRY(store_all(c, journal_circles, NOTHING, &circles));
	if (str_to_int(with, unit))
		for (each(struct journal_circle, u, circles))
			if (u->id == *unit)
				return OK;
	return object(c, S("with"), W(journal_share_not_with));
}

OPERATION(journal_share, share_form, nothing,
	.route = "POST /journal/{id}/share",
	.allow = "self.use",
	.effect = WRITES,
	.then = "/journal/{id}",
	.said = W(journal_shared_said),
	.doc = "Shares one of one's own entries with a unit one works in, one above it, or everybody: its text and link, not its file. The record gets a statement with kind, hours and skill.")
{
	struct journal_entry e;
	int64_t unit;
	(void)out;
	TRY(journal_owner(c));
	TRY(entry_load(c, in->id, &e));
	if (e.closed)
		return refuse(c, CONFLICT, "closed", W(journal_closed));
	TRY(circle_of(c, in->with, &unit));
	if (e.shared)
		TRY(shared_end(c, in->id, c->me.person));
	return shared_put(c, &e, c->me.person, unit);
}

OPERATION(journal_unshare, by_id, nothing,
	.route = "POST /journal/{id}/unshare",
	.allow = "self.use",
	.effect = WRITES,
	.then = "/journal/{id}",
	.said = W(journal_unshared_said),
	.doc = "Ends the sharing of one of one's own entries: colleagues no longer see it, and its statement is voided.")
{
	struct journal_entry e;
	(void)out;
	TRY(journal_owner(c));
	TRY(entry_load(c, in->id, &e));
	return shared_end(c, in->id, c->me.person);
}

/* ---- What colleagues learnt ---- */

struct learnt_query { int64_t skip, skill, dutch; };
struct learnt { int64_t entry, person, skill; date day; str kind, did, learnt, next, link, name, unit_path, skill_name; double hours; bool own; };
struct learnt_page { list learnt, skills; int64_t skill, next_skip; str skill_name; };
RECORD(learnt_query, FIELD(learnt_query, skip, .max = 100000), FIELD(learnt_query, skill, .label = W(journal_skill), .optional = true), FIELD(learnt_query, dutch, .max = 1, .doc = "Set by the program."));
RECORD(learnt, FIELD(learnt, entry), FIELD(learnt, person), FIELD(learnt, skill, .optional = true), FIELD(learnt, day), FIELD(learnt, kind, .choices = journal_kinds),
	FIELD(learnt, hours), FIELD(learnt, did), FIELD(learnt, learnt), FIELD(learnt, next), FIELD(learnt, link), FIELD(learnt, name), FIELD(learnt, unit_path),
	FIELD(learnt, skill_name), FIELD(learnt, own));
RECORD(learnt_page, FIELD(learnt_page, learnt, .of = &learnt_record), FIELD(learnt_page, skills, .of = &skill_record), FIELD(learnt_page, skill, .optional = true),
	FIELD(learnt_page, next_skip, .optional = true), FIELD(learnt_page, skill_name));
#include "journal_learnt.html.h"

OPERATION(journal_learnt_show, learnt_query, learnt_page,
	.route = "GET /learnt",
	.allow = "self.use",
	.page = learnt_html,
	.doc = "What colleagues shared of what they learnt, with this reader, the newest first.")
{
	struct learnt_query q = { in->skip, in->skill, c->language == NL };
	list skills = { 0 };
	if (!c->me.person)
		return refuse(c, FORBIDDEN, "no-person", W(journal_no_person));
	TRY(store_all(c, journal_learnt, &q, &out->learnt));
	if (out->learnt.count > LEARNT_PAGE) {
		out->learnt.count = LEARNT_PAGE;
		out->next_skip = in->skip + LEARNT_PAGE;
	}
	TRY(skill_list(c, &skills));
	for (each(struct skill, s, skills))
		if (str_eq(s->kind, S("skill"))) {
			*list_add(c->arena, &out->skills, struct skill) = *s;
			if (s->id == in->skill)
				out->skill_name = s->name;
		}
	out->skill = in->skill;
	return OK;
}

/* ---- The demonstration ---- */

enum status journal_put(struct ctx *c, int64_t person, const struct journal_text *text, int64_t shared_with, int64_t *id)
{
	TRY(entry_new(c, person, text, id));
	if (shared_with < 0)
		return OK;
	struct journal_entry e = { .id = *id };
	entry_of_text(&e, text);
	return shared_put(c, &e, person, shared_with);
}
