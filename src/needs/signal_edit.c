/* signal_edit.c - writing a signal down, and changing it: what, source, who follows it, which skills go up or down, and the offer it leads to. */
#include "inside.h"
#include "view/view.h"
#include "view/view.words.h"
#include "web/operation.h"

enum { UPS = 3, DOWNS = 2, REVIEW_MONTHS = 3 };

struct signal_form { int64_t id; str title, what, source, link, follower; date since, review_day; int64_t up_1, up_2, up_3, down_1, down_2; str offer, offer_link; };
RECORD(signal_form,
	FIELD(signal_form, id,         .optional = true),
	FIELD(signal_form, title,      .label = W(needs_signal_title), .hint = W(needs_signal_title_hint), .required = true, .max = 120),
	FIELD(signal_form, what,       .label = W(needs_signal_what), .required = true, .lines = true, .max = 2000),
	FIELD(signal_form, source,     .label = W(needs_signal_source), .hint = W(needs_signal_source_hint), .required = true, .max = 200),
	FIELD(signal_form, link,       .label = W(needs_signal_link), .max = 300),
	FIELD(signal_form, follower,   .label = W(needs_signal_follower), .hint = W(needs_signal_follower_hint), .required = true, .max = 120),
	FIELD(signal_form, since,      .label = W(needs_signal_since), .required = true),
	FIELD(signal_form, review_day, .label = W(needs_signal_review), .required = true),
	FIELD(signal_form, up_1,       .label = W(needs_signal_up), .optional = true),
	FIELD(signal_form, up_2,       .label = W(needs_signal_up), .optional = true),
	FIELD(signal_form, up_3,       .label = W(needs_signal_up), .optional = true),
	FIELD(signal_form, down_1,     .label = W(needs_signal_down), .optional = true),
	FIELD(signal_form, down_2,     .label = W(needs_signal_down), .optional = true),
	FIELD(signal_form, offer,      .label = W(needs_signal_offer), .hint = W(needs_signal_offer_hint), .max = 200),
	FIELD(signal_form, offer_link, .label = W(needs_signal_offer_link), .max = 300));

struct signal_edit { struct signal_form form; list skills; };
RECORD(signal_edit, FIELD(signal_edit, form, .of = &signal_form_record));
#include "needs_signal_edit.html.h"

OPERATION(signal_new, nothing, signal_edit,
	.route = "GET /signals/new",
	.allow = "signals.manage",
	.page = signal_edit_html,
	.lenient = true,
	.doc = "The form for a signal.")
{
	(void)in;
	record_clear(&signal_form_record, &out->form);
	out->form.follower = c->me.name;
	out->form.since = c->today;
	out->form.review_day = date_add_months(c->today, REVIEW_MONTHS);
	return need_skills(c, &out->skills);
}

OPERATION(signal_edit_form, by_id, signal_edit,
	.route = "GET /signals/{id}/change",
	.allow = "signals.manage",
	.page = signal_edit_html,
	.lenient = true,
	.doc = "The same form with what the signal says now.")
{
	struct signal_row s = { 0 };
	list skills = { 0 };
	struct signal_form *f = &out->form;
	TRY(signal_load(c, in->id, &s));
	TRY(store_all(c, signal_skills_of, in, &skills));
	*f = (struct signal_form){ .id = s.id, .title = s.title, .what = s.what, .source = s.source, .link = s.link, .follower = s.follower_name, .since = s.since, .review_day = s.review_day,
		.offer = s.offer, .offer_link = s.offer_link };
	int64_t *ups[UPS] = { &f->up_1, &f->up_2, &f->up_3 }, *downs[DOWNS] = { &f->down_1, &f->down_2 };
	int up = 0, down = 0;
	for (each(struct signal_skill_row, k, skills)) {
		if (str_eq(k->way, S("up")) && up < UPS)
			*ups[up++] = k->skill;
		else if (str_eq(k->way, S("down")) && down < DOWNS)
			*downs[down++] = k->skill;
	}
	return need_skills(c, &out->skills);
}

/* ---- Saving ---- */

struct signal_who { str fold, text; };
RECORD(signal_who, FIELD(signal_who, fold), FIELD(signal_who, text));

