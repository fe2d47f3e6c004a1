/* shell.c - fitting from a terminal: what was found, beside what it must be better than. */
#include "inside.h"
#include "shell/shell.h"
#include <math.h>

static void figure(struct shell *sh, const char *name, double x)
{
	if (isnan(x))
		buffer_add_format(&sh->out, "%-28s -\n", name);
	else
		buffer_add_format(&sh->out, "%-28s %.4f\n", name, x);
}

/* No person's data is shown: sums over everybody's answers. */
COMMAND(practice_fit, "", "Fits the pace of practice to everybody's answers; used only when it forecasts the most recent fifth better.", OPTIONS())
{
	list given = { 0 };
	void *out;
	sh->unprotected = !sh->by.as.len;
	enum status status = shell_call(sh, "practice_fit_make", &given, &out);
	if (status == OK) {
		const struct fit_result *r = out;
		buffer_add_format(&sh->out, "%-28s %lld\n%-28s %lld\n", "answers", (long long)r->answers, "forecasts held out", (long long)r->held);
		figure(sh, "log loss, fitted", r->loss);
		figure(sh, "log loss, as it ships", r->loss_shipped);
		figure(sh, "log loss, moving average", r->loss_average);
		buffer_add_format(&sh->out, "%-28s %s\n", "used from now on", r->used ? "the fitted weights" : "those that ship");
		if (r->why.len)
			buffer_add_format(&sh->out, "%-28s " S_FMT "\n", "why", S_ARG(r->why));
	}
	return shell_finish(sh, status);
}
