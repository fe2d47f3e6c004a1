/* rows.c - the gap as rows, by unit, role, skill or person: for CSV, JSON and the shell. */
#include "gap.h"
#include "people/people.h"
#include "stats/normal.h"
#include "web/audit.h"
#include "web/operation.h"
#include <math.h>

#define FIGURES(row) \
	FIELD(row, people,             .doc = "Whose work asks for the skill."), \
	FIELD(row, known,              .doc = "Of these, of whom somebody else than themselves said something."), \
	FIELD(row, required,           .doc = "How many must be at target: the ambition's number, else all of `people`."), \
	FIELD(row, expected_at_target, .doc = "Expected number of the known people at target."), \
	FIELD(row, low80), \
	FIELD(row, high80), \
	FIELD(row, weighted_gap,       .doc = "Levels short, summed over the known people, times the ambition's weight and the role's importance."), \
	FIELD(row, shown,              .doc = "0: too few people, or not yet known; the figures are left empty.")

RECORD(gap_unit_row, FIELD(gap_unit_row, unit), FIELD(gap_unit_row, skill), FIGURES(gap_unit_row));
RECORD(gap_role_row, FIELD(gap_role_row, role), FIELD(gap_role_row, skill), FIGURES(gap_role_row));
RECORD(gap_skill_row, FIELD(gap_skill_row, skill), FIGURES(gap_skill_row));
RECORD(gap_person_row, FIELD(gap_person_row, person_id), FIELD(gap_person_row, skill), FIELD(gap_person_row, required, .doc = "The level asked."),
	FIELD(gap_person_row, estimate), FIELD(gap_person_row, sd), FIELD(gap_person_row, low80), FIELD(gap_person_row, high80), FIELD(gap_person_row, p_below),
	FIELD(gap_person_row, weighted_gap), FIELD(gap_person_row, last_seen), FIELD(gap_person_row, state, .doc = "confirmed, self-rated or not-known."));
RECORD(gap_name, FIELD(gap_name, id), FIELD(gap_name, person_id), FIELD(gap_name, name));

struct gap_unit_rows { list rows; };
struct gap_role_rows { list rows; };
struct gap_skill_rows { list rows; };
struct gap_person_rows { list rows; };
RECORD(gap_unit_rows, FIELD(gap_unit_rows, rows, .of = &gap_unit_row_record));
RECORD(gap_role_rows, FIELD(gap_role_rows, rows, .of = &gap_role_row_record));
RECORD(gap_skill_rows, FIELD(gap_skill_rows, rows, .of = &gap_skill_row_record));
RECORD(gap_person_rows, FIELD(gap_person_rows, rows, .of = &gap_person_row_record));

OPERATION(gap_by_unit, gap_query, gap_unit_rows,
	.route = "GET /gap/by/unit",
	.allow = "gap.read",
	.csv = "rows",
	.doc = "Per unit and skill: how many need it, of how many something is known, and how many are expected at target.")
{
	struct gap_question q;
	struct figure *at;
	TRY(gap_ask(c, in, &q));
	TRY(gap_answer(c, &q, &at));
	for (size_t u = q.unit; u < q.n->unit_count; u++)
		for (size_t i = 0; i < q.count && needs_is_under(q.n, u, q.unit); i++) {
			const struct figure *f = &at[i * q.n->unit_count + u];
			if (f->shown == NOBODY)
				continue;
			struct gap_unit_row *r = list_add(c->arena, &out->rows, struct gap_unit_row);
			r->unit = unit_label(c, q.n, u);
			r->skill = q.names[q.skills[i]];
			FIGURE_FILL(r, f);
		}
	return OK;
}

OPERATION(gap_by_skill, gap_query, gap_skill_rows,
	.route = "GET /gap/by/skill",
	.allow = "gap.read",
	.csv = "rows",
	.doc = "Per skill, for one unit with everything below it.")
{
	struct gap_question q;
	struct figure *at;
	TRY(gap_ask(c, in, &q));
	TRY(gap_answer(c, &q, &at));
	for (size_t i = 0; i < q.count; i++) {
		const struct figure *f = &at[i * q.n->unit_count + q.unit];
		if (f->shown == NOBODY)
			continue;
		struct gap_skill_row *r = list_add(c->arena, &out->rows, struct gap_skill_row);
		r->skill = q.names[q.skills[i]];
		FIGURE_FILL(r, f);
	}
	return OK;
}

