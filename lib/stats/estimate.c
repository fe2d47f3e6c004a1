/* estimate.c - what we believe of one person's level in one skill, from everybody who said something about it. */
#include "estimate.h"
#include <math.h>
#include <stdbool.h>

struct estimate estimate_start(const struct estimate_policy *policy, double day)
{
	return (struct estimate){ policy->prior_mean, policy->prior_variance, day };
}

struct estimate estimate_predict(const struct estimate_policy *policy, struct estimate e, double day)
{
	double dt = day - e.day;
	if (!(dt > 0))
		return e;
	e.day = day;
	if (isinf(policy->half_life_days)) {
		e.variance += policy->variance_per_day * dt;
		return e;
	}
	double c = M_LN2 / policy->half_life_days, a = exp(-c * dt);
	e.mean = policy->base + a * (e.mean - policy->base);
	e.variance = a * a * e.variance - policy->variance_per_day * expm1(-2 * c * dt) / (2 * c);
	return e;
}

struct estimate estimate_update(struct estimate e, const struct observation *o)
{
	double sum = e.variance + o->variance;
	double gain = o->variance == 0 ? 1 : e.variance / sum;
	e.mean += gain * (o->level - o->bias - e.mean);
	e.variance = gain == 1 ? 0 : e.variance * (o->variance / sum);      /* P (1 - K), without the cancellation */
	return e;
}

static bool policy_holds(const struct estimate_policy *p)
{
	return isfinite(p->prior_mean) && isfinite(p->prior_variance) && p->prior_variance >= 0 && isfinite(p->base)
		&& p->half_life_days > 0 && isfinite(p->variance_per_day) && p->variance_per_day >= 0;
}

static bool observation_holds(const struct observation *o)
{
	return isfinite(o->day) && isfinite(o->level) && isfinite(o->bias) && isfinite(o->variance) && o->variance >= 0;
}

enum estimate_result estimate_of(const struct estimate_policy *policy, const struct observation *o, size_t count, double now, struct estimate *out)
{
	if (!policy_holds(policy))
		return ESTIMATE_BAD_POLICY;
	for (size_t i = 0; i < count; i++) {
		if (!observation_holds(&o[i]))
			return ESTIMATE_BAD_OBSERVATION;
		if (i > 0 && o[i].day < o[i - 1].day)
			return ESTIMATE_OUT_OF_ORDER;
	}
	if (!isfinite(now))
		return ESTIMATE_BAD_OBSERVATION;
	if (count == 0 || o[0].day > now)
		return ESTIMATE_NOT_KNOWN;

	struct estimate e = estimate_start(policy, o[0].day);
	for (size_t i = 0; i < count && o[i].day <= now; i++) {
		e = estimate_predict(policy, e, o[i].day);
		e = estimate_update(e, &o[i]);
	}
	*out = estimate_predict(policy, e, now);
	return ESTIMATE_OK;
}
