/* layout.c - navigation, who is signed in, what was just done: the page around a page. */
#include "home.h"
#include "home.words.h"
#include "style/style.h"
#include "view/view.words.h"

struct place { str path, icon; const struct word *label; bool here; };
struct frame {
	str title, language, name, styles, script;
	safe_html crumbs, lead, actions, body;
	list mine, shared, quick;
	bool signed_in, demo, quick_entry;
	str said;
};
RECORD(place, FIELD(place, path), FIELD(place, icon), FIELD(place, here));
RECORD(frame, FIELD(frame, title));
#include "home_layout.html.h"

struct entry { const char *path, *icon, *right; const struct word *label; bool quick; };

/* What is one's own, and what is everybody's. Each stands there only for who may open it. */
static const struct entry own_places[] = {
	{ "/", "house", "signed-in", W(home_today), true },
	{ "/practice", "history", "self.use", W(home_practice), true },
	{ "/my-skills", "sprout", "self.use", W(home_my_skills), true },
	{ "/journal", "book-open", "self.use", W(home_journal), true },
	{ "/learning", "clock", "self.use", W(home_learning), false },
	{ "/my-team", "users", "team.read", W(home_my_team), true },
	{ "/about-me", "shield-check", "self.keep", W(home_about_me), false },
	{ 0 } };

static const struct entry shared_places[] = {
	{ "/strategy", "target", "strategy.read", W(home_strategy), true },
	{ "/gap", "grid-3x3", "gap.read", W(home_gap), false },
	{ "/lens", "clock", "learning.read", W(home_lens), false },
	{ "/surveys", "message-square", "surveys.read", W(home_surveys), false },
	{ "/needs", "search", "needs.read", W(home_needs), false },
	{ "/signals", "trending-up", "signals.read", W(home_signals), false },
	{ "/decks", "file-text", "skills.read", W(home_decks), false },
	{ "/skills", "network", "skills.read", W(home_skills), false },
	{ "/people", "users-round", "people.read", W(home_people), false },
	{ "/import", "upload", "import.run", W(home_import), false },
	{ "/record", "file-text", "record.read", W(home_record), false },
	{ "/tools", "settings", "clients.manage", W(home_tools), false },
	{ "/accounts", "user-plus", "accounts.manage", W(home_accounts), false },
	{ "/trust", "shield-check", "trust.read", W(home_trust), false },
	{ "/reference", "book-open", "signed-in", W(home_reference), false },
	{ 0 } };

enum { QUICK_MAX = 4 };

static bool is_here(str path, str of)
{
	if (of.len == 1)
		return str_eq(path, of);
	return str_starts(path, of) && (path.len == of.len || path.at[of.len] == '/' || path.at[of.len] == '?');
}

static void places_add(struct view *v, struct frame *f, list *to, const struct entry *entries, str path)
{
	for (const struct entry *e = entries; e->path; e++) {
		if (!v->may(v, str_of(e->right)))
			continue;
		struct place p = { str_of(e->path), str_of(e->icon), e->label, is_here(path, str_of(e->path)) };
		*list_add(v->c->arena, to, struct place) = p;
		if (e->quick && f->quick.count < QUICK_MAX)
			*list_add(v->c->arena, &f->quick, struct place) = p;
	}
}

void home_layout(struct view *v, const struct layout *l)
{
	struct frame f = { .title = l->title, .body = l->body, .language = v->language == NL ? S("nl") : S("en"), .name = l->name,
		.styles = str_of(style_css_url), .script = str_of(style_script_url), .signed_in = l->signed_in, .demo = l->demo,
		.crumbs = { buffer_text(&v->crumbs) }, .lead = { buffer_text(&v->lead) }, .actions = { buffer_text(&v->actions) } };
	if (l->signed_in) {
		places_add(v, &f, &f.mine, own_places, l->path);
		places_add(v, &f, &f.shared, shared_places, l->path);
	}
	/* One line for one's own log, from wherever one is; the log itself asks for it in its own words. */
	f.quick_entry = l->signed_in && v->may(v, S("self.use")) && !is_here(l->path, S("/journal"));
	if (l->said)
		f.said = l->said->text[v->language];
	layout_html(v, &f);
}
