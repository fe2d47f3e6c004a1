/* answers.h - real survey answers, where they are: columns of $WIJZER_SHARED/data/surveys/NAME as numbers, NAN where empty. */
#pragma once
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* NULL, with a word about it, when the file is not there. `columns` names, separated by a comma. Free it. */
static inline double *answers_read(const char *file, const char *columns, size_t *rows, size_t *wide)
{
	const char *shared = getenv("WIJZER_SHARED");
	char path[512], line[4096], *names[64], *wanted[64], copy[512];
	size_t place[64], have = 0;
	snprintf(path, sizeof path, "%s/data/surveys/%s", shared ? shared : "../shared", file);
	FILE *f = fopen(path, "r");
	if (!f) {
		printf("skipped: no shared data (%s)\n", path);
		return NULL;
	}
	snprintf(copy, sizeof copy, "%s", columns);
	*wide = 0;
	for (char *rest = copy, *one; (one = strsep(&rest, ",")); )
		wanted[(*wide)++] = one;
	if (!fgets(line, sizeof line, f))
		exit(1);
	line[strcspn(line, "\r\n")] = 0;
	char *header = strdup(line);
	for (char *rest = header, *one; (one = strsep(&rest, ",")); ) {
		size_t len = strlen(one);
		one[len - 1] = 0;
		names[have++] = one + 1;
	}
	for (size_t i = 0; i < *wide; i++) {
		place[i] = have;
		for (size_t j = 0; j < have; j++)
			if (!strcmp(names[j], wanted[i]))
				place[i] = j;
		if (place[i] == have) {
			fprintf(stderr, "%s: no column %s\n", path, wanted[i]);
			exit(1);
		}
	}
	double *out = NULL;
	*rows = 0;
	while (fgets(line, sizeof line, f)) {
		char *cells[64];
		size_t n = 0;
		line[strcspn(line, "\r\n")] = 0;
		for (char *rest = line, *one; (one = strsep(&rest, ",")) && n < 64; )
			cells[n++] = one;
		out = realloc(out, (*rows + 1) * *wide * sizeof *out);
		for (size_t i = 0; i < *wide; i++)
			out[*rows * *wide + i] = place[i] < n && *cells[place[i]] ? strtod(cells[place[i]], NULL) : NAN;
		++*rows;
	}
	free(header);
	fclose(f);
	return out;
}
