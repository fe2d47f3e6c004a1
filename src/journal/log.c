/* log.c - one's own log: a line written quickly, what was written before, and finding it again. */
#include "inside.h"
#include "log.h"
#include "web/operation.h"
#include "web/web.h"

enum { PAGE = 20, FIND_MAX = 100, LINE_MAX_ = 500 };

RECORD(journal_entry, FIELD(journal_entry, id), FIELD(journal_entry, version), FIELD(journal_entry, skill, .optional = true), FIELD(journal_entry, day),
	FIELD(journal_entry, kind, .choices = journal_kinds), FIELD(journal_entry, hours), FIELD(journal_entry, did), FIELD(journal_entry, learnt), FIELD(journal_entry, next),
	FIELD(journal_entry, link), FIELD(journal_entry, file), FIELD(journal_entry, skill_name), FIELD(journal_entry, unit_name),
	FIELD(journal_entry, shared), FIELD(journal_entry, everybody), FIELD(journal_entry, closed, .doc = "It was sealed with a key that is not here any more."));

struct log_query { int64_t skip; };
struct log_find { str find; };
struct log_page { list entries; str find; int64_t total, found, next, this_year; bool keys; };
RECORD(log_query, FIELD(log_query, skip, .max = ENTRIES_MAX));
RECORD(log_find, FIELD(log_find, find, .label = W(journal_find), .max = FIND_MAX));
RECORD(log_page, FIELD(log_page, entries, .of = &journal_entry_record), FIELD(log_page, find), FIELD(log_page, total), FIELD(log_page, found),
	FIELD(log_page, next, .optional = true), FIELD(log_page, this_year), FIELD(log_page, keys, .doc = "Entries can be opened: the keys are here."));
#include "journal_entry_row.html.h"
#include "journal_log.html.h"

static bool has(struct ctx *c, str text, str folded)
{
	return text.len && str_has(text_fold(c->arena, text), folded);
}

static bool is_found(struct ctx *c, const struct journal_entry *e, str folded)
{
	return has(c, e->did, folded) || has(c, e->learnt, folded) || has(c, e->next, folded) || has(c, e->link, folded) || has(c, e->file, folded) || has(c, e->skill_name, folded);
}

static enum status page_fill(struct ctx *c, str find, int64_t skip, struct log_page *out)
{
	list all = { 0 };
	TRY(journal_owner(c));
	out->this_year = date_civil(c->today).year;
	out->keys = vault_is_open(c);
	if (!out->keys)
		return OK;
	TRY(entries_load(c, &all));
	out->total = (int64_t)all.count;
	out->find = find;
	str folded = text_fold(c->arena, find);
	for (each(struct journal_entry, e, all)) {
		if (folded.len && !is_found(c, e, folded))
			continue;
		out->found++;
		if (out->found > skip && out->entries.count < PAGE)
			*list_add(c->arena, &out->entries, struct journal_entry) = *e;
	}
	out->next = out->found > skip + PAGE ? skip + PAGE : 0;
	return OK;
}

OPERATION(journal_log, log_query, log_page,
	.route = "GET /journal",
	.allow = "self.use",
	.page = log_html,
	.doc = "One's own log, the newest day first. Opens with the key of whoever asks, and for nobody else.")
{
	return page_fill(c, (str){ 0 }, in->skip, out);
}

/* Not in an address: addresses end up in histories and in the logs of proxies. */
OPERATION(journal_search, log_find, log_page,
	.route = "POST /journal/find",
	.allow = "self.use",
	.page = log_html,
	.doc = "One's own entries that hold these words. Opens them to look; there is no index.")
{
	return page_fill(c, in->find, 0, out);
}

/* ---- One line ---- */

struct quick_form { str line; };
RECORD(quick_form, FIELD(quick_form, line, .label = W(journal_quick), .required = true, .max = LINE_MAX_));

OPERATION(journal_quick, quick_form, by_id,
	.route = "POST /journal/quick",
	.allow = "self.use",
	.effect = WRITES,
	.traceless = true,                                     /* who keeps a log, and when, is nobody's business */
	.back = "/journal",
	.said = W(journal_kept),
	.doc = "Keeps one line of today in one's own log: what was learnt. Sealed with one's own key.")
{
	struct journal_text text = { .day = c->today, .kind = S("work"), .hours = (double)NAN, .learnt = in->line };
	TRY(journal_owner(c));
	TRY(entry_new(c, c->me.person, &text, &out->id));
	web_go(c, text_format(c->arena, "/journal/%lld", (long long)out->id));
	return prompt_rest(c, c->me.person);
}
