/* release.h - may one more set of groups be told about, beside all that was told before?
 *
 * People fall into kinds: those who are in exactly the same released groups. A released figure is a sum over the kinds of its group, so
 * whoever knows several can make every linear combination of them. A number of people of 1 … k-1 is given away when the 0/1 vector of
 * some kinds that together are so few is such a combination. Comparing groups two by two misses that; this asks for linear dependence,
 * exactly: elimination modulo 2^61-1 and modulo two more primes, of which one that finds a dependence is enough (a combination over
 * the rationals is one modulo every prime that divides no denominator, and no three primes of that size divide a minor of a 0/1
 * matrix of at most RELEASE_GROUPS_MOST rows).
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RELEASE_GROUPS_MOST = 64, RELEASE_KINDS_MOST = 4096 };

enum release_result {
	RELEASE_SAFE,
	RELEASE_GIVES_AWAY,                    /* some 1 … k-1 people can be worked out; *few says which kinds (a list ended by SIZE_MAX) */
	RELEASE_TOO_MANY,                      /* more groups or kinds than can be checked: do not release */
	RELEASE_NO_MEMORY,
};

/* member[kind * groups + group]: is this kind in that group? people[kind] each at least 1; kinds with the same memberships are put together.
 * Unions of small kinds are looked at up to k-1 people. few: room for k places, or NULL. */
enum release_result release_check(const bool *member, const int64_t *people, size_t kinds, size_t groups, int64_t k, size_t *few);
