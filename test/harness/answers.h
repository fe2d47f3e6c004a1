/* answers.h - what an operation answered as JSON, read one figure or text at a time. */
#pragma once
#include "harness.h"
#include <jansson.h>

json_t *json_of(struct answer a);                                              /* fails the test unless the answer is OK; json_decref it */
int64_t number_in(struct answer a, const char *field);
size_t entries_in(struct answer a, const char *list_name);                     /* how many a list has */
int64_t entry_number(struct answer a, const char *list_name, size_t i, const char *field);
const char *text_in(struct app *app, struct answer a, const char *list_name, size_t i, const char *field);   /* of the i-th of a list, or of the answer itself (NULL) */
