/* esco_browse.c - ESCO as one reads it: found while typing, an occupation with what it needs, a skill with who needs it. */
#include "esco.h"
#include "web/access.h"
#include "web/operation.h"

enum { PAGE = 25, WORDS = 3, PROPOSED = 8 };

struct esco_query { str find, kind; int64_t skip; };
struct esco_search { str kind, one, two, three, starts, inside; bool dutch; int64_t skip; };
struct esco_hit { int64_t id; str kind, uri, code, reuse; bool knowledge; str name_nl, name_en; int64_t skill, found; };
struct esco_entry { int64_t id; str name, code, reuse; bool knowledge, only_other; int64_t skill; };
struct esco_list { str find, kind; int64_t skip, found, first, last, next, previous; list entries; bool skills, empty; };

static const struct choice kinds[] = { { S("occupation"), W(skills_esco_occupations) }, { S("skill"), W(skills_crumb) }, { 0 } };

RECORD(esco_query,
	FIELD(esco_query, find, .label = W(skills_esco_find), .max = 100),
	FIELD(esco_query, kind, .label = W(skills_esco_kind), .choices = kinds),
	FIELD(esco_query, skip, .max = 100000));
RECORD(esco_search, FIELD(esco_search, kind), FIELD(esco_search, one), FIELD(esco_search, two), FIELD(esco_search, three), FIELD(esco_search, starts),
	FIELD(esco_search, inside), FIELD(esco_search, dutch), FIELD(esco_search, skip));
RECORD(esco_hit, FIELD(esco_hit, id), FIELD(esco_hit, kind), FIELD(esco_hit, uri), FIELD(esco_hit, code), FIELD(esco_hit, reuse), FIELD(esco_hit, knowledge),
	FIELD(esco_hit, name_nl), FIELD(esco_hit, name_en), FIELD(esco_hit, skill, .optional = true), FIELD(esco_hit, found));
RECORD(esco_entry, FIELD(esco_entry, id), FIELD(esco_entry, name), FIELD(esco_entry, code, .doc = "ISCO-08, with ESCO's own digits behind it."),
	FIELD(esco_entry, reuse), FIELD(esco_entry, knowledge), FIELD(esco_entry, only_other),
	FIELD(esco_entry, skill, .optional = true, .doc = "The skill of the framework that was adopted from it."));
RECORD(esco_list, FIELD(esco_list, find), FIELD(esco_list, kind), FIELD(esco_list, skip), FIELD(esco_list, found), FIELD(esco_list, first), FIELD(esco_list, last),
	FIELD(esco_list, next, .optional = true), FIELD(esco_list, previous), FIELD(esco_list, entries, .of = &esco_entry_record), FIELD(esco_list, skills),
	FIELD(esco_list, empty, .doc = "No ESCO was imported."));
#include "skills_esco_browse.html.h"

static str like(struct ctx *c, const char *before, str word)
{
	struct buffer b = { 0 };
	buffer_add(&b, str_of(before));
	for (size_t i = 0; i < word.len; i++) {
		if (word.at[i] == '%' || word.at[i] == '_' || word.at[i] == '\\')
			buffer_add_char(&b, '\\');
		buffer_add_char(&b, word.at[i]);
	}
	buffer_add_char(&b, '%');
	str text = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return text;
}

/* Up to three words, in any order and anywhere in a name, because Dutch glues them together; what follows them is left to the eye. */
static struct esco_search search_of(struct ctx *c, const struct esco_query *in)
{
	str typed = text_fold(c->arena, in->find), rest = typed, word;
	struct esco_search q = { .kind = in->kind.len ? in->kind : kinds[0].value, .dutch = c->language == NL, .skip = in->skip,
		.one = S(""), .starts = like(c, "", typed), .inside = like(c, "% ", typed) };
	str *const places[WORDS] = { &q.one, &q.two, &q.three };
	for (int i = 0; i < WORDS && rest.len; i++) {
		str_cut(rest, ' ', &word, &rest);
		*places[i] = word;
	}
	return q;
}

