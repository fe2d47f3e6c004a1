/* import_many.c - millions of ratings from one file: a few numbers a row, in the order in which they are stored, written in short
 * transactions that nobody sees anything of until the last, and believed in the seconds behind it.
 *
 * Staging them in a table would write and read each row once more, in no useful order; 32 bytes a row fit in memory.
 */
#include "import_lines.h"
#include "imports/imports.h"
#include "web/event.h"
#include "web/job.h"

/* PART: rows of one transaction, some 40 ms. SPAN: people whose ratings one part compares with. */
enum { PART = 4000, SPAN = 2000, LATER_MS = 10 * 60 * 1000 };

enum rater_kind { RATER_NONE, RATER_PERSON, RATER_EXTERNAL, RATER_NEW };

struct many_line {
	int32_t person, skill, rater, day;
	int32_t context, note;                     /* places, 0: none */
	uint32_t line;
	uint8_t level, source, rater_kind;
	bool same;
};

struct many_count { int64_t added, same; };

struct many {
	struct arena *keep;
	struct known known;
	list lines;                                /* of struct many_line */
	list contexts, notes, raters;              /* of str; from place 1 */
	struct map context_at, rater_at;
	list standing, wanted;                     /* of one person: what stands there; pointers to their lines */
	/* Where writing is: `next` and `now` become `at` and `before` once the transaction they came from is committed. */
	int64_t part;
	size_t at, next;
	struct many_count before, now;
	int64_t *rater_ids;
	bool hidden;                               /* something was written */
};

struct rating_many { int64_t person, skill, level; str source; int64_t rater, external; date day; str note, context; int64_t import; };
RECORD(rating_many, FIELD(rating_many, person), FIELD(rating_many, skill), FIELD(rating_many, level), FIELD(rating_many, source), FIELD(rating_many, rater, .optional = true),
	FIELD(rating_many, external, .optional = true), FIELD(rating_many, day), FIELD(rating_many, note, .max = 1000), FIELD(rating_many, context), FIELD(rating_many, import));
struct people_span { int64_t person_from, person_until; };
RECORD(people_span, FIELD(people_span, person_from), FIELD(people_span, person_until));

/* ---- Reading ---- */

enum status many_begin(struct ctx *c, struct import *im)
{
	struct many *m = arena_new_of(c->arena, struct many);
	m->keep = c->arena;
	m->lines.at = arena_array_of(c->arena, struct many_line, im->lines);
	m->lines.room = im->lines;
	(void)list_add(c->arena, &m->contexts, str);
	(void)list_add(c->arena, &m->notes, str);
	(void)list_add(c->arena, &m->raters, str);
	im->own = m;
	return known_load(c, &m->known);
}

static int32_t place_of(struct many *m, struct map *at, list *names, str name)
{
	int64_t place;
	if (!name.len)
		return 0;
	if (map_find(at, name, &place))
		return (int32_t)place;
	name = text_copy(m->keep, name);
	map_put(m->keep, at, name, (int64_t)names->count, NULL);
	*list_add(m->keep, names, str) = name;
	return (int32_t)names->count - 1;
}

static bool fits(const struct rating_line *r)
{
	return r->person <= INT32_MAX && r->skill_number <= INT32_MAX && r->rater <= INT32_MAX && r->external <= INT32_MAX && r->line <= UINT32_MAX;
}

enum status many_row(struct ctx *c, struct import *im, struct rating_line *r)
{
	struct many *m = im->own;
	if (import_is_wrong(im, r->line))
		return OK;
	line_resolve(c, im, &m->known, r);
	if (import_is_wrong(im, r->line))
		return OK;
	if (!fits(r))
		return broken(c, "a number that needs more than 32 bits");
	struct many_line *l = list_add(m->keep, &m->lines, struct many_line);
	*l = (struct many_line){ .person = (int32_t)r->person, .skill = (int32_t)r->skill_number, .day = r->day.day, .line = (uint32_t)r->line,
		.level = (uint8_t)r->level, .source = (uint8_t)source_of(r->source), .context = place_of(m, &m->context_at, &m->contexts, r->context) };
	l->rater_kind = r->rater ? RATER_PERSON : r->external ? RATER_EXTERNAL : line_has_new_rater(r) ? RATER_NEW : RATER_NONE;
	l->rater = (int32_t)(r->rater ? r->rater : r->external);
	if (l->rater_kind == RATER_NEW)
		l->rater = place_of(m, &m->rater_at, &m->raters, r->rater_id);
	if (r->note.len) {
		l->note = (int32_t)m->notes.count;
		*list_add(m->keep, &m->notes, str) = text_copy(m->keep, r->note);
	}
	return OK;
}

/* ---- Comparing ---- */

#define BY(member) if (x->member != y->member) return (x->member > y->member) - (x->member < y->member)

/* The order in which they are stored: what fell on one day, in the file's. */
static int stored_before(const void *a, const void *b)
{
	const struct many_line *x = a, *y = b;
	BY(person);
	BY(skill);
	BY(day);
	BY(line);
	return 0;
}

