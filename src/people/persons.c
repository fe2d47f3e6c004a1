/* persons.c - what other features ask of people: who somebody is, where they work, who leads whom. */
#include "inside.h"

RECORD(person, FIELD(person, id), FIELD(person, person_id), FIELD(person, name), FIELD(person, email), FIELD(person, language));
RECORD(work_role, FIELD(work_role, id), FIELD(work_role, name), FIELD(work_role, name_en));
RECORD(employment, FIELD(employment, id), FIELD(employment, person), FIELD(employment, unit), FIELD(employment, role), FIELD(employment, lead, .optional = true),
	FIELD(employment, hours), FIELD(employment, start_day), FIELD(employment, end_day), FIELD(employment, unit_name), FIELD(employment, unit_path),
	FIELD(employment, role_name), FIELD(employment, lead_name));
RECORD(member, FIELD(member, person), FIELD(member, person_id), FIELD(member, name), FIELD(member, unit), FIELD(member, role), FIELD(member, unit_path),
	FIELD(member, role_name));
RECORD(pair, FIELD(pair, lead), FIELD(pair, person));

enum status person_load(struct ctx *c, int64_t id, struct person *out)
{
	struct by_id key = { id };
	enum status status = store_one(c, person_by_id, &key, out);
	return status == NOT_FOUND ? refuse(c, NOT_FOUND, "person-none", W(people_no_person)) : status;
}

enum status person_find(struct ctx *c, str person_id, struct person *out, bool *found)
{
	return store_find(c, person_by_number, &(struct text_key){ .text = person_id }, out, found);
}

enum status person_employments(struct ctx *c, int64_t person, list *out)
{
	return store_all(c, employments_of, &(struct by_id){ person }, out);
}

enum status person_employments_today(struct ctx *c, int64_t person, list *out)
{
	return store_all(c, employments_of_today, &(struct by_id){ person }, out);
}

enum status person_leads(struct ctx *c, int64_t lead, int64_t person, bool *out)
{
	struct pair pair = { lead, person };
	struct count n;
	*out = false;
	if (!lead || lead == person)
		return OK;
	TRY(store_one(c, person_leads_count, &pair, &n));
	*out = n.count > 0;
	return OK;
}

enum status people_led(struct ctx *c, int64_t lead, list *out)
{
	return store_all(c, members_led, &(struct by_id){ lead }, out);
}

/* ---- Finding a colleague ---- */

str like_of(struct ctx *c, str typed)
{
	struct buffer b = { 0 };
	str fold = text_fold(c->arena, typed);
	buffer_add_char(&b, '%');
	for (size_t i = 0; i < fold.len; i++) {
		if (fold.at[i] == '%' || fold.at[i] == '_' || fold.at[i] == '\\')
			buffer_add_char(&b, '\\');
		buffer_add_char(&b, fold.at[i]);
	}
	buffer_add_char(&b, '%');
	str like = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return like;
}

struct colleague_query { str find, like; };
struct colleague { int64_t person; str name, unit_path, role_name; };
struct colleagues { str find; list found; };
RECORD(colleague_query, FIELD(colleague_query, find, .label = W(people_find_colleague), .required = true, .min = 2, .max = 100), FIELD(colleague_query, like));
RECORD(colleague, FIELD(colleague, person), FIELD(colleague, name), FIELD(colleague, unit_path), FIELD(colleague, role_name));
RECORD(colleagues, FIELD(colleagues, find), FIELD(colleagues, found, .of = &colleague_record));

OPERATION(colleague_find, colleague_query, colleagues,
	.route = "GET /colleagues",
	.allow = "self.use",
	.doc = "At most ten colleagues of today whose name holds these letters: name, team and role, and nothing else.")
{
	struct colleague_query q = { .like = like_of(c, in->find) };
	out->find = in->find;
	return store_all(c, colleagues_like, &q, &out->found);
}
