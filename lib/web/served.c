/* served.c - where people reach this program, known to its shell as well. */
#include "inside.h"
#include "web/web.sql.h"

struct served { str url; };
RECORD(served, FIELD(served, url, .max = 300));

static enum status keep_perform(struct ctx *c, void *of)
{
	struct web *w = of;
	struct served s = { w->settings.url.len ? w->settings.url : w->settings.own_url };
	return store_run(c, served_put, &s, NULL);
}

enum status web_served_keep(struct web *w)
{
	struct ctx c;
	struct arena *a = arena_new();
	context_start(w, &c, a);
	enum status status = store_write_now(w->settings.store, &c, keep_perform, w);
	arena_free(a);
	return status;
}

static enum status find_perform(struct ctx *c, void *of)
{
	bool found;
	return store_find(c, served_find, NOTHING, (struct served *)of, &found);
}

/* Never served yet, or not readable: links begin as they did. */
void web_served_load(struct web *w, struct arena *a)
{
	struct ctx c;
	struct served s = { 0 };
	context_start(w, &c, a);
	if (store_read(w->settings.store, 0, &c, find_perform, &s) == OK && s.url.len)
		w->settings.own_url = s.url;
}
