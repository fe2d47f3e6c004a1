/* inside.h - what form.c and input.c know of each other. */
#pragma once
#include "view.h"
#include "view/view.words.h"

str view_typed(const struct view *v, str name);            /* in the form that came back */
str view_source_text(const struct view *v, str name);      /* what stands in a field before anybody types */
