/* problem.c - the page that says why something cannot be shown or done, and who can help. */
#include "home.h"
#include "home.words.h"
#include "view/view.words.h"

struct trouble { int64_t status; str said, request_id; bool signed_in; list problems; };
struct trouble_line { str said; };
RECORD(trouble, FIELD(trouble, status));
RECORD(trouble_line, FIELD(trouble_line, said));
#include "home_problem.html.h"

void home_problem(struct view *v, int status, const struct ctx *c)
{
	struct trouble t = { .status = status, .said = said_text(c->arena, v->language, &c->said), .request_id = c->request_id, .signed_in = c->me.account != 0 };
	for (each(struct problem, p, c->problems))
		list_add(c->arena, &t.problems, struct trouble_line)->said = said_text(c->arena, v->language, &p->said);
	problem_html(v, &t);
}
