/* make_organisation.c - an organisation to measure with, as files for `wijzer import`: the same numbers give the same files.
 *
 *     make_organisation FOLDER PEOPLE SKILLS RATINGS
 *
 * Five divisions of five teams (with the divisions 30 units); ten roles that each ask twelve skills; one lead a team; one ambition of eight
 * skills. Ratings by leads, peers and people themselves over two years, of what a person's role asks. Beside people.csv, skills.csv,
 * roles.csv, ambitions.csv and ratings.csv come more_people.csv and more_ratings.csv: a thousand each, to be taken in by a running server.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { DIVISIONS = 5, TEAMS = 25, ROLES = 10, ASKED = 12, NEEDED = 8, MORE = 1000 };

static uint64_t state = 20260101;

static unsigned below(unsigned n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)((state >> 20) % n);
}

static FILE *file(const char *folder, const char *name, const char *head)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "w");
	if (!f || fprintf(f, "%s\n", head) < 0) {
		perror(path);
		exit(1);
	}
	return f;
}

static void done(FILE *f)
{
	if (fclose(f)) {
		perror("make_organisation");
		exit(1);
	}
}

/* Person 1 … 25 lead a team each; person p works in team p mod 25 as role p mod 10. */
static int team_of(int person) { return (person - 1) % TEAMS; }
static int role_of(int person) { return (person / 3) % ROLES; }
static int asked_of(int role, int nth, int skills) { return (role * 5 + nth * 7) % skills + 1; }

static void person_write(FILE *f, int p)
{
	int team = team_of(p);
	fprintf(f, "%d,Persoon %d,p%d@bench.example,Divisie %d/Team %d,Rol %d,", p, p, p, team % DIVISIONS + 1, team + 1, role_of(p) + 1);
	if (p > TEAMS)
		fprintf(f, "%d", team + 1);
	fprintf(f, ",%u,20%02u-%02u-%02u,,%s\n", 16 + below(25), 10 + below(15), 1 + below(12), 1 + below(28), below(5) ? "nl" : "en");
}

static void rating_write(FILE *f, int p, int nth, int people, int skills)
{
	static const char *const sources[] = { "lead", "lead", "peer", "self" };
	unsigned s = below(4);
	int rater = s == 3 || p <= TEAMS ? p : s == 2 ? team_of(p) + 1 + TEAMS * (1 + (int)below((unsigned)(people / TEAMS - 1))) : team_of(p) + 1;
	const char *source = rater == p ? "self" : sources[s];
	fprintf(f, "%d,Vaardigheid %d,%u,%s,%d,202%u-%02u-%02u,\n", p, asked_of(role_of(p), nth % ASKED, skills), 1 + below(5), source, rater, 4 + below(2),
		1 + below(12), 1 + below(28));
}

int main(int argc, char **argv)
{
	int people = argc == 5 ? atoi(argv[2]) : 0, skills = argc == 5 ? atoi(argv[3]) : 0;
	long ratings = argc == 5 ? atol(argv[4]) : 0;
	if (people < 10 * TEAMS || skills < ASKED * 2 || ratings < people) {
		fprintf(stderr, "usage: make_organisation FOLDER PEOPLE SKILLS RATINGS   (at least %d, %d, and a rating a person)\n", 10 * TEAMS, ASKED * 2);
		return 2;
	}
	FILE *f = file(argv[1], "people.csv", "person_id,name,email,unit,role,lead_id,hours,start,end,language");
	for (int p = 1; p <= people; p++)
		person_write(f, p);
	done(f);
	f = file(argv[1], "more_people.csv", "person_id,name,email,unit,role,lead_id,hours,start,end,language");
	for (int p = people + 1; p <= people + MORE; p++)
		person_write(f, p);
	done(f);
	f = file(argv[1], "skills.csv", "skill,description,level_1,level_2,level_3,level_4,level_5");
	for (int s = 1; s <= skills; s++)
		fprintf(f, "Vaardigheid %d,Waar het werk om vraagt,Doet het met hulp,Doet het zelf,Doet het als het lastig is,Helpt anderen,Verbetert hoe het gaat\n", s);
	done(f);
	f = file(argv[1], "roles.csv", "role,skill,level,importance");
	for (int r = 0; r < ROLES; r++)
		for (int i = 0; i < ASKED; i++)
			fprintf(f, "Rol %d,Vaardigheid %d,%u,%u\n", r + 1, asked_of(r, i, skills), 2 + below(3), 1 + below(3));
	done(f);
	f = file(argv[1], "ambitions.csv", "ambition,horizon,owner,indicator,skill,weight,target_level,people_needed,unit");
	for (int i = 0; i < NEEDED; i++)
		fprintf(f, "Vooruit,2028-12-31,1,Tevredenheid,Vaardigheid %d,%u,3,%d,\n", i * skills / NEEDED + 1, 1 + below(5), people / 10);
	done(f);
	f = file(argv[1], "ratings.csv", "person_id,skill,level,source,rater_id,day,note");
	for (long i = 0; i < ratings; i++)
		rating_write(f, (int)(i % people) + 1, (int)(i / people), people, skills);
	done(f);
	f = file(argv[1], "more_ratings.csv", "person_id,skill,level,source,rater_id,day,note");
	for (int i = 0; i < MORE; i++)
		rating_write(f, (int)below((unsigned)people) + 1, (int)below(ASKED), people, skills);
	done(f);
	return 0;
}
