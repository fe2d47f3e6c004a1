/* entry.c - one entry: written, read again, changed, removed, with its file. */
#include "log.h"
#include "skills/skills.h"
#include "web/operation.h"
#include "web/web.h"

struct entry_page { struct journal_entry entry; list skills, circles; bool asks_file; };
struct journal_circle { int64_t id; str path; bool team; };
RECORD(journal_circle, FIELD(journal_circle, id), FIELD(journal_circle, path), FIELD(journal_circle, team));
RECORD(entry_page, FIELD(entry_page, entry, .of = &journal_entry_record), FIELD(entry_page, skills, .of = &skill_record), FIELD(entry_page, circles, .of = &journal_circle_record));

static str last_of(str path)
{
	size_t at = path.len;
	while (at && path.at[at - 1] != '/')
		at--;
	return str_from(path, at);
}

static str circle_view(struct view *v, const struct journal_circle *u)
{
	str last = last_of(u->path);
	return word_text(v->c->arena, v->language, u->team ? W(journal_circle_team) : W(journal_circle_unit), (const str[]){ last }, 1);
}

#include "journal_entry.html.h"

static enum status skills_of(struct ctx *c, list *out)
{
	list all = { 0 };
	TRY(skill_list(c, &all));
	for (each(struct skill, s, all))
		if (str_eq(s->kind, S("skill")))
			*list_add(c->arena, out, struct skill) = *s;
	return OK;
}

OPERATION(journal_new, nothing, entry_page,
	.route = "GET /journal/new",
	.allow = "self.use",
	.page = entry_html,
	.doc = "An empty entry to fill in.")
{
	(void)in;
	TRY(journal_owner(c));
	TRY(vault_ready(c));
	out->entry = (struct journal_entry){ .day = c->today, .kind = S("work"), .hours = (double)NAN };
	return skills_of(c, &out->skills);
}

OPERATION(journal_entry_show, by_id, entry_page,
	.route = "GET /journal/{id}",
	.allow = "self.use",
	.page = entry_html,
	.doc = "One of one's own entries, opened with one's own key.")
{
	struct journal_shared shared = { .unit = 0 };
	bool found;
	TRY(journal_owner(c));
	TRY(vault_ready(c));
	TRY(entry_load(c, in->id, &out->entry));
	TRY(store_all(c, journal_circles, NOTHING, &out->circles));
	TRY(store_find(c, journal_shared_of, in, &shared, &found));
	out->entry.everybody = found && !shared.unit;
	for (each(struct journal_circle, u, out->circles))
		if (found && u->id == shared.unit)
			out->entry.unit_name = last_of(u->path);
	TRY(skills_of(c, &out->skills));
	for (each(struct skill, s, out->skills))
		if (s->id == out->entry.skill)
			out->entry.skill_name = s->name;
	return OK;
}

/* ---- Writing ---- */

struct entry_form { int64_t id, version, skill; date day; str kind, did, learnt, next, link, file, file_file; double hours; bool drop_file; };
RECORD(entry_form,
	FIELD(entry_form, id, .optional = true, .doc = "None: a new entry."), FIELD(entry_form, version, .optional = true, .doc = "Of what was read, when it is changed."),
	FIELD(entry_form, day, .label = W(journal_day), .required = true),
	FIELD(entry_form, kind, .label = W(journal_kind), .choices = journal_kinds, .required = true),
	FIELD(entry_form, hours, .label = W(journal_hours), .hint = W(journal_hours_hint), .min = 0, .max = HOURS_MAX),
	FIELD(entry_form, skill, .label = W(journal_skill), .optional = true),
	FIELD(entry_form, did, .label = W(journal_did), .lines = true, .max = TEXT_LONG),
	FIELD(entry_form, learnt, .label = W(journal_learnt), .lines = true, .max = TEXT_LONG),
	FIELD(entry_form, next, .label = W(journal_next), .lines = true, .max = TEXT_LONG),
	FIELD(entry_form, link, .label = W(journal_link), .hint = W(journal_link_hint), .max = LINK_MAX),
	FIELD(entry_form, file, .label = W(journal_file), .hint = W(journal_file_hint), .file = true, .max = FILE_MAX), FIELD(entry_form, file_file, .max = 300),
	FIELD(entry_form, drop_file, .label = W(journal_file_drop)));

static enum status form_check(struct ctx *c, const struct entry_form *in)
{
	struct skill skill;
	if (!in->did.len && !in->learnt.len && !in->next.len)
		object(c, S("learnt"), W(journal_nothing));
	if (date_compare(in->day, c->today) > 0)
		object(c, S("day"), W(journal_day_to_come));
	if (date_civil(in->day).year < 1950)
		object(c, S("day"), W(journal_day_too_old));
	if (in->link.len && !str_starts(in->link, S("https://")) && !str_starts(in->link, S("http://")))
		object(c, S("link"), W(journal_link_wrong));
	if (in->file_file.len && file_check(c, in->file_file, in->file) != OK)
		return INVALID;
	if (c->problems.count)
		return INVALID;
	return in->skill ? skill_load(c, in->skill, &skill) : OK;
}

