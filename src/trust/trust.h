/* trust.h - on what basis data is used, and what the organisation has decided about who sees what and how long. */
#pragma once
#include "gate.h"
#include "keeps.h"
#include "base/context.h"
#include "record/record.h"

/* A purpose works on an organisation's own data only once its basis is recorded: the works council's agreement, or how staff were informed.
 * trust_purpose: OK, or CONFLICT that says who can record it. */
#define PURPOSE_RATINGS S("ratings")
enum status trust_purpose(struct ctx *c, str purpose) must_use;
enum status trust_purpose_works(struct ctx *c, str purpose, bool *works) must_use;

/* A setting that decides who sees what, a scale, or how long something is kept. Declared beside what it governs:
 *
 *     SETTING(ratings_kept_months, "60", W(ratings_kept_months), W(ratings_kept_months_why), 6, 120)
 *
 * A change is a proposal that works only after it is decided; every value it ever had stays readable on Trust. */
struct setting { const char *name, *value; const struct word *label, *why; double least, most; };
#define SETTING(name_, value_, label_, why_, least_, most_) \
	static const struct setting name_##_setting = { #name_, value_, label_, why_, least_, most_ }; \
	static const struct setting *const name_##_setting_listed __attribute__((used, section("wijzer_settings"))) = &name_##_setting;

/* The value in force now, as a number. NAME is a declared setting. */
enum status setting_number(struct ctx *c, str name, double *out) must_use;
size_t settings_count(void);
const struct setting *settings_at(size_t i);
const struct setting *setting_find(str name);

/* Whoever reads about everybody by credentials of its own, not as a person: stands on Trust while it works or waits. Event: trust_readers
 * (struct trust_readers); a hearer adds those it knows. */
struct trust_reader { str key, name, may, purpose, maker, confirmer; instant ends; bool waits, mine; };
struct trust_readers { list *all; };       /* of struct trust_reader */

/* Event: setting_changed (struct setting_event), in the transaction in which another value came into force. */
struct setting_event { str name; };
