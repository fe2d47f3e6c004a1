/* sweep.h - the fault sweep: the n-th query fails, for n = 1, 2, 3 …; each time all is written or nothing.
 *
 *     int runs = sweep(store, &c, body, of, fingerprint, of);
 *
 * `fingerprint` reads what the body may change, as one number. Returns how many queries the body has, or -1 when
 * a failure left something behind, was answered with OK, or never came to an end; `why` says which.
 */
#pragma once
#include "store/store.h"
#include <stdio.h>

static inline int sweep(struct store *s, struct ctx *c, enum status (*body)(struct ctx *c, void *of), void *of,
	int64_t (*fingerprint)(struct ctx *c, void *of), void *fingerprint_of, char why[400])
{
	enum { LONGEST = 1000 };
	for (int n = 1; n < LONGEST; n++) {
		struct ctx fresh = *c;
		int64_t before = fingerprint(&fresh, fingerprint_of);
		fresh = *c;
		store_fail_at(s, n);
		enum status status = store_write_now(s, &fresh, body, of);
		store_fail_at(s, 0);
		if (status == OK && fresh.queries - c->queries >= n) {
			snprintf(why, 400, "query %d failed, and the answer was OK", n);
			return -1;
		}
		if (status == OK)
			return n - 1;
		fresh = *c;
		if (fingerprint(&fresh, fingerprint_of) != before) {
			snprintf(why, 400, "query %d failed, and something stayed", n);
			return -1;
		}
	}
	snprintf(why, 400, "still failing after %d queries", LONGEST);
	return -1;
}
