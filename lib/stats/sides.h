/* sides.h - what several sides say about one thing, brought onto one scale: what they say together, and whether they contradict each other.
 *
 * Each side says a share between 0 and 1 with a 95 % interval (interval.h). Sides do not speak with the same voice: half of all people asked is an ordinary
 * answer to a question, half of all who left is an alarm. So each side has a threshold: the share from which it calls the thing a need. The common scale runs
 * from 0 to 100 and every side's threshold lies at its middle, straight lines below and above it:
 *
 *     at(p) = 50 p / t            for p < t
 *     at(p) = 50 + 50 (p - t) / (1 - t)   otherwise
 *
 * A side sees a need when its whole interval lies above the middle, and none when it lies below; else it is unsure. Two sides contradict each other when one
 * sees a need and the other none. For that to be said wrongly, an interval of 95 % must miss the middle on the wrong side, whose chance is at most .025 a
 * side; with four sides at most .1 (Bonferroni), and 6 x 2 x .025 x .025 = .0075 when all stand right at their thresholds.
 *
 * Together: the mean of the positions by weight, with the interval of independent estimates, whose errors are taken from their own intervals. It is a
 * summary and never shown without what it is made of.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum { SIDES_MOST = 16 };

struct side {
	bool speaks;                           /* false: nothing is known, and the rest is not read */
	double share, low, high;               /* 0 to 1, low <= share <= high */
	double threshold;                      /* strictly between 0 and 1 */
	double weight;                         /* >= 0; 0: is shown and compared, and does not count in the sum */
	bool names_only;                       /* nobody asked this side about the thing: who names it says something, who does not denies nothing. Never SIDE_NONE */
};

enum side_sees { SIDE_SILENT, SIDE_UNSURE, SIDE_NEED, SIDE_NONE };

/* 0 to 100. */
struct side_place { double at, low, high; enum side_sees sees; };

enum sides_verdict {
	SIDES_SILENT,                          /* nobody says anything */
	SIDES_UNSURE,                          /* somebody does, nobody clearly */
	SIDES_ALONE_NEED, SIDES_ALONE_NONE,    /* one side clearly, nobody else */
	SIDES_NEED, SIDES_NONE,                /* two or more clearly and the same, nobody otherwise */
	SIDES_CONTRADICT,                      /* one sees a need and another none */
};

struct sides {
	enum sides_verdict verdict;
	size_t speaking, need, none;
	double at, low, high;                  /* together; NAN when no side with a weight speaks */
};

/* The place of one side. Impossible numbers (an interval that does not hold its share, a threshold of 0 or 1) are SIDE_SILENT with NAN. */
struct side_place side_place(const struct side *s);

/* All together; places (may be NULL) gets one for each. count at most SIDES_MOST: more are left out. */
struct sides sides_together(const struct side *all, size_t count, struct side_place *places);
