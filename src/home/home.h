/* home.h - the page around every page, and the pages people begin with. */
#pragma once
#include "web/web.h"

void home_layout(struct view *v, const struct layout *l);                 /* web_app.layout */
void home_problem(struct view *v, int status, const struct ctx *c);       /* web_app.problem */
