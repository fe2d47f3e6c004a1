/* rules.c - the elements and attributes there are, and what each must have to be safe and within everybody's reach. */
#include "template.h"
#include <string.h>

static const struct { const char *name; unsigned flags; } elements[] = {
	{ "a", INLINE }, { "abbr", INLINE }, { "address", CLOSES_P }, { "article", CLOSES_P }, { "aside", CLOSES_P }, { "audio", INLINE },
	{ "applet", REFUSED }, { "b", INLINE }, { "base", REFUSED }, { "bdi", INLINE }, { "bdo", INLINE }, { "blockquote", CLOSES_P }, { "body", 0 },
	{ "br", VOID }, { "button", INLINE }, { "caption", 0 }, { "cite", INLINE }, { "code", INLINE | CODE }, { "col", VOID }, { "colgroup", TABLE },
	{ "data", INLINE }, { "datalist", INLINE }, { "dd", 0 }, { "del", INLINE }, { "details", CLOSES_P }, { "dfn", INLINE }, { "dialog", CLOSES_P },
	{ "div", CLOSES_P }, { "dl", CLOSES_P }, { "dt", 0 }, { "em", INLINE }, { "embed", REFUSED }, { "fieldset", CLOSES_P }, { "figcaption", CLOSES_P },
	{ "figure", CLOSES_P }, { "font", REFUSED }, { "footer", CLOSES_P }, { "form", REFUSED }, { "frame", REFUSED }, { "h1", CLOSES_P }, { "h2", CLOSES_P },
	{ "h3", CLOSES_P }, { "h4", CLOSES_P }, { "h5", CLOSES_P }, { "h6", CLOSES_P }, { "head", 0 }, { "header", CLOSES_P }, { "hgroup", CLOSES_P },
	{ "hr", VOID | CLOSES_P }, { "html", 0 }, { "i", INLINE }, { "iframe", REFUSED }, { "img", VOID | INLINE }, { "input", VOID | INLINE | CONTROL },
	{ "ins", INLINE }, { "kbd", INLINE | CODE }, { "label", INLINE }, { "legend", 0 }, { "li", 0 }, { "link", VOID }, { "main", CLOSES_P },
	{ "mark", INLINE }, { "menu", CLOSES_P }, { "meta", VOID }, { "meter", INLINE }, { "nav", CLOSES_P }, { "noscript", 0 }, { "object", REFUSED },
	{ "ol", CLOSES_P }, { "optgroup", 0 }, { "option", WORDS }, { "output", INLINE }, { "p", CLOSES_P }, { "picture", INLINE }, { "pre", CLOSES_P | EXACT },
	{ "progress", INLINE }, { "q", INLINE }, { "s", INLINE }, { "samp", INLINE | CODE }, { "script", 0 }, { "search", CLOSES_P }, { "section", CLOSES_P },
	{ "select", INLINE | CONTROL }, { "small", INLINE }, { "source", VOID }, { "span", INLINE }, { "strong", INLINE }, { "style", REFUSED },
	{ "sub", INLINE }, { "summary", 0 }, { "sup", INLINE }, { "table", CLOSES_P | TABLE }, { "tbody", TABLE }, { "td", 0 }, { "template", 0 },
	{ "textarea", INLINE | WORDS | EXACT | CONTROL }, { "tfoot", TABLE }, { "th", 0 }, { "thead", TABLE }, { "time", INLINE }, { "title", WORDS },
	{ "tr", TABLE }, { "track", VOID }, { "u", INLINE }, { "ul", CLOSES_P }, { "var", INLINE }, { "video", INLINE }, { "wbr", VOID | INLINE },
	{ "circle", SVG }, { "clipPath", SVG }, { "defs", SVG }, { "desc", SVG | WORDS }, { "ellipse", SVG }, { "g", SVG }, { "line", SVG },
	{ "linearGradient", SVG }, { "marker", SVG }, { "mask", SVG }, { "path", SVG }, { "pattern", SVG }, { "polygon", SVG }, { "polyline", SVG },
	{ "rect", SVG }, { "stop", SVG }, { "svg", SVG | INLINE }, { "symbol", SVG }, { "text", SVG | WORDS }, { "tspan", SVG | INLINE | WORDS },
	{ "use", SVG }, { "foreignObject", REFUSED }, { "animate", REFUSED }, { "set", REFUSED },
};

unsigned element_flags(str name, bool *known)
{
	for (size_t i = 0; i < sizeof elements / sizeof elements[0]; i++)
		if (str_eq(name, str_of(elements[i].name))) {
			*known = true;
			return elements[i].flags;
		}
	*known = false;
	return 0;
}

static bool one_of(str name, const char *const *names)
{
	while (*names && !str_eq(name, str_of(*names)))
		names++;
	return *names != NULL;
}

bool attribute_is_url(str name)
{
	static const char *const names[] = { "href", "src", "action", "formaction", "poster", "cite", "ping", "xlink:href", NULL };
	return one_of(name, names);
}

bool attribute_is_for_people(str name)
{
	static const char *const names[] = { "alt", "title", "placeholder", "label", "abbr", "aria-label", "aria-description", "aria-valuetext",
		"aria-roledescription", NULL };
	return one_of(name, names);
}

const struct attribute *attribute_find(const struct element *e, const char *name)
{
	for (each(struct attribute, a, e->attributes))
		if (str_eq(a->name, str_of(name)))
			return a;
	return NULL;
}