/* The natural key of two ratings of one person; 0 when they are the same. */
static int key_compare(const struct many_line *x, const struct many_line *y)
{
	BY(skill);
	BY(day);
	BY(level);
	BY(source);
	BY(rater_kind);
	BY(rater);
	BY(context);
	return 0;
}

static int standing_before(const void *a, const void *b)
{
	return key_compare(a, b);
}

static int wanted_before(const void *a, const void *b)
{
	const struct many_line *x = *(struct many_line *const *)a, *y = *(struct many_line *const *)b;
	int order = key_compare(x, y);
	if (order)
		return order;
	BY(line);
	return 0;
}

/* One person's lines, first … end, against what stands there of them: each line finds one that stands, or is new. */
static void person_compare(struct many *m, size_t first, size_t end, struct many_count *n)
{
	m->wanted.count = 0;
	for (size_t i = first; i < end; i++) {
		struct many_line *l = list_item(m->lines, struct many_line, i);
		l->same = false;
		*list_add(m->keep, &m->wanted, struct many_line *) = l;
	}
	if (m->standing.count) {
		list_sort_in_place(&m->standing, struct many_line, standing_before);
		list_sort_in_place(&m->wanted, struct many_line *, wanted_before);
	}
	for (size_t w = 0, s = 0; w < m->wanted.count && s < m->standing.count; ) {
		struct many_line *l = *list_item(m->wanted, struct many_line *, w);
		int order = key_compare(l, list_item(m->standing, struct many_line, s));
		l->same = !order;
		w += order <= 0;
		s += order >= 0;
	}
	for (size_t i = first; i < end; i++) {
		n->same += list_item(m->lines, struct many_line, i)->same;
		n->added += !list_item(m->lines, struct many_line, i)->same;
	}
}

static size_t person_end(const struct many *m, size_t first)
{
	size_t end = first + 1;
	while (end < m->lines.count && list_item(m->lines, struct many_line, end)->person == list_item(m->lines, struct many_line, first)->person)
		end++;
	return end;
}

/* What stands there comes by person, and so do the lines. */
struct comparing { struct many *m; size_t first, end; struct many_count n; };

static void people_until(struct comparing *k, int64_t person)
{
	while (k->first < k->end && list_item(k->m->lines, struct many_line, k->first)->person < person) {
		size_t end = person_end(k->m, k->first);
		person_compare(k->m, k->first, end, &k->n);
		k->m->standing.count = 0;
		k->first = end;
	}
}

static enum status standing_take(struct ctx *c, void *of, const void *row)
{
	(void)c;
	struct comparing *k = of;
	const struct rating_kept *r = row;
	struct many *m = k->m;
	int64_t context = 0;
	people_until(k, r->person);
	if (k->first == k->end || list_item(m->lines, struct many_line, k->first)->person != r->person)
		return OK;
	if (r->context.len && !map_find(&m->context_at, r->context, &context))
		return OK;                                     /* no line says that */
	*list_add(m->keep, &m->standing, struct many_line) = (struct many_line){ .person = (int32_t)r->person, .skill = (int32_t)r->skill, .day = r->day.day,
		.level = (uint8_t)r->level, .source = (uint8_t)source_of(r->source), .context = (int32_t)context,
		.rater = (int32_t)(r->rater ? r->rater : r->external), .rater_kind = r->rater ? RATER_PERSON : r->external ? RATER_EXTERNAL : RATER_NONE };
	return OK;
}

/* The lines first … end, which are all of their people. */
static enum status compare(struct ctx *c, struct many *m, size_t first, size_t end, struct many_count *n)
{
	struct comparing k = { .m = m, .first = first, .end = end };
	struct people_span span = { list_item(m->lines, struct many_line, first)->person, list_item(m->lines, struct many_line, end - 1)->person };
	m->standing.count = 0;
	TRY(store_each(c, ratings_kept_by_person, &span, standing_take, &k));
	people_until(&k, INT64_MAX);
	n->added += k.n.added;
	n->same += k.n.same;
	return OK;
}

enum status many_check(struct ctx *c, struct import *im)
{
	struct many *m = im->own;
	struct many_count n = { 0 };
	list_sort_in_place(&m->lines, struct many_line, stored_before);
	if (m->lines.count)
		TRY(compare(c, m, 0, m->lines.count, &n));
	im->count.added = n.added;
	im->count.same = n.same;
	return OK;
}

/* ---- Writing ---- */

/* Where the next part begins: behind people of whom everything stood there already when they were looked at. */
static size_t part_first(const struct many *m, size_t at, int64_t *same)
{
	while (at < m->lines.count) {
		size_t end = person_end(m, at), new = at;
		while (new < end && list_item(m->lines, struct many_line, new)->same)
			new++;
		if (new < end)
			return at;
		*same += (int64_t)(end - at);
		at = end;
	}
	return at;
}

static size_t part_end(const struct many *m, size_t first)
{
	size_t end = first;
	int32_t person = list_item(m->lines, struct many_line, first)->person;
	while (end < m->lines.count && end - first < PART && list_item(m->lines, struct many_line, end)->person - person < SPAN)
		end = person_end(m, end);
	return end;
}

