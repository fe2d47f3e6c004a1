/* insteval.h - 73,421 real ratings of lecturers by students, where they are: $WIJZER_SHARED/data/ratings/insteval.csv. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INSTEVAL_ROOM = 80000, INSTEVAL_NUMBERS = 10000 };

struct insteval {
	size_t count, students, lecturers, contexts;           /* a context is a department with or without service        */
	double y[INSTEVAL_ROOM], x[2 * INSTEVAL_ROOM];         /* x: one, and service as 0 or 1                        */
	uint32_t student[INSTEVAL_ROOM], lecturer[INSTEVAL_ROOM], context[INSTEVAL_ROOM];
};

static inline uint32_t insteval_level(uint32_t *known, unsigned number, size_t *levels)
{
	if (known[number] == 0)
		known[number] = (uint32_t)++*levels;
	return known[number] - 1;
}

/* NULL, with a word about it, when the data are not there. Free it. */
static inline struct insteval *insteval_read(void)
{
	static uint32_t student[INSTEVAL_NUMBERS], lecturer[INSTEVAL_NUMBERS], context[INSTEVAL_NUMBERS];
	const char *shared = getenv("WIJZER_SHARED");
	char path[512], line[128];
	snprintf(path, sizeof path, "%s/data/ratings/insteval.csv", shared ? shared : "../shared");
	FILE *file = fopen(path, "r");
	if (!file) {
		printf("skipped: no shared data (%s)\n", path);
		return NULL;
	}
	struct insteval *d = calloc(1, sizeof *d);
	memset(student, 0, sizeof student);
	memset(lecturer, 0, sizeof lecturer);
	memset(context, 0, sizeof context);
	bool header = d && fgets(line, sizeof line, file);
	while (header && fgets(line, sizeof line, file) && d->count < INSTEVAL_ROOM) {
		unsigned s, l, studied, ago, service, department;
		double y;
		if (sscanf(line, "\"%u\",\"%u\",\"%u\",\"%u\",\"%u\",\"%u\",%lf", &s, &l, &studied, &ago, &service, &department, &y) != 7
			|| s >= INSTEVAL_NUMBERS || l >= INSTEVAL_NUMBERS || department >= INSTEVAL_NUMBERS / 2) {
			fprintf(stderr, "%s: cannot read: %s", path, line);
			exit(1);
		}
		size_t i = d->count++;
		d->y[i] = y;
		d->x[2 * i] = 1;
		d->x[2 * i + 1] = service;
		d->student[i] = insteval_level(student, s, &d->students);
		d->lecturer[i] = insteval_level(lecturer, l, &d->lecturers);
		d->context[i] = insteval_level(context, 2 * department + service, &d->contexts);
	}
	fclose(file);
	return d;
}
