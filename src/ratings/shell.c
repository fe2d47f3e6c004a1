/* shell.c - the policy from a terminal: how sources are weighed, and what a fit finds. */
#include "inside.h"
#include "shell/shell.h"
#include <stdio.h>

/* No person's data is shown: whoever has the machine may read and set how sources are weighed, as themselves or as the operator. */
static enum status call(struct shell *sh, const char *operation, const list *given, void **out)
{
	sh->unprotected = !sh->by.as.len;
	return shell_call(sh, operation, given, out);
}

/* The server does this by a job; from the shell it is done when the command ends. */
static enum status estimates_again(struct shell *sh)
{
	struct some *at;
	void *out;
	str after = S("0");
	do {
		list given = { 0 };
		shell_give(sh, &given, S("after"), after);
		TRY(call(sh, "estimates_refresh", &given, &out));
		at = out;
		after = text_format(sh->arena, "%lld", (long long)at->after);
	} while (at->after);
	return OK;
}

COMMAND(policy_show, "", "How sources are weighted, aged and corrected.", OPTIONS())
{
	list given = { 0 };
	void *out;
	enum status status = call(sh, "policy_show", &given, &out);
	if (status == OK) {
		const struct policy_view *p = out;
		if (p->id)
			buffer_add_format(&sh->out, "# version %lld, since " S_FMT "\n", (long long)p->id, S_ARG(instant_iso(sh->arena, p->since)));
		else
			buffer_add(&sh->out, S("# as it ships\n"));
		if (!p->fitting_allowed)
			buffer_add(&sh->out, S("# estimates_fitting is off: published weights count, whatever severity says\n"));
		buffer_add(&sh->out, p->text);
		if (!str_ends(p->text, S("\n")))
			buffer_add(&sh->out, S("\n"));
	}
	return shell_finish(sh, status);
}

enum { POLICY_BYTES_MAX = 20000 };

COMMAND(policy_set, "FILE", "A new version of it; all estimates are made again.", OPTIONS())
{
	static char bytes[POLICY_BYTES_MAX + 1];
	list given = { 0 };
	void *out;
	if (!shell_need_words(sh, 1))
		return USAGE;
	const char *path = text_c(sh->arena, shell_word(sh, 0));
	FILE *f = fopen(path, "rb");
	size_t len = f ? fread(bytes, 1, sizeof bytes, f) : 0;
	if (f)
		fclose(f);
	if (!f || len > POLICY_BYTES_MAX) {
		shell_say(sh, f ? "%s is larger than a policy can be (%d bytes)." : "%s cannot be read.", path, POLICY_BYTES_MAX);
		return REFUSED;
	}
	shell_give(sh, &given, S("text"), (str){ bytes, len });
	enum status status = call(sh, "policy_set", &given, &out);
	if (status == OK)
		status = estimates_again(sh);
	return shell_finish(sh, status);
}

COMMAND(policy_fit, "", "Works out from crossed ratings how sources and raters differ; kept where the policy and the setting estimates_fitting want it.", OPTIONS())
{
	list given = { 0 };
	void *out;
	enum status status = call(sh, "policy_fit", &given, &out);
	if (status == OK) {
		const struct fitted *f = out;
		buffer_add_format(&sh->out, "ratings %lld\nsubjects %lld\nraters %lld\ncontexts %lld\n", (long long)f->fit.ratings, (long long)f->fit.subjects,
			(long long)f->fit.raters, (long long)f->fit.contexts);
		buffer_add_format(&sh->out, "variance.rater %.5f\nvariance.subject %.5f\nvariance.context_in_unit %.5f\nvariance.residual %.5f\ndeviance %.1f\n",
			f->fit.rater_variance, f->fit.subject_variance, f->fit.context_variance, f->fit.residual, f->fit.deviance);
		buffer_add_format(&sh->out, "used %s\n", f->kept ? "yes" : !f->asked ? "no, the policy says severity = published" : "no, the setting estimates_fitting is off");
		if (f->kept)
			status = estimates_again(sh);
	}
	return shell_finish(sh, status);
}