/* Raters who are nobody here get a number of their own. */
static enum status raters_add(struct ctx *c, struct many *m)
{
	list names = { 0 }, rows = { 0 };
	struct map numbers = { 0 };
	for (size_t i = 1; i < m->raters.count; i++)
		*list_add(c->arena, &names, struct id_text) = (struct id_text){ .text = *list_item(m->raters, str, i) };
	if (!names.count)
		return OK;
	TRY(store_run_each(c, external_add, &names));
	TRY(store_all(c, externals_all, NOTHING, &rows));
	for (each(struct id_text, r, rows))
		map_put(c->arena, &numbers, r->text, r->id, NULL);
	m->rater_ids = arena_array_of(m->keep, int64_t, m->raters.count);
	for (size_t i = 1; i < m->raters.count; i++)
		map_find(&numbers, *list_item(m->raters, str, i), &m->rater_ids[i]);
	return OK;
}

static struct rating_many many_of(const struct many *m, const struct many_line *l, int64_t import)
{
	return (struct rating_many){ .person = l->person, .skill = l->skill, .level = l->level, .source = str_of(source_names[l->source]),
		.rater = l->rater_kind == RATER_PERSON ? l->rater : 0,
		.external = l->rater_kind == RATER_EXTERNAL ? l->rater : l->rater_kind == RATER_NEW ? m->rater_ids[l->rater] : 0,
		.day = { l->day }, .note = *list_item(m->notes, str, l->note), .context = *list_item(m->contexts, str, l->context), .import = import };
}

static enum status part_write(struct ctx *c, struct import *im, struct many *m, size_t first, size_t end)
{
	list add = { 0 };
	TRY(compare(c, m, first, end, &m->now));
	for (size_t i = first; i < end; i++)
		if (!list_item(m->lines, struct many_line, i)->same)
			*list_add(c->arena, &add, struct rating_many) = many_of(m, list_item(m->lines, struct many_line, i), im->id);
	return store_run_each(c, rating_take_many, &add);
}

JOB(estimates_owed, by_id)
{
	int64_t owed;
	TRY(store_run(c, estimates_paid, in, &owed));
	return owed ? estimates_refresh_later(c) : OK;
}

/* The last part: everybody sees them, and what is believed is owed. */
static enum status done(struct ctx *c, const struct import *im)
{
	struct by_id id = { im->id };
	TRY(store_run(c, import_unhide, &id, NULL));
	TRY(store_run(c, estimates_owe, &id, NULL));
	return job_add(c, estimates_owed, &id, ((instant){ c->now.ms + LATER_MS }));
}

/* What the last transaction did is only counted on once the next part begins: it may have had to run twice. */
static void part_begin(struct many *m, int64_t part)
{
	if (!part)
		m->next = 0;
	if (part != m->part || !part) {
		m->at = m->next;
		m->before = part ? m->now : (struct many_count){ 0 };
		m->part = part;
	}
	m->now = m->before;
}

enum status many_apply(struct ctx *c, struct import *im)
{
	struct many *m = im->own;
	struct by_id id = { im->id };
	part_begin(m, im->part);
	size_t first = part_first(m, m->at, &m->now.same);
	if (!im->part)
		m->hidden = first < m->lines.count;
	if (!im->part && m->hidden) {
		TRY(store_run(c, import_hide, &id, NULL));
		TRY(raters_add(c, m));
	}
	size_t end = first < m->lines.count ? part_end(m, first) : first;
	if (first < end)
		TRY(part_write(c, im, m, first, end));
	m->next = end;
	im->more = end < m->lines.count;
	im->count.added = m->now.added;
	im->count.same = m->now.same;
	return im->more || !m->hidden ? OK : done(c, im);
}

/* ---- Afterwards ---- */

static int64_t people_rated(const struct many *m)
{
	int64_t people = 0, same = 0;
	for (size_t at = 0; (at = part_first(m, at, &same)) < m->lines.count; at = person_end(m, at))
		people++;
	return people;
}

enum status many_after(struct ctx *c, struct import *im)
{
	struct many *m = im->own;
	struct by_id id = { im->id };
	if (!m->hidden)
		return OK;
	part_begin(m, im->part);
	size_t first = part_first(m, m->at, &m->now.same), end = first;
	if (first < m->lines.count) {
		end = part_end(m, first);
		TRY(estimates_refresh_people(c, list_item(m->lines, struct many_line, first)->person, list_item(m->lines, struct many_line, end - 1)->person));
	}
	m->next = end;
	im->more = end < m->lines.count;
	if (im->more)
		return OK;
	TRY(store_run(c, estimates_paid, &id, NULL));
	return event_raise(c, S("estimates_made"), &(struct estimates_event){ people_rated(m) });
}

/* Of an import that died, or that changed its mind. */
enum status many_clear(struct ctx *c, struct import *im)
{
	struct by_id id = { im->id };
	int64_t removed;
	TRY(store_run(c, ratings_part_remove, &id, &removed));
	im->more = removed > 0;
	return im->more ? OK : store_run(c, import_unhide, &id, NULL);
}
