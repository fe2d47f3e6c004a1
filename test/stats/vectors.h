/* vectors.h - the reference figures of test/vectors, read as they are. VECTORS is that folder, given by the build. */
#pragma once
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static inline json_t *vectors_read(const char *path)
{
	char name[512];
	json_error_t error;
	snprintf(name, sizeof name, "%s/%s", VECTORS, path);
	json_t *root = json_load_file(name, 0, &error);
	if (!root) {
		fprintf(stderr, "%s:%d: %s\n", name, error.line, error.text);
		exit(1);
	}
	return root;
}

static inline double vectors_number(const json_t *object, const char *key)
{
	return json_number_value(json_object_get(object, key));
}

static inline double vectors_item(const json_t *array, size_t i)
{
	return json_number_value(json_array_get(array, i));
}
