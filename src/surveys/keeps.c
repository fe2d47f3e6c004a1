/* keeps.c - what surveys keep of people, how long, and why answers cannot be given back or erased: nobody knows whose they are. */
#include "inside.h"
#include "trust/trust.h"

struct survey_asked_kept { str name; date opens, closes; bool part; };
struct survey_promise_kept { str what, told; date due, told_day; };
RECORD(survey_asked_kept, FIELD(survey_asked_kept, name), FIELD(survey_asked_kept, opens), FIELD(survey_asked_kept, closes), FIELD(survey_asked_kept, part));
RECORD(survey_promise_kept, FIELD(survey_promise_kept, what), FIELD(survey_promise_kept, due), FIELD(survey_promise_kept, told, .max = 1000), FIELD(survey_promise_kept, told_day));

SETTING(surveys_asked_kept_months, "24", W(surveys_asked_kept), W(surveys_asked_kept_why), 3, 60)
SETTING(surveys_answers_kept_months, "60", W(surveys_answers_kept), W(surveys_answers_kept_why), 12, 120)

KEEPS(surveys_asked,
	.what = W(surveys_keeps_asked), .why = W(surveys_keeps_asked_why), .seen = W(surveys_keeps_asked_seen), .erasing = W(surveys_keeps_asked_erasing),
	.ground = GROUND_INTEREST, .page = "/surveys", .tables = "survey_asked survey_listed", .after_making = "surveys_asked_kept_months",
	.count = &query_surveys_asked_count, .rows = KEEP_ROWS({ "surveys", &query_surveys_asked_rows }), .past = &query_surveys_asked_past,
	.remove = KEEP_QUERIES(&query_surveys_asked_remove), .erase = KEEP_QUERIES(&query_surveys_asked_erase, &query_surveys_listed_erase))

KEEPS(surveys_promises,
	.what = W(surveys_keeps_promises), .why = W(surveys_keeps_promises_why), .seen = W(surveys_keeps_promises_seen), .erasing = W(surveys_keeps_promises_erasing),
	.until = W(surveys_keeps_promises_until), .ground = GROUND_INTEREST, .page = "/surveys/told", .tables = "survey survey_action",
	.count = &query_surveys_promises_count, .rows = KEEP_ROWS({ "survey-promises", &query_surveys_promises_rows }),
	.erase = KEEP_QUERIES(&query_surveys_promises_erase, &query_surveys_owner_erase))

KEEPS(surveys_answers,
	.what = W(surveys_keeps_answers), .why = W(surveys_keeps_answers_why), .seen = W(surveys_keeps_answers_seen), .erasing = W(surveys_keeps_answers_erasing),
	.ground = GROUND_INTEREST, .page = "/surveys", .after_making = "surveys_answers_kept_months",
	.tables = "survey_round survey_question survey_cell survey_view survey_sealed survey_spent survey_response survey_comment survey_figure survey_scale survey_climate survey_team survey_driver survey_compared",
	.past = &query_surveys_answers_past, .remove = KEEP_QUERIES(&query_surveys_responses_remove, &query_surveys_comments_remove))
