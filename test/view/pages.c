/* pages.c - the records and compiled templates that tests and benchmark share. */
#include "view_test.h"
#include "pages.h"

static const struct choice kinds[] = { { { "open", 4 }, W(survey_kind_open) }, { { "closed", 6 }, W(survey_kind_closed) }, { { 0 }, NULL } };

RECORD(person, FIELD(person, id), FIELD(person, name));
RECORD(result, FIELD(result, name), FIELD(result, answers), FIELD(result, share), FIELD(result, shown));
RECORD(survey,
	FIELD(survey, id),
	FIELD(survey, title,     .label = W(survey_name), .max = 120, .required = true),
	FIELD(survey, why,       .label = W(survey_why), .lines = true),
	FIELD(survey, kind,      .label = W(survey_kind), .choices = kinds, .required = true),
	FIELD(survey, url),
	FIELD(survey, closes,    .label = W(survey_closes), .required = true),
	FIELD(survey, anonymous, .label = W(survey_anonymous)),
	FIELD(survey, floor,     .label = W(survey_floor), .min = 5, .max = 50, .required = true),
	FIELD(survey, weight,    .label = W(survey_weight)),
	FIELD(survey, leader,    .label = W(survey_leader)),
	FIELD(survey, parts,     .label = W(survey_parts)),
	FIELD(survey, file,      .label = W(survey_file), .file = true),
	FIELD(survey, password,  .label = W(survey_password), .secret = true));
RECORD(results, FIELD(results, survey, .of = &survey_record), FIELD(results, share), FIELD(results, groups, .of = &result_record));
RECORD(find, FIELD(find, find, .label = W(survey_find)));

/* A filter of this page's own: {title|shout 2 "!"}. */
static str shout_view(struct view *v, str s, int times, str mark)
{
	for (int i = 0; i < times; i++)
		s = text_join(v->c->arena, s, mark);
	return s;
}

#include "survey_line.html.h"
#include "results.html.h"
#include "survey_form.html.h"

void results_page(struct view *v, const struct results *r) { results_html(v, r); }
void survey_form_page(struct view *v, const struct survey *s) { survey_form_html(v, s); }