static enum status follower_find(struct ctx *c, const struct signal_form *in, const struct signal_row *now, int64_t *out)
{
	list found = { 0 };
	if (now->follower && str_eq(in->follower, now->follower_name)) {
		*out = now->follower;
		return OK;
	}
	TRY(store_all(c, signal_person_by_name, (&(struct signal_who){ text_fold(c->arena, in->follower), in->follower }), &found));
	if (found.count != 1)
		return object(c, S("follower"), found.count ? W(needs_follower_several) : W(needs_follower_unknown), in->follower);
	*out = list_item(found, struct by_id, 0)->id;
	return OK;
}

static bool is_link(str s)
{
	return !s.len || str_starts(s, S("https://")) || str_starts(s, S("http://")) || (str_starts(s, S("/")) && !str_starts(s, S("//")));
}

static enum status skills_read(struct ctx *c, const struct signal_form *in, list *out)
{
	const struct { const char *field, *way; int64_t skill; } chosen[UPS + DOWNS] = { { "up_1", "up", in->up_1 }, { "up_2", "up", in->up_2 }, { "up_3", "up", in->up_3 },
		{ "down_1", "down", in->down_1 }, { "down_2", "down", in->down_2 } };
	list skills = { 0 };
	enum status s = OK;
	TRY(need_skills(c, &skills));
	for (size_t i = 0; i < UPS + DOWNS; i++) {
		bool there = false, again = false;
		if (!chosen[i].skill)
			continue;
		for (each(struct need_skill, k, skills))
			there |= k->id == chosen[i].skill;
		for (each(struct signal_skill_row, k, *out))
			again |= k->skill == chosen[i].skill;
		if (!there || again)
			s = object(c, str_of(chosen[i].field), there ? W(needs_signal_twice) : W(needs_no_skill));
		else
			*list_add(c->arena, out, struct signal_skill_row) = (struct signal_skill_row){ .skill = chosen[i].skill, .way = str_of(chosen[i].way) };
	}
	return s == OK && !out->count ? object(c, S("up_1"), W(needs_signal_no_skill)) : s;
}

static enum status save(struct ctx *c, const struct signal_form *in, const struct signal_row *now, struct by_id *out)
{
	struct signal_row s = { .id = now->id, .title = in->title, .what = in->what, .source = in->source, .link = in->link, .since = in->since, .review_day = in->review_day, .offer = in->offer,
		.offer_link = in->offer_link };
	list skills = { 0 };
	enum status wrong = follower_find(c, in, now, &s.follower), of_skills = skills_read(c, in, &skills);
	if (date_compare(in->since, c->today) > 0)
		wrong = object(c, S("since"), W(needs_since_ahead));
	if (date_compare(in->review_day, c->today) <= 0 && date_compare(in->review_day, now->review_day))
		wrong = object(c, S("review_day"), W(needs_day_past));
	if (!is_link(in->link))
		wrong = object(c, S("link"), W(needs_no_link));
	if (!is_link(in->offer_link))
		wrong = object(c, S("offer_link"), W(needs_no_link));
	TRY(wrong);
	TRY(of_skills);
	out->id = now->id;
	if (now->id)
		TRY(store_run(c, signal_change_row, &s, NULL));
	else
		TRY(store_one(c, signal_add_row, &s, out));
	TRY(store_run(c, signal_skills_remove, out, NULL));
	for (each(struct signal_skill_row, k, skills))
		k->signal = out->id;
	return store_run_each(c, signal_skill_add, &skills);
}

OPERATION(signal_add, signal_form, by_id,
	.route = "POST /signals",
	.allow = "signals.manage",
	.effect = WRITES,
	.then = "/signals/{id}",
	.back = "/signals/new",
	.said = W(needs_signal_saved),
	.doc = "Writes a signal down: what, source, who follows it, which skills it asks more or less, when to look again.")
{
	return save(c, in, &(struct signal_row){ 0 }, out);
}

OPERATION(signal_change, signal_form, by_id,
	.route = "POST /signals/{id}/change",
	.allow = "signals.manage",
	.effect = WRITES,
	.then = "/signals/{id}",
	.back = "/signals/{id}/change",
	.said = W(needs_signal_saved),
	.doc = "Changes a signal, its skills or the offer it leads to.")
{
	struct signal_row now = { 0 };
	TRY(signal_load(c, in->id, &now));
	if (date_is(now.ended))
		return refuse(c, CONFLICT, "signal-ended", W(needs_signal_ended));
	return save(c, in, &now, out);
}
