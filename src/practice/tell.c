/* tell.c - what the organisation is told of groups: made anew on Monday nights, and of each part only when enough people answered since.
 *
 * A figure that follows every answer gives each of them away: read it before and after. So what is read is what was last told, and a part is
 * told again only when at least as many people as the gate asks have something new in it. Whatever is worked out from several readings is then
 * a sum of such steps, each of five people or more, and a day on which nobody chose to look.
 */
#include "inside.h"
#include "trust/trust.h"
#include "web/job.h"
#include "web/operation.h"

struct ripe { int64_t part, people, since; };
struct tell { int64_t whole, part; };
RECORD(ripe, FIELD(ripe, part), FIELD(ripe, people), FIELD(ripe, since));
RECORD(tell, FIELD(tell, whole), FIELD(tell, part));

/* Those parts of which both the whole and what is new since may be told. */
static enum status ripe_find(struct ctx *c, int64_t whole, const list *parts, list *out)
{
	struct gate_group *groups = arena_array_of(c->arena, struct gate_group, parts->count + 1);
	enum gate_state *all = arena_array_of(c->arena, enum gate_state, parts->count + 1), *since = arena_array_of(c->arena, enum gate_state, parts->count + 1);
	for (size_t i = 0; i < parts->count; i++)
		groups[i] = (struct gate_group){ GATE_TOP, list_item(*parts, struct ripe, i)->people, 0 };
	TRY(gate_release(c, 0, groups, parts->count, all));
	for (size_t i = 0; i < parts->count; i++)
		groups[i] = (struct gate_group){ GATE_TOP, list_item(*parts, struct ripe, i)->since, 0 };
	TRY(gate_release(c, 0, groups, parts->count, since));
	for (size_t i = 0; i < parts->count; i++)
		if (all[i] == GATE_SHOWN && since[i] == GATE_SHOWN)
			*list_add(c->arena, out, struct tell) = (struct tell){ whole, list_item(*parts, struct ripe, i)->part };
	return OK;
}

static enum status deck_tell(struct ctx *c, int64_t deck)
{
	struct by_id key = { deck };
	list stretches = { 0 }, cards = { 0 }, tell = { 0 }, cards_tell = { 0 };
	TRY(store_all(c, stretch_ripe, &key, &stretches));
	TRY(store_all(c, card_ripe, &key, &cards));
	TRY(ripe_find(c, deck, &stretches, &tell));
	TRY(ripe_find(c, deck, &cards, &cards_tell));
	TRY(store_run_each(c, stretch_tell, &tell));
	TRY(store_run_each(c, stretch_was_told, &tell));
	TRY(store_run_each(c, card_tell, &cards_tell));
	return store_run_each(c, card_was_told, &cards_tell);
}

static enum status training_tell(struct ctx *c, int64_t training)
{
	list moments = { 0 }, tell = { 0 };
	TRY(store_all(c, transfer_ripe, (&(struct by_id){ training }), &moments));
	TRY(ripe_find(c, training, &moments, &tell));
	TRY(store_run_each(c, transfer_tell, &tell));
	return store_run_each(c, transfer_was_told, &tell);
}

enum status practice_tell(struct ctx *c)
{
	list decks = { 0 }, trainings = { 0 };
	TRY(store_all(c, decks_ripe, NOTHING, &decks));
	TRY(store_all(c, trainings_ripe, NOTHING, &trainings));
	for (each(struct by_id, d, decks))
		TRY(deck_tell(c, d->id));
	for (each(struct by_id, t, trainings))
		TRY(training_tell(c, t->id));
	return OK;
}

JOB(practice_tell_deck, by_id) { return deck_tell(c, in->id); }
JOB(practice_tell_training, by_id) { return training_tell(c, in->id); }

enum { MONDAY = 1 };

NIGHTLY(practice_tell_weekly)
{
	list decks = { 0 }, trainings = { 0 };
	if (date_weekday(c->today) != MONDAY)
		return OK;
	TRY(store_all(c, decks_ripe, NOTHING, &decks));
	TRY(store_all(c, trainings_ripe, NOTHING, &trainings));
	for (each(struct by_id, d, decks))
		TRY(job_add(c, practice_tell_deck, d, c->now));
	for (each(struct by_id, t, trainings))
		TRY(job_add(c, practice_tell_training, t, c->now));
	return OK;
}

OPERATION(practice_tell_now, nothing, nothing,
	.allow = "decks.manage",
	.effect = WRITES,
	.shell_only = true,
	.doc = "Makes the figures of groups anew, as Monday night does: of each only when at least five people answered since.")
{
	(void)in;
	(void)out;
	return practice_tell(c);
}
