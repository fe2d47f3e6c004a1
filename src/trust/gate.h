/* gate.h - the one way in which a figure about a group leaves the program.
 *
 * A reader who may not see each person of a group gets its figure only when the people they cannot see are nobody or at
 * least five (a setting that can be raised, never lowered), and only when no smaller group can be worked out by
 * subtraction: from a parent, its siblings, or the same group with and without somebody. What the reader can see person by
 * person anyway counts as known to them, so a lead's own team is not a shield for the team beside it.
 *
 * The mathematics is lib/stats/suppress.h. No operation prints a group figure except through here.
 */
#pragma once
#include "base/context.h"
#include "stats/suppress.h"

enum gate_state {
	GATE_SHOWN,
	GATE_NOBODY,                               /* the figure would be about nobody */
	GATE_FEW,                                  /* fewer people than may be shown */
	GATE_BESIDE,                               /* enough people, but with it a small group beside it could be worked out */
};

/* A group in a tree of groups, such as a unit. A parent comes before its children; GATE_TOP for a group without one. */
#define GATE_TOP SUPPRESS_TOP
struct gate_group {
	size_t parent;
	int64_t people;                            /* everybody the figure is about, those of the groups below it too, each once */
	int64_t seen;                              /* of these, whom this reader may see one by one */
};

/* gate_tree: for each of `count` groups whether its figure may be shown. One call per figure and tree: the cells of one skill over all units. */
enum status gate_tree(struct ctx *c, const struct gate_group *groups, size_t count, enum gate_state *state) must_use;

/* gate_forest: the same for `trees` trees of `count` groups each, one behind the other: all the cells of a table. */
enum status gate_forest(struct ctx *c, const struct gate_group *groups, size_t count, size_t trees, enum gate_state *state) must_use;

/* gate_release: for figures that are decided once and kept, the same for every reader: nobody's own eyes count as a shield, and `least` is what was declared
 * when they were collected, so that a setting lowered since does not weaken it. */
enum status gate_release(struct ctx *c, int64_t least, const struct gate_group *groups, size_t count, enum gate_state *state) must_use;

/* gate_difference: may the same figure be shown for these people and for those that stay when some leave? */
enum status gate_difference(struct ctx *c, struct gate_group with, struct gate_group without, bool *shown) must_use;

/* The fewest people a figure may be about: for a gate of its own kind (lib/stats/margin.h). */
enum status gate_least(struct ctx *c, int64_t *k) must_use;

/* Does this reader see every person anyway (learning and HR, or the operator's audited own hand)? Then all of `people` is seen. */
bool gate_sees_everybody(const struct ctx *c);
