/* shell.c - retention from a terminal: what is past its term, and removing it now. */
#include "inside.h"
#include "keeping.h"
#include "shell/shell.h"

/* Whoever has the machine may run what every night runs: only decided terms work. */
static enum status call(struct shell *sh, const char *operation, const list *given, void **out)
{
	sh->unprotected = !sh->by.as.len;
	return shell_call(sh, operation, given, out);
}

COMMAND(retention, "[--dry-run]", "Removes what is past its term, by the terms the organisation decided; nothing before it did.",
	OPTIONS({ "dry-run", NULL, "only count" }))
{
	list given = { 0 };
	void *out;
	enum status status = call(sh, "keeping_counts", &given, &out);
	if (status != OK)
		return shell_finish(sh, status);
	const struct keeping_counts *k = out;
	for (each(struct keeping_count, x, k->kinds))
		buffer_add_format(&sh->out, "%-24.*s %10lld  %s" S_FMT "\n", S_ARG(x->name), (long long)x->past, x->decided ? "" : "(not decided) ", S_ARG(x->term));
	if (shell_has(sh, S("dry-run")))
		return shell_finish(sh, OK);
	struct { int64_t kind, removed; } at = { 0, 0 };
	for (bool more = true; more; ) {
		given = (list){ 0 };
		shell_give(sh, &given, S("kind"), text_format(sh->arena, "%lld", (long long)at.kind));
		shell_give(sh, &given, S("removed"), text_format(sh->arena, "%lld", (long long)at.removed));
		status = call(sh, "keeping_sweep_some", &given, &out);
		if (status != OK)
			return shell_finish(sh, status);
		const struct sweep_step *s = out;
		at.kind = s->kind;
		at.removed = s->removed;
		more = s->more;
	}
	shell_say(sh, "wijzer: what was past its term is gone");
	return shell_finish(sh, OK);
}

COMMAND(kinds, "", "What is kept about people: why, who sees it, how long at first, and what erasing does; the list in docs/privacy.md.", OPTIONS(), .needs = NEEDS_NO_DATABASE)
{
	const enum language l = sh->c.language;
	const struct terms none = { 0 };
	buffer_add(&sh->out, l == NL ? S("| wat | waarvoor, en op welke grond | wie het ziet | hoe lang (voorstel) | bij wissen |\n|---|---|---|---|---|\n")
		: S("| what | what for, and on which ground | who sees it | how long (as proposed) | when somebody is erased |\n|---|---|---|---|---|\n"));
	for (size_t i = 0; i < keeps_count(); i++) {
		const struct keep *k = keeps_at(i);
		bool decided;
		str term = keep_terms_say(&sh->c, &none, k, &decided);
		buffer_add_format(&sh->out, "| **" S_FMT "** | " S_FMT " *" S_FMT "* | " S_FMT " | " S_FMT " | " S_FMT " |\n", S_ARG(k->what->text[l]), S_ARG(k->why->text[l]), S_ARG(ground_word(k->ground)->text[l]),
			S_ARG(k->seen->text[l]), S_ARG(term), S_ARG(k->erasing->text[l]));
	}
	return shell_finish(sh, OK);
}