OPERATION(gap_by_role, gap_query, gap_role_rows,
	.route = "GET /gap/by/role",
	.allow = "gap.read",
	.csv = "rows",
	.doc = "Per role and skill. Of one unit only for who sees everybody: roles within a unit beside roles as a whole would show small groups.")
{
	struct gap_question q;
	TRY(gap_ask(c, in, &q));
	if (q.unit != WHOLE && !q.seen.everybody)
		return refuse(c, FORBIDDEN, "roles-of-a-unit", W(strategy_roles_of_unit));
	struct figure *at = arena_array_of(c->arena, struct figure, q.count * q.n->role_count + 1);
	for (size_t i = 0; i < q.count; i++)
		TRY(role_column(c, &q, q.skills[i], at + i * q.n->role_count));
	for (size_t role = 0; role < q.n->role_count; role++)
		for (size_t i = 0; i < q.count; i++) {
			const struct figure *f = &at[i * q.n->role_count + role];
			if (f->shown == NOBODY)
				continue;
			struct gap_role_row *r = list_add(c->arena, &out->rows, struct gap_role_row);
			r->role = q.n->roles[role].name;
			r->skill = q.names[q.skills[i]];
			FIGURE_FILL(r, f);
		}
	return OK;
}

/* ---- Persons ---- */

static const char *const states[] = { [NOT_KNOWN] = "not-known", [SELF_RATED] = "self-rated", [CONFIRMED] = "confirmed" };

static struct gap_person_row gap_person_row_of(const struct need *p, struct asked a, str person_id, str skill)
{
	struct gap_person_row r = { .person_id = person_id, .skill = skill, .required = a.level, .estimate = NAN, .sd = NAN, .low80 = NAN, .high80 = NAN,
		.p_below = NAN, .weighted_gap = NAN, .state = str_of(states[p->belief]) };
	if (p->belief == NOT_KNOWN)
		return r;
	r.estimate = p->mean;
	struct interval i = normal_interval(p->mean, p->variance, SHOWN_SHARE);
	r.sd = sqrt(p->variance);
	r.low80 = i.low;
	r.high80 = i.high;
	r.p_below = gap_below(p->mean, p->variance, a.level);
	r.weighted_gap = a.weight * gap_of(p->mean, a.level);
	r.last_seen = (date){ p->last_seen };
	return r;
}

OPERATION(gap_by_person, gap_query, gap_person_rows,
	.route = "GET /gap/by/person",
	.allow = "gap.read",
	.csv = "rows",
	.doc = "Per person and skill, of the people the asker may see one by one. Whoever is read about can see that.")
{
	struct gap_question q;
	list names = { 0 };
	TRY(gap_ask(c, in, &q));
	TRY(store_all(c, gap_people, NOTHING, &names));
	size_t at = 0, last = SIZE_MAX;
	for (size_t person = 0; person < q.n->people_count; person++) {
		while (at < names.count && list_item(names, struct gap_name, at)->id < q.n->people[person])
			at++;
		if (!may_see(c, &q, (int32_t)person) || at == names.count)
			continue;
		for (size_t i = 0; i < q.count; i++) {
			const struct need *p = needs_find(q.n, q.skills[i], (int32_t)person);
			struct asked a = p ? asked_of(q.n, &q.wish, p, q.n->skills[q.skills[i]].id) : (struct asked){ 0 };
			if (!a.level || !needs_is_under(q.n, p->unit, q.unit) || !need_is_seen(q.n, &q.seen, &q.n->skills[q.skills[i]], p))
				continue;
			*list_add(c->arena, &out->rows, struct gap_person_row) = gap_person_row_of(p, a, list_item(names, struct gap_name, at)->person_id, q.names[q.skills[i]]);
			if (last != person)
				looked_at(c, q.n->people[person]);
			last = person;
		}
	}
	return OK;
}