OPERATION(esco_browse, esco_query, esco_list,
	.route = "GET /esco",
	.allow = "skills.read",
	.page = esco_browse_html,
	.lenient = true,
	.csv = "entries",
	.doc = "Occupations or skills of ESCO whose names in Dutch or English hold the words typed, 25 at a time.")
{
	struct esco_search q = search_of(c, in);
	list hits = { 0 };
	TRY(store_all(c, esco_page, &q, &hits));
	for (each(struct esco_hit, h, hits)) {
		struct esco_concept names = { .name_nl = h->name_nl, .name_en = h->name_en };
		*list_add(c->arena, &out->entries, struct esco_entry) = (struct esco_entry){ h->id, esco_name(c, &names), h->code, h->reuse, h->knowledge,
			esco_only_other(c, &names), h->skill };
		out->found = h->found;
	}
	out->find = in->find;
	out->kind = q.kind;
	out->skills = str_eq(q.kind, S("skill"));
	out->skip = in->skip;
	out->first = hits.count ? in->skip + 1 : 0;
	out->last = in->skip + (int64_t)hits.count;
	out->next = out->last < out->found ? out->last : 0;
	out->previous = in->skip > PAGE ? in->skip - PAGE : 0;
	out->empty = !out->found && !in->find.len;
	return OK;
}

/* ---- One occupation, one skill ---- */

struct esco_key { str kind; int64_t id; };
struct esco_line { int64_t id; str uri; bool knowledge; str reuse, name_nl, name_en; bool essential; int64_t skill; };
struct esco_need { int64_t id; str name; bool knowledge, only_other, essential; int64_t skill; };
struct esco_option { int64_t id; str name_nl, name_en; };
struct esco_choice { int64_t id; str name; };
struct esco_occupation { int64_t id; str name, description, code, uri; bool only_other; int64_t essentials, optionals; list proposed, essential, optional, roles, groups; };
struct esco_skill { int64_t id; str name, description, uri, reuse; bool knowledge, only_other; int64_t skill; list occupations, roles, groups; };

RECORD(esco_key, FIELD(esco_key, kind), FIELD(esco_key, id));
RECORD(esco_line, FIELD(esco_line, id), FIELD(esco_line, uri), FIELD(esco_line, knowledge), FIELD(esco_line, reuse), FIELD(esco_line, name_nl), FIELD(esco_line, name_en),
	FIELD(esco_line, essential), FIELD(esco_line, skill, .optional = true));
RECORD(esco_need, FIELD(esco_need, id), FIELD(esco_need, name), FIELD(esco_need, knowledge), FIELD(esco_need, only_other), FIELD(esco_need, essential),
	FIELD(esco_need, skill, .optional = true, .doc = "The skill of the framework that was adopted from it."));
RECORD(esco_option, FIELD(esco_option, id), FIELD(esco_option, name_nl), FIELD(esco_option, name_en));
RECORD(esco_choice, FIELD(esco_choice, id), FIELD(esco_choice, name));
RECORD(esco_occupation, FIELD(esco_occupation, id), FIELD(esco_occupation, name), FIELD(esco_occupation, description, .max = 2000), FIELD(esco_occupation, code),
	FIELD(esco_occupation, uri), FIELD(esco_occupation, only_other), FIELD(esco_occupation, essentials), FIELD(esco_occupation, optionals),
	FIELD(esco_occupation, proposed, .of = &esco_need_record, .doc = "At most eight to begin with, essential ones first."),
	FIELD(esco_occupation, essential, .of = &esco_need_record), FIELD(esco_occupation, optional, .of = &esco_need_record),
	FIELD(esco_occupation, roles, .of = &esco_choice_record), FIELD(esco_occupation, groups, .of = &esco_choice_record));
RECORD(esco_skill, FIELD(esco_skill, id), FIELD(esco_skill, name), FIELD(esco_skill, description, .max = 2000), FIELD(esco_skill, uri), FIELD(esco_skill, reuse),
	FIELD(esco_skill, knowledge), FIELD(esco_skill, only_other), FIELD(esco_skill, skill, .optional = true),
	FIELD(esco_skill, occupations, .of = &esco_need_record, .doc = "Twelve that need it, essential ones first."),
	FIELD(esco_skill, roles, .of = &esco_choice_record), FIELD(esco_skill, groups, .of = &esco_choice_record));
/* ESCO writes names small; a title begins with a capital. */
static str capital_view(struct view *v, str name)
{
	char *text = arena_copy(v->c->arena, name.at, name.len);
	if (name.len && text[0] >= 'a' && text[0] <= 'z')
		text[0] = (char)(text[0] - 'a' + 'A');
	return (str){ text, name.len };
}

