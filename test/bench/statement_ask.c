/* statement_ask.c - asks for statements that statement_load sent, by each filter with limit 100, and says how long the answers took.
 *
 *     statement_ask PORT KEY SECRET [TIMES [PEOPLE ACTIVITIES]]        TIMES 200, PEOPLE and ACTIVITIES as statement_load had them: 20000
 *
 * Prints a line a filter: asked, p50_ms, p99_ms, most_ms, statements in an answer (the mean). One connection, one question after the other.
 */
#include "sender.h"

enum { ASKED_MAX = 10000 };
static int people = 20000, activities = 20000;

static void encode(char *to, const char *text)
{
	static const char hex[] = "0123456789ABCDEF";
	for (; *text; text++) {
		bool plain = (*text >= 'a' && *text <= 'z') || (*text >= '0' && *text <= '9') || *text == '-' || *text == '.';
		if (plain)
			*to++ = *text;
		else
			to += sprintf(to, "%%%c%c", hex[(unsigned char)*text >> 4], hex[*text & 15]);
	}
	*to = 0;
}

static void query(struct sender *s, const char *by, char path[4000])
{
	char value[400] = "", encoded[1300];
	uint64_t r = sender_random(s), person = r % (uint64_t)people, activity = (r >> 24) % (uint64_t)activities;
	const char *parameter = by;
	if (!strncmp(by, "agent", 5))
		snprintf(value, sizeof value, SENDER_ACTOR, (unsigned long long)person);
	else if (!strncmp(by, "activity", 8))
		snprintf(value, sizeof value, SENDER_ACTIVITY, (int)(activity % 5), (unsigned long long)activity);
	else if (!strcmp(by, "verb"))
		snprintf(value, sizeof value, "%s", sender_verbs[r % 7]);
	else if (!strcmp(by, "registration"))
		snprintf(value, sizeof value, SENDER_REGISTRATION, (unsigned)(activity % 5), (unsigned long long)person);
	encode(encoded, value);
	int n = snprintf(path, 4000, "/xapi/statements?limit=100");
	if (*value)
		n += snprintf(path + n, 4000 - (size_t)n, "&%.*s=%s", (int)strcspn(parameter, "+"), parameter, encoded);
	if (strchr(by, '+'))                               /* related to, and not only the actor or object */
		snprintf(path + n, 4000 - (size_t)n, "&related_agents=true&related_activities=true");
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	static const char *const filters[] = { "agent", "agent+", "verb", "activity", "activity+", "registration", "time" };
	static double took[ASKED_MAX];
	struct sender s;
	if (argc < 4)
		return fprintf(stderr, "statement_ask PORT KEY SECRET [TIMES [PEOPLE ACTIVITIES]]\n"), 2;
	int times = argc > 4 ? atoi(argv[4]) : 200;
	if (argc > 6) {
		people = atoi(argv[5]);
		activities = atoi(argv[6]);
	}
	if (times < 1 || times > ASKED_MAX || people < 1 || activities < 1)
		return 2;
	sender_new(&s, atoi(argv[1]), basic(argv[2], argv[3]), (uint64_t)time(NULL));
	for (size_t f = 0; f < sizeof filters / sizeof filters[0]; f++) {
		long found = 0;
		for (int i = 0; i < times; i++) {
			char path[4000], *text;
			query(&s, filters[f], path);
			int64_t from = sender_now_us();
			int status = sender_ask(&s, "GET", path, "", 0, &text);
			took[i] = (double)(sender_now_us() - from) / 1000;
			if (status != 200)
				return fprintf(stderr, "%s: %d\n", path, status), 1;
			for (char *at = text; (at = strstr(at, "\"stored\":")); at++)
				found++;
		}
		qsort(took, (size_t)times, sizeof *took, by_size);
		printf("by=%s asked=%d p50_ms=%.2f p99_ms=%.2f most_ms=%.2f statements=%.1f\n", filters[f], times, took[times / 2], took[times * 99 / 100], took[times - 1],
			(double)found / times);
	}
	return 0;
}
