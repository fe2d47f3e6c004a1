/* gate.c - deciding which group figures a reader gets. */
#include "gate.h"
#include "trust.h"
#include "trust.words.h"
#include "web/access.h"

SETTING(gate_least, "5", W(trust_gate_least), W(trust_gate_least_why), SUPPRESS_LEAST_K, 50)

bool gate_sees_everybody(const struct ctx *c)
{
	return c->me.unprotected || may(c, S("ratings.read"));
}

enum status gate_least(struct ctx *c, int64_t *k)
{
	double value;
	TRY(setting_number(c, S("gate_least"), &value));
	*k = value < SUPPRESS_LEAST_K ? SUPPRESS_LEAST_K : (int64_t)value;
	return OK;
}

static enum status tree_decide(struct ctx *c, int64_t k, const struct gate_group *groups, size_t count, struct suppress_unit *units,
	enum suppress_state *found, enum gate_state *state)
{
	for (size_t i = 0; i < count; i++)
		units[i] = (struct suppress_unit){ groups[i].parent, groups[i].people - groups[i].seen };
	enum suppress_result result = count ? suppress_tree(units, count, k, found) : SUPPRESS_OK;
	if (result != SUPPRESS_OK)
		return broken(c, "the gate was given groups that are no tree (%d)", (int)result);
	for (size_t i = 0; i < count; i++)
		state[i] = !groups[i].people ? GATE_NOBODY
			: groups[i].people == groups[i].seen || found[i] == SUPPRESS_SHOWN ? GATE_SHOWN
			: found[i] == SUPPRESS_SMALL ? GATE_FEW : GATE_BESIDE;
	return OK;
}

enum status gate_forest(struct ctx *c, const struct gate_group *groups, size_t count, size_t trees, enum gate_state *state)
{
	int64_t k;
	TRY(gate_least(c, &k));
	struct suppress_unit *units = arena_array_of(c->arena, struct suppress_unit, count + 1);
	enum suppress_state *found = arena_array_of(c->arena, enum suppress_state, count + 1);
	for (size_t t = 0; t < trees; t++)
		TRY(tree_decide(c, k, groups + t * count, count, units, found, state + t * count));
	return OK;
}

enum status gate_tree(struct ctx *c, const struct gate_group *groups, size_t count, enum gate_state *state)
{
	return gate_forest(c, groups, count, 1, state);
}

enum status gate_release(struct ctx *c, int64_t least, const struct gate_group *groups, size_t count, enum gate_state *state)
{
	int64_t k;
	TRY(gate_least(c, &k));
	struct suppress_unit *units = arena_array_of(c->arena, struct suppress_unit, count + 1);
	enum suppress_state *found = arena_array_of(c->arena, enum suppress_state, count + 1);
	return tree_decide(c, least > k ? least : k, groups, count, units, found, state);
}

enum status gate_difference(struct ctx *c, struct gate_group with, struct gate_group without, bool *shown)
{
	int64_t k;
	TRY(gate_least(c, &k));
	*shown = suppress_difference_ok(with.people - with.seen, without.people - without.seen, k);
	return OK;
}
