/* terms.c - how long each kind is kept: what ships, what was decided, and how that is said. */
#include "inside.h"
#include "keeping.h"

enum status terms_load(struct ctx *c, struct terms *out)
{
	return store_all(c, settings_all, NOTHING, &out->versions);
}

static const char *clock_setting(const struct keep *k, enum clock clock)
{
	return clock == AFTER_LEAVING ? k->after_leaving : clock == AFTER_MAKING ? k->after_making : k->after_use;
}

bool term_of(const struct terms *t, const struct keep *k, enum clock clock, struct term *out)
{
	const char *name = clock_setting(k, clock);
	const struct setting *s = name ? setting_find(str_of(name)) : NULL;
	if (!s)
		return false;
	*out = (struct term){ .setting = s, .days = str_ends(str_of(name), S("_days")) };
	str value = str_of(s->value);
	for (each(struct setting_version, v, t->versions))
		if (str_eq(v->name, str_of(name))) {
			value = v->value;
			out->decided = true;
			break;
		}
	return str_to_int(value, &out->value);
}

bool setting_is_term(const struct setting *s)
{
	for (size_t i = 0; i < keeps_count(); i++)
		for (int clock = 0; clock < CLOCKS; clock++) {
			const char *name = clock_setting(keeps_at(i), clock);
			if (name && str_eq(str_of(name), str_of(s->name)))
				return true;
		}
	return false;
}

static date before_of(const struct ctx *c, const struct term *t)
{
	return t->days ? date_add_days(c->today, -(int)t->value) : date_add_months(c->today, -(int)t->value);
}

/* The moment is that of now, so many days earlier: a day is a day, whatever the hour of the sweep. */
static instant moment_of(const struct ctx *c, date d)
{
	return (instant){ c->now.ms - (int64_t)date_days_between(d, c->today) * 86400000 };
}

void keep_terms_fill(const struct ctx *c, const struct terms *t, const struct keep *k, struct keep_terms *out)
{
	enum { BATCH = 2000 };
	struct term term;
	*out = (struct keep_terms){ .batch = BATCH };
	if (term_of(t, k, AFTER_LEAVING, &term) && term.decided)
		out->left_before = before_of(c, &term);
	if (term_of(t, k, AFTER_MAKING, &term) && term.decided) {
		out->older_day = before_of(c, &term);
		out->older = moment_of(c, out->older_day);
	}
	if (term_of(t, k, AFTER_USE, &term) && term.decided) {
		out->unused_day = before_of(c, &term);
		out->unused = moment_of(c, out->unused_day);
	}
}

static str length_say(struct ctx *c, const struct term *t)
{
	bool years = !t->days && t->value >= 12 && t->value % 12 == 0;
	str value = text_format(c->arena, "%lld", (long long)(years ? t->value / 12 : t->value));
	return word_text(c->arena, c->language, t->days ? W(trust_term_days) : years ? W(trust_term_years) : W(trust_term_months), &value, 1);
}

str keep_terms_say(struct ctx *c, const struct terms *t, const struct keep *k, bool *decided)
{
	static const struct word *const how[CLOCKS] = { W(trust_term_left), W(trust_term_made), W(trust_term_used) };
	str said = { 0 };
	*decided = true;
	for (int clock = 0; clock < CLOCKS; clock++) {
		struct term term;
		if (!term_of(t, k, clock, &term))
			continue;
		*decided &= term.decided;
		str length = length_say(c, &term);
		str one = word_text(c->arena, c->language, how[clock], &length, 1);
		said = said.len ? word_text(c->arena, c->language, W(trust_term_and), (const str[]){ said, one }, 2) : one;
	}
	return said.len ? said : k->until ? k->until->text[c->language] : (str){ 0 };
}