enum status entry_new(struct ctx *c, int64_t person, const struct journal_text *text, int64_t *id)
{
	struct journal_row row = { .person = person };
	struct count n;
	struct by_id made;
	TRY(store_one(c, journal_entries_count, &row, &n));
	if (n.count >= ENTRIES_MAX)
		return refuse(c, CONFLICT, "log-full", W(journal_full), text_of_int(c, ENTRIES_MAX));
	TRY(store_one(c, journal_entry_add, &row, &made));
	*id = row.id = made.id;
	TRY(entry_seal(c, person, row.id, text, &row.sealed));
	return store_run(c, journal_entry_seal, &row, NULL);
}

static enum status file_put(struct ctx *c, int64_t entry, const struct entry_form *in)
{
	struct journal_row row = { .id = entry, .person = c->me.person };
	if (in->file_file.len) {
		TRY(vault_seal(c, c->me.person, "journal-file", entry, in->file, &row.sealed));
		return store_run(c, journal_file_put, &row, NULL);
	}
	return in->drop_file ? store_run(c, journal_file_remove, &row, NULL) : OK;
}

static enum status entry_change(struct ctx *c, const struct entry_form *in, struct journal_text *text)
{
	struct journal_entry old;
	struct journal_row row = { .id = in->id, .person = c->me.person, .version = in->version };
	int64_t changed;
	TRY(entry_load(c, in->id, &old));
	if (old.closed)
		return refuse(c, CONFLICT, "closed", W(journal_closed));
	if (!text->file.len && !in->drop_file)
		text->file = old.file;
	TRY(entry_seal(c, row.person, row.id, text, &row.sealed));
	TRY(store_run(c, journal_entry_change, &row, &changed));
	if (!changed)
		return refuse(c, CONFLICT, "entry-changed", W(journal_changed_meanwhile));
	if (!old.shared)
		return OK;
	struct journal_shared shared;                          /* what is shared follows what it was shared from */
	struct journal_entry now = { .id = row.id };
	entry_of_text(&now, text);
	TRY(store_one(c, journal_shared_of, (&(struct by_id){ row.id }), &shared));
	TRY(shared_end(c, row.id, row.person));
	return shared_put(c, &now, row.person, shared.unit);
}

OPERATION(journal_write, entry_form, by_id,
	.route = "POST /journal",
	.allow = "self.use",
	.effect = WRITES,
	.traceless = true,                                     /* as journal_quick */
	.body_max = BODY_WITH_FILE,
	.said = W(journal_kept),
	.doc = "Keeps a new entry in one's own log, or what was changed in one. Sealed with one's own key; if it was shared, what is shared changes with it.")
{
	struct journal_text text = { in->day, in->kind, in->hours, in->skill, in->did, in->learnt, in->next, in->link, in->file_file };
	TRY(journal_owner(c));
	TRY(form_check(c, in));
	out->id = in->id;
	TRY(in->id ? entry_change(c, in, &text) : entry_new(c, c->me.person, &text, &out->id));
	TRY(file_put(c, out->id, in));
	store_forget(c);
	web_go(c, S("/journal"));
	return prompt_rest(c, c->me.person);
}

OPERATION(journal_remove, by_id, nothing,
	.route = "POST /journal/{id}/remove",
	.allow = "self.use",
	.effect = WRITES,
	.traceless = true,                                     /* as journal_quick */
	.then = "/journal",
	.said = W(journal_removed),
	.doc = "Removes one of one's own entries, with its file and what was shared of it.")
{
	struct journal_entry e;
	struct journal_row row = { .id = in->id, .person = c->me.person };
	(void)out;
	TRY(journal_owner(c));
	TRY(entry_load(c, in->id, &e));
	if (e.shared)
		TRY(shared_end(c, in->id, c->me.person));
	TRY(store_run(c, journal_file_remove, &row, NULL));
	TRY(store_run(c, journal_entry_remove, &row, NULL));
	store_forget(c);
	return OK;
}

OPERATION(journal_file, by_id, raw_reply,
	.route = "GET /journal/{id}/file",
	.allow = "self.use",
	.reply = RAW,
	.doc = "The file of one of one's own entries, always as a download.")
{
	struct journal_entry e;
	struct journal_row row = { .id = in->id, .person = c->me.person };
	bool found;
	str bytes;
	TRY(journal_owner(c));
	TRY(entry_load(c, in->id, &e));
	TRY(store_find(c, journal_file_load, &row, &row, &found));
	if (!found)
		return refuse(c, NOT_FOUND, "no-file", W(journal_no_file));
	enum status status = vault_open(c, c->me.person, "journal-file", in->id, row.sealed, &bytes);
	if (status == NOT_FOUND || status == INVALID)
		return refuse(c, CONFLICT, "closed", W(journal_closed));
	TRY(status);
	out->type = S("application/octet-stream");
	out->file = e.file.len ? e.file : S("file");
	buffer_add(&out->body, bytes);
	return OK;
}
