/* accept.c - texts and days as people and programs write them, with what to say when they cannot be read. */
#include "inside.h"

static bool is_control(uint32_t point)
{
	return point < 0x20 || (point >= 0x7F && point < 0xA0);
}

/* Line ends of every kind become LF; a tab in a single line becomes a space, as it comes along when a cell is pasted. */
static str normal(struct arena *a, str s, bool lines)
{
	char *out = arena_take(a, s.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i];
		if (c == '\r' && i + 1 < s.len && s.at[i + 1] == '\n')
			continue;
		out[n++] = c == '\r' ? '\n' : c == '\t' && !lines ? ' ' : c;
	}
	return (str){ out, n };
}

bool text_accept(struct reading *r, const struct field *f, str typed, const struct spot *s, str *out)
{
	if (f->file) {                                         /* whatever it is, until somebody reads it */
		*out = typed.len ? typed : (str){ 0 };
		return true;
	}
	bool has_nul = str_has(typed, (str){ "", 1 });           /* a control character among others, which is found below */
	if (!has_nul && !utf8_is_valid(typed)) {
		objection(r, s, W(record_unreadable), field_said(f));
		return false;
	}
	str text = f->secret ? text_copy(r->c->arena, typed) : normal(r->c->arena, str_trim(typed), f->lines);
	for (size_t at = 0; at < text.len; ) {
		uint32_t point = utf8_next(text, &at);
		if (!is_control(point) || (f->lines && (point == '\n' || point == '\t')))
			continue;
		if (point == '\n')
			objection(r, s, W(record_one_line), field_said(f));
		else
			objection(r, s, W(record_hidden), field_said(f));
		return false;
	}
	*out = text;
	return true;
}

/* A number of one to `most` digits at the front of *s, which moves behind it. */
static bool number_cut(str *s, size_t most, int *out)
{
	size_t n = 0;
	int x = 0;
	while (n < s->len && n < most && s->at[n] >= '0' && s->at[n] <= '9')
		x = x * 10 + s->at[n++] - '0';
	*s = str_from(*s, n);
	*out = x;
	return n > 0;
}

static bool mark_cut(str *s, char mark)
{
	bool is = s->len && s->at[0] == mark;
	*s = str_from(*s, is);
	return is;
}

/* The three numbers of 23-11-2026 or 23/11/2026, or of 2026-11-23; whether such a day exists is another matter. */
static bool day_shape(str s, bool iso_only, struct civil *out)
{
	struct civil c;
	str rest = s;
	if (s.len == 10 && number_cut(&rest, 4, &c.year) && mark_cut(&rest, '-') && number_cut(&rest, 2, &c.month) && mark_cut(&rest, '-') &&
		rest.len == 2 && number_cut(&rest, 2, &c.day) && !rest.len && s.at[4] == '-') {
		*out = c;
		return true;
	}
	rest = s;
	char mark = str_has(s, S("/")) ? '/' : '-';
	if (iso_only || !number_cut(&rest, 2, &c.day) || !mark_cut(&rest, mark) || !number_cut(&rest, 2, &c.month) || !mark_cut(&rest, mark) ||
		rest.len != 4 || !number_cut(&rest, 4, &c.year) || rest.len)
		return false;
	*out = c;
	return true;
}

static str day_example(const struct reading *r, bool iso)
{
	struct civil c = date_civil(r->c->today);
	return iso || !date_is(r->c->today) ? date_iso(r->c->arena, date_is(r->c->today) ? r->c->today : date_of(2026, 11, 23))
		: text_format(r->c->arena, "%02d-%02d-%04d", c.day, c.month, c.year);
}

bool date_accept(struct reading *r, const struct field *f, str typed, bool iso_only, const struct spot *s, date *out)
{
	struct civil c;
	if (!day_shape(typed, iso_only, &c)) {
		objection(r, s, W(record_date), field_said(f), day_example(r, iso_only));
		return false;
	}
	date d = date_of(c.year, c.month, c.day);
	if (!date_is(d)) {
		objection(r, s, W(record_no_such_day), field_said(f), typed);
		return false;
	}
	*out = d;
	return true;
}

bool instant_accept(struct reading *r, const struct field *f, str typed, const struct spot *s, instant *out)
{
	if (instant_from_iso(typed, out))
		return true;
	objection(r, s, W(record_moment), field_said(f), text_format(r->c->arena, S_FMT "T09:30Z", S_ARG(day_example(r, true))));
	return false;
}
