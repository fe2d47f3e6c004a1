/* people.h - who works here, where, as what, and led by whom: what later features may ask.
 *
 * A unit stands in a tree and has a path, "Wonen/Verhuur/Team Noord"; everything below a unit u is
 *     x.path = u.path or (x.path >= u.path || '/' and x.path < u.path || '0')
 * in SQL, which an index answers. unit.fold and role.fold are the folded path and name, unique: "team noord" is found too.
 *
 * An employment is one person in one unit and one role from a first day on; its last day counts. It is active on day D when
 *     start_day <= D and (end_day is null or end_day >= D).
 * Its lead leads it as long as it is active. A person may have several at once.
 */
#pragma once
#include "base/context.h"
#include "record/record.h"

struct person { int64_t id; str person_id, name, email, language; };
extern const struct record person_record;

struct unit { int64_t id, parent; str name, path; };
extern const struct record unit_record;

struct work_role { int64_t id; str name, name_en; };
extern const struct record work_role_record;

/* With the names that a reader wants to see. hours is NaN when not known; lead is 0 for nobody. */
struct employment { int64_t id, person, unit, role, lead; double hours; date start_day, end_day; str unit_name, unit_path, role_name, lead_name; };
extern const struct record employment_record;

/* A person in a unit, once: with the unit and role of their first active employment there. */
struct member { int64_t person; str person_id, name; int64_t unit, role; str unit_path, role_name; };
extern const struct record member_record;

/* NOT_FOUND, said in words, when there is none. */
enum status person_load(struct ctx *c, int64_t id, struct person *out) must_use;
enum status unit_load(struct ctx *c, int64_t id, struct unit *out) must_use;
/* By the organisation's own number; by a path as somebody typed it. *found is false when there is none. */
enum status person_find(struct ctx *c, str person_id, struct person *out, bool *found) must_use;
enum status unit_find(struct ctx *c, str path, struct unit *out, bool *found) must_use;

/* All employments of a person, the newest first; those of today only. */
enum status person_employments(struct ctx *c, int64_t person, list *out) must_use;         /* of struct employment */
enum status person_employments_today(struct ctx *c, int64_t person, list *out) must_use;

/* Does `lead` lead an employment of `person` that is active today? Nobody leads themselves. */
enum status person_leads(struct ctx *c, int64_t lead, int64_t person, bool *out) must_use;
/* Who is led by `lead` today, by name; each once. */
enum status people_led(struct ctx *c, int64_t lead, list *out) must_use;                   /* of struct member */

/* The unit and everything below it, by path. */
enum status unit_subtree(struct ctx *c, int64_t unit, list *out) must_use;                 /* of struct unit */
/* Everybody with an active employment today in the unit or below it, by name; unit 0: everybody. */
enum status people_in_unit(struct ctx *c, int64_t unit, list *out) must_use;               /* of struct member */

/* {unit_path|path}: a path as people read it, "Wonen / Verhuur / Team Noord". */
struct view;
str path_view(struct view *v, str path);

/* Events, in the transaction of what happened:
 *     person_added          struct person_event
 *     employment_changed    struct employment_event: added, changed or ended */
struct person_event { int64_t person; };
struct employment_event { int64_t employment, person, unit, role; };
