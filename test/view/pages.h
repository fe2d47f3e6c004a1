/* pages.h - compiled templates, so that tests need not include them each. */
#pragma once
struct view;
struct results;
struct survey;
void results_page(struct view *v, const struct results *r);
void survey_form_page(struct view *v, const struct survey *s);
