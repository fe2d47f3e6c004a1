/* policy.c - how sources are weighted, aged and corrected: a text of lines that an organisation reads and changes.
 *
 *     key = value            every key once, none left out; # begins a remark
 *
 * Complete on purpose: whoever reads the text knows everything that decides, and nothing is filled in behind their back.
 */
#include "inside.h"
#include "store/cache.h"
#include "trust/trust.h"
#include "web/job.h"
#include "web/operation.h"
#include "ratings_default.policy.h"
#include <math.h>
#include <string.h>

const char *const source_names[SOURCES] = { "self", "lead", "peer", "test", "evidence", "certificate" };

enum source source_of(str name)
{
	enum source s = SELF;
	while (s < SOURCES && !str_eq(name, str_of(source_names[s])))
		s++;
	return s;
}

/* What stands behind a key: a number between two bounds, or for some a word as well. */
struct policy_key { str name; size_t at; double least, most; const char *word; double word_is; };

#define KEY(name_, member, least_, most_, ...) { S(name_), offsetof(struct policy, member), least_, most_, __VA_ARGS__ }
#define SOURCE_KEYS(name_, source_) \
	KEY(name_ ".bias", bias[source_], -3, 3), KEY(name_ ".variance", variance[source_], .01, 25)

static const struct policy_key keys[] = {
	KEY("prior_mean", over_time.prior_mean, 1, 5),
	KEY("prior_variance", over_time.prior_variance, .01, 25),
	KEY("half_life_days", over_time.half_life_days, 1, 36500, "none", INFINITY),
	KEY("base", over_time.base, 1, 5),
	KEY("variance_per_day", over_time.variance_per_day, 0, 1),
	SOURCE_KEYS("self", SELF),
	SOURCE_KEYS("lead", LEAD_SOURCE),
	SOURCE_KEYS("peer", PEER),
	SOURCE_KEYS("test", TEST),
	SOURCE_KEYS("evidence", EVIDENCE),
	SOURCE_KEYS("certificate", CERTIFICATE),
};
enum { KEYS = sizeof keys / sizeof keys[0], TEXT_FIELD_MAX = 20000 };

static str number_text(struct ctx *c, double x)
{
	char at[REAL_ROOM];
	return text_copy(c->arena, (str){ at, real_put(at, x) });
}

static enum status key_read(struct ctx *c, str line, const struct policy_key *k, str value, struct policy *p)
{
	double x;
	if (k->word && str_eq(value, str_of(k->word)))
		x = k->word_is;
	else if (!str_to_real(value, &x) || x < k->least || x > k->most)
		return object(c, S("text"), k->word ? W(ratings_policy_range_or) : W(ratings_policy_range), line, k->name,
			number_text(c, k->least), number_text(c, k->most), str_of(k->word));
	*(double *)((char *)p + k->at) = x;
	return OK;
}

/* The two keys whose value is no real number. */
static enum status other_read(struct ctx *c, str line, str name, str value, struct policy *p, bool *known)
{
	*known = true;
	if (str_eq(name, S("severity"))) {
		p->fit_severity = str_eq(value, S("fitted"));
		return p->fit_severity || str_eq(value, S("published")) ? OK : object(c, S("text"), W(ratings_policy_severity), line);
	}
	if (str_eq(name, S("known_percent"))) {
		if (str_to_int(value, &p->least_known_percent) && p->least_known_percent >= 0 && p->least_known_percent <= 100)
			return OK;
		return object(c, S("text"), W(ratings_policy_range), line, name, S("0"), S("100"));
	}
	*known = false;
	return OK;
}

static const struct policy_key *key_find(str name)
{
	for (size_t i = 0; i < KEYS; i++)
		if (str_eq(keys[i].name, name))
			return &keys[i];
	return NULL;
}

