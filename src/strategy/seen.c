/* seen.c - whom a reader sees one by one, so that the gate knows whom a figure would be about for them. */
#include "inside.h"

static void mark(struct ctx *c, const struct needs *n, struct seen *s, int64_t person, enum sight sight)
{
	size_t from = 0, until = n->people_count;
	while (from < until) {
		size_t middle = from + (until - from) / 2;
		*(n->people[middle] < person ? &from : &until) = n->people[middle] < person ? middle + 1 : middle;
	}
	if (from == n->people_count || n->people[from] != person || s->people[from])
		return;
	s->people[from] = (uint8_t)sight;
	*list_add(c->arena, &s->ids, int64_t) = person;
}

/* A lead sees who they lead; everybody knows themselves. A lead's list is short, so walking past the others' is enough. */
enum status seen_load(struct ctx *c, const struct needs *n, struct seen *out)
{
	*out = (struct seen){ .everybody = gate_sees_everybody(c), .people = arena_take(c->arena, n->people_count + 1) };
	if (out->everybody || !c->me.person)
		return OK;
	mark(c, n, out, c->me.person, ONESELF);
	for (size_t i = 0; i < n->led_count; i++)
		if (n->led[i].lead == c->me.person) {
			out->led = out->led ? out->led : &n->led[i];
			out->led_count++;
			mark(c, n, out, n->led[i].person, LED);
		}
	return OK;
}

bool need_is_seen(const struct needs *n, const struct seen *s, const struct gap_skill *skill, const struct need *p)
{
	enum sight sight = s->everybody ? ONESELF : s->people[p->person];
	if (sight != LED || !p->required)
		return sight != UNSEEN;
	for (size_t i = 0; i < s->led_count; i++)
		if (s->led[i].person == n->people[p->person] && n->asks[(size_t)(skill - n->skills) * n->role_count + s->led[i].role])
			return true;
	return false;
}
