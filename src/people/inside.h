/* inside.h - the rows of this feature's tables, as its own files share them. */
#pragma once
#include "people.h"
#include "people.sql.h"
#include "people.words.h"
#include "view/view.words.h"
#include "web/operation.h"

/* Whole rows: what imports put back, and what is written. */
struct unit_kept       { int64_t id, parent; str name, path, fold; };
struct role_kept       { int64_t id; str name, name_en, fold, uri; };
struct person_kept     { int64_t id; str person_id, name, email, fold, language; };
struct employment_kept { int64_t id, person, unit, role, lead; double hours; date start_day, end_day; };
extern const struct record unit_kept_record, role_kept_record, person_kept_record, employment_kept_record;

enum { NAME_MAX_LENGTH = 120, UNIT_DEPTH_MAX = 8, HOURS_MAX = 60, PAGE = 50 };

struct text_key { str text, fold; };
struct pair { int64_t lead, person; };
struct unit_query { int64_t unit; };

/* unit_path_tidy: " Wonen / Verhuur//Team Noord" is "Wonen/Verhuur/Team Noord"; empty when no step is left. */
str unit_path_tidy(struct ctx *c, str typed);
/* like_of: what finds a folded text somewhere in another; % and _ mean themselves. */
str like_of(struct ctx *c, str typed);
/* number_of: whoever has the address already keeps their number; for others it is made of the address, else of the name, so that the
 * same line again is the same person. */
enum status number_of(struct ctx *c, str name, str email, str *out) must_use;