/* The own name that was typed for this skill, when the form comes back. */
static str own_name_view(struct view *v, int64_t skill)
{
	str id = text_format(v->c->arena, "%lld", (long long)skill), row = { 0 };
	if (v->given)
		for (each(const struct given, g, *v->given))
			if (str_starts(g->name, S("skills.")) && str_ends(g->name, S(".skill")) && str_eq(g->value, id))
				row = str_until(g->name, g->name.len - 5);
	if (row.len)
		for (each(const struct given, g, *v->given))
			if (str_eq(g->name, text_join(v->c->arena, row, S("name_nl"))))
				return g->value;
	return (str){ 0 };
}

#include "skills_esco_need_row.html.h"
#include "skills_esco_occupation.html.h"
#include "skills_esco_skill.html.h"

static enum status concept_find(struct ctx *c, str kind, int64_t id, struct esco_concept *out)
{
	bool found;
	TRY(store_find(c, esco_concept_load, (&(struct esco_key){ kind, id }), out, &found));
	return found && (out->name_nl.len || out->name_en.len) ? OK : refuse(c, NOT_FOUND, "unknown-esco", W(skills_esco_unknown_concept));
}

static struct esco_need need_of(const struct ctx *c, const struct esco_line *l)
{
	struct esco_concept names = { .name_nl = l->name_nl, .name_en = l->name_en };
	return (struct esco_need){ l->id, esco_name(c, &names), l->knowledge, esco_only_other(c, &names), l->essential, l->skill };
}

/* Where what is adopted may go: the roles, and the groups of the framework. */
static enum status places_load(struct ctx *c, list *roles, list *groups)
{
	list role_rows = { 0 }, group_rows = { 0 };
	TRY(store_all(c, profile_roles, NOTHING, &role_rows));
	TRY(store_all(c, skill_groups, NOTHING, &group_rows));
	for (each(struct role_named, r, role_rows))
		*list_add(c->arena, roles, struct esco_choice) = (struct esco_choice){ r->id, either(c, r->name, r->name_en) };
	for (each(struct esco_option, g, group_rows))
		*list_add(c->arena, groups, struct esco_choice) = (struct esco_choice){ g->id, either(c, g->name_nl, g->name_en) };
	return OK;
}

OPERATION(esco_occupation_show, by_id, esco_occupation,
	.route = "GET /esco/occupations/{id}",
	.allow = "skills.read",
	.page = esco_occupation_html,
	.lenient = true,
	.doc = "An occupation of ESCO with the skills it needs, and the eight to begin with.")
{
	struct esco_concept o = { 0 };
	list lines = { 0 };
	TRY(concept_find(c, S("occupation"), in->id, &o));
	TRY(store_all(c, esco_skills_of, in, &lines));
	if (may(c, S("skills.manage")))
		TRY(places_load(c, &out->roles, &out->groups));
	out->id = o.id;
	out->name = esco_name(c, &o);
	out->description = either(c, o.description_nl, o.description_en);
	out->code = o.code;
	out->uri = o.uri;
	out->only_other = esco_only_other(c, &o);
	for (each(struct esco_line, l, lines)) {
		struct esco_need need = need_of(c, l);
		*list_add(c->arena, need.essential ? &out->essential : &out->optional, struct esco_need) = need;
		if (out->proposed.count < PROPOSED)
			*list_add(c->arena, &out->proposed, struct esco_need) = need;
	}
	out->essentials = (int64_t)out->essential.count;
	out->optionals = (int64_t)out->optional.count;
	return OK;
}

OPERATION(esco_skill_show, by_id, esco_skill,
	.route = "GET /esco/skills/{id}",
	.allow = "skills.read",
	.page = esco_skill_html,
	.lenient = true,
	.doc = "A skill of ESCO and twelve occupations that need it.")
{
	struct esco_concept s = { 0 };
	struct esco_pick same = { .ids = text_format(c->arena, ",%lld,", (long long)in->id) };
	list lines = { 0 }, picked = { 0 };
	TRY(concept_find(c, S("skill"), in->id, &s));
	TRY(store_all(c, esco_occupations_of, in, &lines));
	TRY(store_all(c, esco_picked, &same, &picked));
	if (may(c, S("skills.manage")))
		TRY(places_load(c, &out->roles, &out->groups));
	out->id = s.id;
	out->name = esco_name(c, &s);
	out->description = either(c, s.description_nl, s.description_en);
	out->uri = s.uri;
	out->reuse = s.reuse;
	out->knowledge = s.knowledge;
	out->only_other = esco_only_other(c, &s);
	for (each(struct esco_picked, one, picked))
		out->skill = one->retired ? 0 : one->skill;
	for (each(struct esco_line, l, lines))
		*list_add(c->arena, &out->occupations, struct esco_need) = need_of(c, l);
	return OK;
}
