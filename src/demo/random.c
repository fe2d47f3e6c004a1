/* random.c - chance that repeats itself, and the days of the demonstration. */
#include "inside.h"
#include <math.h>

/* splitmix64 (Steele, Lea & Flood 2014). */
uint64_t demo_next(struct demo *d)
{
	uint64_t x = d->random += 0x9e3779b97f4a7c15u;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

double demo_share(struct demo *d)
{
	return (double)(demo_next(d) >> 11) * 0x1p-53;
}

/* Box and Muller 1958. */
double demo_normal(struct demo *d, double mean, double sd)
{
	double u = demo_share(d), v = demo_share(d);
	return mean + sd * sqrt(-2 * log(1 - u)) * cos(2 * M_PI * v);
}

int64_t demo_between(struct demo *d, int64_t low, int64_t high)
{
	return low + (int64_t)(demo_share(d) * (double)(high - low + 1));
}

bool demo_chance(struct demo *d, double share)
{
	return demo_share(d) < share;
}

date demo_day(const struct demo *d, int before)
{
	return date_add_days(d->day, -before);
}

instant demo_noon(date day)
{
	date epoch = date_of(1970, 1, 1);
	return (instant){ (int64_t)date_days_between(epoch, day) * 86400000 + 11 * 3600000 };
}

struct demo_person *demo_person(struct demo *d, str name)
{
	int64_t at;
	return map_find(&d->by_name, name, &at) ? list_item(d->people, struct demo_person, at) : NULL;
}

int64_t demo_skill(const struct demo *d, str key)
{
	int64_t id = 0;
	map_find(&d->skills, key, &id);
	return id;
}
