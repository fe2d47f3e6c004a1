/* seeded.h - random numbers that are the same on every machine and in every run. */
#pragma once
#include <math.h>
#include <stdint.h>

/* splitmix64 (Steele, Lea & Flood 2014). */
static inline uint64_t seeded_bits(uint64_t *seed)
{
	uint64_t z = *seed += 0x9e3779b97f4a7c15;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static inline double seeded_unit(uint64_t *seed)
{
	return ((double)(seeded_bits(seed) >> 11) + 0.5) * 0x1p-53;
}

static inline int64_t seeded_below(uint64_t *seed, int64_t n)
{
	return (int64_t)(seeded_unit(seed) * (double)n);
}

static inline double seeded_normal(uint64_t *seed)
{
	double radius = sqrt(-2 * log(seeded_unit(seed)));
	return radius * cos(2 * M_PI * seeded_unit(seed));
}