enum status policy_read(struct ctx *c, str text, struct policy *out)
{
	struct policy p = { 0 };
	struct map seen = { 0 };
	int64_t at_line;
	size_t wrong = c->problems.count;
	int64_t number = 1;
	for (bool more = true; more && c->problems.count < wrong + PROBLEMS_MAX; number++) {
		str line, name, value, remark;
		more = str_cut(text, '\n', &line, &text);
		str_cut(line, '#', &line, &remark);
		line = str_trim(line);
		if (!line.len)
			continue;
		str at = text_format(c->arena, "%lld", (long long)number);
		if (!str_cut(line, '=', &name, &value)) {
			object(c, S("text"), W(ratings_policy_no_value), at);
			continue;
		}
		name = str_trim(name);
		value = str_trim(value);
		bool known = true;
		const struct policy_key *k = key_find(name);
		if (k)
			(void)key_read(c, at, k, value, &p);
		else
			(void)other_read(c, at, name, value, &p, &known);
		if (!known)
			object(c, S("text"), W(ratings_policy_unknown), at, name);
		else if (!map_put(c->arena, &seen, name, number, NULL))
			object(c, S("text"), W(ratings_policy_twice), at, name);
	}
	for (size_t i = 0; i < KEYS; i++)
		if (!map_find(&seen, keys[i].name, &at_line))
			object(c, S("text"), W(ratings_policy_missing), keys[i].name);
	static const str others[] = { { "severity", 8 }, { "known_percent", 13 } };
	for (size_t i = 0; i < 2; i++)
		if (!map_find(&seen, others[i], &at_line))
			object(c, S("text"), W(ratings_policy_missing), others[i]);
	if (c->problems.count > wrong)
		return INVALID;
	*out = p;
	return OK;
}

RECORD(policy_version, FIELD(policy_version, id), FIELD(policy_version, text), FIELD(policy_version, since));

enum status policy_version_now(struct ctx *c, struct policy_version *out)
{
	bool found;
	*out = (struct policy_version){ 0 };
	TRY(store_find(c, policy_now, NOTHING, out, &found));
	if (!found)
		out->text = (str){ (const char *)default_policy, sizeof default_policy };
	return OK;
}

/* Read anew only when something was written: every page about skills asks for it. */
CACHE(policies_kept, 64 << 10)

static enum status policy_make(struct ctx *c, struct arena *keep, const void *of, const void **made)
{
	(void)of;
	struct policy_version v;
	struct policy *p = arena_new_of(keep, struct policy);
	TRY(policy_version_now(c, &v));
	if (policy_read(c, v.text, p) != OK)
		return broken(c, "the stored policy %lld cannot be read", (long long)v.id);
	p->id = v.id;
	*made = p;
	return OK;
}

enum status policy_load(struct ctx *c, struct policy *out)
{
	const void *made;
	TRY(cache_take(c, &policies_kept, S("policy"), policy_make, NULL, &made));
	*out = *(const struct policy *)made;
	return OK;
}

void policy_predict(const struct policy *p, struct believed *b, date on)
{
	struct estimate e = { b->mean, b->variance, b->last_seen.day };
	e = estimate_predict(&p->over_time, e, on.day);
	b->mean = e.mean;
	b->variance = e.variance;
}

/* ---- Read and changed ---- */

RECORD(policy_view,
	FIELD(policy_view, id, .doc = "0: the one that ships."),
	FIELD(policy_view, text),
	FIELD(policy_view, since),
	FIELD(policy_view, fitting_allowed, .doc = "The setting estimates_fitting."),
	FIELD(policy_view, fitted, .doc = "Corrections worked out from crossed ratings are in use."),
	FIELD(policy_view, versions, .of = &policy_version_record, .doc = "All there ever were, the newest first, without the one that ships."));

OPERATION(policy_show, nothing, policy_view,
	.route = "GET /ratings/policy",
	.allow = "trust.read",
	.doc = "How sources are weighted, aged and corrected, and every version of it.")
{
	(void)in;
	struct policy_version now;
	struct weights w;
	double allowed;
	TRY(policy_version_now(c, &now));
	TRY(weights_load(c, &w));
	TRY(setting_number(c, S("estimates_fitting"), &allowed));
	*out = (struct policy_view){ .id = now.id, .text = now.text, .since = now.since, .fitting_allowed = allowed != 0, .fitted = w.fitted };
	return store_all(c, policy_versions, NOTHING, &out->versions);
}

struct policy_form { str text; };
RECORD(policy_form, FIELD(policy_form, text, .label = W(ratings_policy_text), .required = true, .lines = true, .max = TEXT_FIELD_MAX));

OPERATION(policy_set, policy_form, policy_version,
	.route = "POST /ratings/policy",
	.allow = "ratings.manage",
	.effect = WRITES,
	.doc = "A new version of how sources are weighted, aged and corrected. All estimates are made again, by a job.")
{
	struct policy p;
	TRY(policy_read(c, in->text, &p));
	TRY(store_run(c, policy_add, in, NULL));
	TRY(policy_version_now(c, out));
	return estimates_refresh_later(c);
}
