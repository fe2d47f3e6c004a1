/* versions.c - what an ambition said before, and what changed between one version and the next. */
#include "inside.h"
#include "web/operation.h"

struct version_row { int64_t id, number; str name, why; date horizon; str indicator, reason, owner_name; instant made; str account_name; };
struct version_skill { int64_t version, skill; str name_nl, name_en; int64_t weight, target_level, people_needed; str unit; };
RECORD(version_row, FIELD(version_row, id), FIELD(version_row, number), FIELD(version_row, name), FIELD(version_row, why), FIELD(version_row, horizon),
	FIELD(version_row, indicator), FIELD(version_row, reason), FIELD(version_row, owner_name), FIELD(version_row, made), FIELD(version_row, account_name));
RECORD(version_skill, FIELD(version_skill, version), FIELD(version_skill, skill), FIELD(version_skill, name_nl), FIELD(version_skill, name_en), FIELD(version_skill, weight),
	FIELD(version_skill, target_level), FIELD(version_skill, people_needed, .optional = true), FIELD(version_skill, unit));

struct version_change { str what, before, after; };
struct version_shown { int64_t number; instant made; str account_name, reason, reason_text; list changes; };
struct ambition_versions { struct ambition ambition; list versions; };
RECORD(version_change, FIELD(version_change, what), FIELD(version_change, before), FIELD(version_change, after));
RECORD(version_shown, FIELD(version_shown, number), FIELD(version_shown, made), FIELD(version_shown, account_name), FIELD(version_shown, reason),
	FIELD(version_shown, changes, .of = &version_change_record));
RECORD(ambition_versions, FIELD(ambition_versions, ambition, .of = &ambition_record), FIELD(ambition_versions, versions, .of = &version_shown_record));
#include "strategy_versions.html.h"

static void changed(struct ctx *c, list *to, str what, str before, str after)
{
	if (!str_eq(before, after))
		*list_add(c->arena, to, struct version_change) = (struct version_change){ what, before, after };
}

static str skill_name(const struct ctx *c, const struct version_skill *s)
{
	str wanted = c->language == NL ? s->name_nl : s->name_en;
	return wanted.len ? wanted : c->language == NL ? s->name_en : s->name_nl;
}

/* "gevorderd, 60 mensen, gewicht 3, Wonen" */
static str skill_said(struct ctx *c, const struct version_skill *s)
{
	if (!s)
		return (str){ 0 };
	str values[] = { level_word(c, (int)s->target_level), text_of_int(c, s->people_needed), text_of_int(c, s->weight) };
	str said = word_text(c->arena, c->language, s->people_needed ? W(strategy_skill_said) : W(strategy_skill_said_all), values, 3);
	return s->unit.len ? text_format(c->arena, S_FMT ", " S_FMT, S_ARG(said), S_ARG(s->unit)) : said;
}

static const struct version_skill *skill_of(const list *skills, int64_t version, int64_t skill)
{
	for (each(struct version_skill, s, *skills))
		if (s->version == version && s->skill == skill)
			return s;
	return NULL;
}

static void version_compare(struct ctx *c, const struct version_row *before, const struct version_row *after, const list *skills, list *to)
{
	changed(c, to, W(strategy_name)->text[c->language], before->name, after->name);
	changed(c, to, W(strategy_why)->text[c->language], before->why, after->why);
	changed(c, to, W(strategy_horizon_short)->text[c->language], text_of_date(c, before->horizon), text_of_date(c, after->horizon));
	changed(c, to, W(strategy_owner)->text[c->language], before->owner_name, after->owner_name);
	changed(c, to, W(strategy_indicator)->text[c->language], before->indicator, after->indicator);
	for (each(struct version_skill, s, *skills)) {
		if (s->version == after->id)
			changed(c, to, skill_name(c, s), skill_said(c, skill_of(skills, before->id, s->skill)), skill_said(c, s));
		if (s->version == before->id && !skill_of(skills, after->id, s->skill))
			changed(c, to, skill_name(c, s), skill_said(c, s), (str){ 0 });
	}
}

/* Reasons the program gives itself are words; what a person wrote stands as it is. */
static str reason_text(const struct ctx *c, str reason)
{
	return str_eq(reason, S("import")) ? W(strategy_by_import)->text[c->language] : str_eq(reason, S("starter")) ? W(strategy_by_starter)->text[c->language] : reason;
}

OPERATION(ambition_history, by_id, ambition_versions,
	.route = "GET /strategy/{id}/versions",
	.allow = "strategy.read",
	.page = versions_html,
	.lenient = true,
	.doc = "Every version of an ambition, newest first, with what changed.")
{
	list rows = { 0 }, skills = { 0 };
	TRY(ambition_load(c, in->id, &out->ambition));
	TRY(store_all(c, ambition_versions_of, in, &rows));
	TRY(store_all(c, ambition_version_skills, in, &skills));
	for (size_t i = 0; i < rows.count; i++) {
		const struct version_row *r = list_item(rows, struct version_row, i);
		struct version_shown *v = list_add(c->arena, &out->versions, struct version_shown);
		*v = (struct version_shown){ r->number, r->made, r->account_name, r->reason, reason_text(c, r->reason), { 0 } };
		if (i + 1 < rows.count)
			version_compare(c, r + 1, r, &skills, &v->changes);
	}
	return OK;
}
