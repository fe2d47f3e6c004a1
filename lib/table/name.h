/* name.h - names and values inside messages about a table. */
#pragma once
#include "base/context.h"

str number_text(struct arena *a, int64_t n);
str names_joined(struct arena *a, const str *names, size_t count);              /* "a", "b", "c": at most twelve */
str names_near(struct arena *a, str wanted, const str *names, size_t count);    /* the three nearest, or all when none is near */
str value_shown(struct arena *a, str value);               /* at most 40 characters, line ends as spaces */
