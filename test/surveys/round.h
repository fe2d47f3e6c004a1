/* round.h - a whole round in a test: an organisation, a survey, codes, and answers. */
#pragma once
#include "harness.h"

enum { PEOPLE_MOST = 200 };
struct round_test {
	struct app *app;
	int64_t id;
	int64_t person[PEOPLE_MOST];
	str code[PEOPLE_MOST];
	int people;
	int64_t place[8];                  /* of the question whose Dutch text is "V1", "V2" … */
	int questions;
};

/* People spread over units "A", "B" … of `size` each; learning@x.example makes surveys. The basis is recorded. */
void organisation(struct app *app, struct round_test *t, int units, int size);
/* A survey with `closed` questions of agreement and one to be answered in words; a draft. */
void round_make(struct round_test *t, int closed);
void round_begin(struct round_test *t);                        /* opened, with codes for everybody */
struct answer put(struct round_test *t, int who, int question, const char *value);
struct answer give(struct round_test *t, int who);
/* All the closed questions with these values, and given. */
void answer_all(struct round_test *t, int who, const int *values);
void jobs_run(struct app *app);