static bool has(const struct element *e, const char *name)
{
	return attribute_find(e, name) != NULL;
}

static bool is(const struct element *e, const char *name)
{
	return str_eq(e->name, str_of(name));
}

/* One more attribute of the tag being read. */
void attribute_check(struct template *t, const struct element *e, str name)
{
	static const char *const refused[] = { "srcdoc", "srcset", "background", "data", "http-equiv", "accesskey", "autofocus", NULL };
	for (each(struct attribute, a, e->attributes))
		if (str_eq(a->name, name) && !a->elsewhere)
			fail(t, t->line, "<" S_FMT "> has " S_FMT " twice", S_ARG(e->name), S_ARG(name));
	if (str_eq(name, S("style")))
		fail(t, t->line, "no style=: give it a class of lib/style");
	if (str_starts(name, S("on")))
		fail(t, t->line, "no " S_FMT "=: behaviour belongs in enhance.js", S_ARG(name));
	if (one_of(name, refused))
		fail(t, t->line, "no " S_FMT "= here", S_ARG(name));
	if (str_eq(name, S("tabindex")) && is(e, "a"))
		fail(t, t->line, "a link needs no tabindex");
}

static const struct element *inside(const struct template *t, const char *name)
{
	for (size_t i = 0; i + 1 < t->html.depth; i++)
		if (is(&t->html.open[i], name))
			return &t->html.open[i];
	return NULL;
}

static void control_check(struct template *t, const struct element *e)
{
	const struct attribute *type = attribute_find(e, "type"), *id = attribute_find(e, "id");
	static const char *const buttons[] = { "submit", "button", "image", "reset", NULL };
	if (is(e, "input") && type && str_eq(type->value, S("hidden")))
		return;
	if (is(e, "input") && type && one_of(type->value, buttons))
		fail(t, e->line, "write a <button> with a word in it, or {submit …}");
	if (has(e, "aria-label") || has(e, "aria-labelledby") || inside(t, "label"))
		return;
	if (!id)
		fail(t, e->line, "<" S_FMT "> has no label: give it an id and a <label for=…>, or an aria-label", S_ARG(e->name));
	*list_add(t->arena, &t->html.controls, struct labelled) = (struct labelled){ id->value, e->line };
}

static void heading_check(struct template *t, const struct element *e)
{
	int level = e->name.len == 2 && e->name.at[0] == 'h' ? e->name.at[1] - '0' : 0;
	if (level < 1 || level > 6)
		return;
	if (level == 1 && !t->layout)
		fail(t, e->line, "<h1> belongs to the layout; a page begins with {title} and <h2>");
	bool begins = level == 2 || (!t->html.heading && t->part);         /* a part begins where its page is */
	if (level > t->html.heading + 1 && !begins)
		fail(t, e->line, "<h%d> skips a level", level);
	t->html.heading = level;
}

void element_check(struct template *t, struct element *e)
{
	const struct attribute *target = attribute_find(e, "target"), *rel = attribute_find(e, "rel"), *name = attribute_find(e, "for");
	if (is(e, "a") && !has(e, "href"))
		fail(t, e->line, "<a> without href: a link goes somewhere; what does something is a <button>");
	if (target && str_has(target->value, S("_blank")) && !(rel && str_has(rel->value, S("noopener"))))
		fail(t, e->line, "target=\"_blank\" needs rel=\"noopener\"");
	if (is(e, "img") && !has(e, "alt"))
		fail(t, e->line, "<img> without alt; alt=\"\" when it says nothing new");
	if (is(e, "button") && !has(e, "type"))
		fail(t, e->line, "<button> without type");
	if (is(e, "th") && !has(e, "scope"))
		fail(t, e->line, "<th> without scope=\"col\" or \"row\"");
	if (is(e, "script") && !has(e, "src"))
		fail(t, e->line, "no script in a page: the policy refuses it; write it in enhance.js");
	if (e->flags & CONTROL)
		control_check(t, e);
	if (is(e, "label") && name)
		*list_add(t->arena, &t->html.labels, struct labelled) = (struct labelled){ name->value, e->line };
	if (is(e, "title") && inside(t, "svg"))
		for (size_t i = 0; i + 1 < t->html.depth; i++)
			t->html.open[i].titled = true;
	static const char *const pressed[] = { "a", "button", NULL };
	if (one_of(e->name, pressed) && (inside(t, "a") || inside(t, "button")))
		fail(t, e->line, "<" S_FMT "> inside a link or button", S_ARG(e->name));
	const struct element *p = e->flags & CLOSES_P ? inside(t, "p") : NULL;
	if (p)
		fail(t, e->line, "<" S_FMT "> cannot stand in the <p> of line %d: browsers end it there", S_ARG(e->name), p->line);
	heading_check(t, e);
}

void element_end_check(struct template *t, struct element *e)
{
	if (is(e, "svg") && !e->titled && !has(e, "aria-hidden") && !has(e, "aria-label") && !has(e, "aria-labelledby"))
		fail(t, e->line, "<svg> without <title>; aria-hidden=\"true\" when a word stands beside it");
}

void labels_check(struct template *t)
{
	for (each(struct labelled, c, t->html.controls)) {
		bool found = false;
		for (each(struct labelled, l, t->html.labels))
			found |= str_eq(l->id, c->id);
		if (!found)
			fail(t, c->line, "nothing is a <label for=\"" S_FMT "\">", S_ARG(c->id));
	}
}
