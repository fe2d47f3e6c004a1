/* release.c - can a few people be worked out from everything that was released? Linear dependence, exactly. */
#include "release.h"
#include <stdlib.h>
#include <string.h>

static const uint64_t primes[] = { 2305843009213693951u, 2305843009213693921u, 2305843009213693907u };
enum { PRIMES = 3 };

static uint64_t times(uint64_t a, uint64_t b, uint64_t p)
{
	return (uint64_t)((unsigned __int128)a * b % p);
}

static uint64_t inverse(uint64_t a, uint64_t p)
{
	uint64_t result = 1;
	for (uint64_t e = p - 2; e; e >>= 1) {
		if (e & 1)
			result = times(result, a, p);
		a = times(a, a, p);
	}
	return result;
}

/* The released groups as rows over kinds, reduced: each row begins with a 1 where no other row has anything. */
struct basis { uint64_t p; size_t kinds, rank; uint64_t *row; size_t *lead; };

static void reduce(const struct basis *b, uint64_t *v)
{
	for (size_t r = 0; r < b->rank; r++) {
		uint64_t f = v[b->lead[r]];
		for (size_t i = 0; f && i < b->kinds; i++) {
			uint64_t less = times(f, b->row[r * b->kinds + i], b->p);
			v[i] = v[i] >= less ? v[i] - less : v[i] + b->p - less;
		}
	}
}

static size_t first_of(const uint64_t *v, size_t kinds)
{
	size_t i = 0;
	while (i < kinds && v[i] == 0)
		i++;
	return i;
}

static void basis_add(struct basis *b, uint64_t *v)
{
	reduce(b, v);
	size_t lead = first_of(v, b->kinds);
	if (lead == b->kinds)
		return;
	uint64_t turn = inverse(v[lead], b->p);
	for (size_t i = 0; i < b->kinds; i++)
		v[i] = times(v[i], turn, b->p);
	memcpy(b->row + b->rank * b->kinds, v, b->kinds * sizeof *v);
	b->lead[b->rank++] = lead;
}

/* Goes through the unions of kinds of fewer than k people in all, from `next` on; `chosen` of them are in `few`. */
struct search { const struct basis *basis; const int64_t *people; int64_t k; size_t kinds, *few; uint64_t *scratch; };

static bool gives_away(struct search *s, size_t next, size_t chosen, int64_t sum)
{
	if (chosen) {
		memset(s->scratch, 0, s->kinds * sizeof *s->scratch);
		for (size_t i = 0; i < chosen; i++)
			s->scratch[s->few[i]] = 1;
		reduce(s->basis, s->scratch);
		if (first_of(s->scratch, s->kinds) == s->kinds) {
			s->few[chosen] = SIZE_MAX;
			return true;
		}
	}
	for (size_t i = next; i < s->kinds; i++) {
		if (sum + s->people[i] >= s->k)
			continue;
		s->few[chosen] = i;
		if (gives_away(s, i + 1, chosen + 1, sum + s->people[i]))
			return true;
	}
	return false;
}

/* Kinds with the same memberships become the first of them; which[i] is the place of the merged kind i among the given ones. */
static size_t merged(const bool *member, const int64_t *people, size_t kinds, size_t groups, int64_t *sum, size_t *which)
{
	size_t n = 0;
	for (size_t i = 0; i < kinds; i++) {
		size_t same = 0;
		while (same < n && memcmp(member + which[same] * groups, member + i * groups, groups * sizeof *member) != 0)
			same++;
		if (same == n) {
			which[n] = i;
			sum[n++] = 0;
		}
		sum[same] += people[i];
	}
	return n;
}

enum release_result release_check(const bool *member, const int64_t *people, size_t kinds, size_t groups, int64_t k, size_t *few)
{
	if (groups > RELEASE_GROUPS_MOST || kinds > RELEASE_KINDS_MOST || k < 1)
		return RELEASE_TOO_MANY;
	if (kinds == 0 || groups == 0)
		return RELEASE_SAFE;
	int64_t *sum = calloc(kinds, sizeof *sum);
	size_t *which = calloc(kinds + groups + (size_t)k + 1, sizeof *which), *lead = which ? which + kinds : NULL, *found = lead ? lead + groups : NULL;
	uint64_t *rows = calloc((groups + 2) * kinds, sizeof *rows);
	enum release_result result = RELEASE_NO_MEMORY;
	if (sum && which && rows) {
		size_t n = merged(member, people, kinds, groups, sum, which);
		uint64_t *scratch = rows + groups * n;
		result = RELEASE_SAFE;
		for (size_t p = 0; p < PRIMES && result == RELEASE_SAFE; p++) {
			struct basis b = { .p = primes[p], .kinds = n, .row = rows, .lead = lead };
			for (size_t g = 0; g < groups; g++) {
				for (size_t i = 0; i < n; i++)
					scratch[i] = member[which[i] * groups + g];
				basis_add(&b, scratch);
			}
			struct search s = { &b, sum, k, n, found, scratch };
			if (gives_away(&s, 0, 0, 0))
				result = RELEASE_GIVES_AWAY;
		}
		for (size_t i = 0; result == RELEASE_GIVES_AWAY && few; i++) {
			few[i] = found[i] == SIZE_MAX ? SIZE_MAX : which[found[i]];
			if (found[i] == SIZE_MAX)
				break;
		}
	}
	free(rows);
	free(which);
	free(sum);
	return result;
}
