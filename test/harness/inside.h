/* inside.h - what the files of the harness know of each other. */
#pragma once
#include "harness.h"

/* A database like the prepared one, empty or with the demonstration; its URL. `into` is the test's folder. */
str database_new(struct arena *a, bool postgres, bool demo, const char *into);
void database_remove(struct arena *a, str url);
