/* plain.c - values as machines read them: in attributes, hidden inputs and URLs. */
#include "view.h"

void view_plain_int(struct view *v, int64_t n)
{
	buffer_add_int(v->out, n);
}

void view_plain_real(struct view *v, double x)
{
	buffer_add_real(v->out, x);
}

void view_plain_bool(struct view *v, bool yes)
{
	buffer_add(v->out, yes ? S("true") : S("false"));
}

void view_plain_date(struct view *v, date d)
{
	char iso[10];
	if (!date_is(d))
		return;
	date_put(iso, d);
	buffer_add(v->out, (str){ iso, sizeof iso });
}

void view_plain_instant(struct view *v, instant i)
{
	buffer_add(v->out, instant_iso(v->c->arena, i));
}

void view_plain_money(struct view *v, money m)
{
	buffer_add(v->out, plain_of_money(v->c, m));
}

str plain_of_text(struct ctx *c, str s)
{
	(void)c;
	return s;
}

str plain_of_bool(struct ctx *c, bool yes)
{
	(void)c;
	return yes ? S("1") : S("0");
}

str plain_of_int(struct ctx *c, int64_t n)
{
	return text_format(c->arena, "%lld", (long long)n);
}

str plain_of_real(struct ctx *c, double x)
{
	struct buffer b = { 0 };
	buffer_add_real(&b, x);
	str s = text_copy(c->arena, buffer_text(&b));
	buffer_done(&b);
	return s;
}

str plain_of_date(struct ctx *c, date d)
{
	return date_iso(c->arena, d);
}

str plain_of_instant(struct ctx *c, instant i)
{
	return instant_iso(c->arena, i);
}

str plain_of_money(struct ctx *c, money m)
{
	uint64_t cents = m.cents < 0 ? 0 - (uint64_t)m.cents : (uint64_t)m.cents;
	return text_format(c->arena, "%s%llu.%02d", m.cents < 0 ? "-" : "", (unsigned long long)(cents / 100), (int)(cents % 100));
}

str plain_of_c_text(struct ctx *c, const char *s)
{
	(void)c;
	return str_of(s);
}
