/* markdown.c - text that people wrote, as HTML that can do no harm. */
#include "view.h"
#include <cmark.h>
#include <stdlib.h>
#include <string.h>

enum { HEADING_SHIFT = 2, HEADING_LAST = 6 };

/* Raw HTML and images go, with what they hold; headings sink below those of the page. */
static void tame(cmark_node *document)
{
	cmark_iter *i = cmark_iter_new(document);
	cmark_event_type event;
	while ((event = cmark_iter_next(i)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(i);
		cmark_node_type type = cmark_node_get_type(node);
		bool leaf = type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE;
		if (leaf || (type == CMARK_NODE_IMAGE && event == CMARK_EVENT_EXIT)) {
			cmark_node_unlink(node);
			cmark_node_free(node);
		} else if (type == CMARK_NODE_HEADING && event == CMARK_EVENT_ENTER) {
			int level = cmark_node_get_heading_level(node) + HEADING_SHIFT;
			cmark_node_set_heading_level(node, level < HEADING_LAST ? level : HEADING_LAST);
		}
	}
	cmark_iter_free(i);
}

/* In cmark's output '<a href="' stands only where a link begins: text has &lt; instead. */
static str links_mark(struct arena *a, str html)
{
	static const char link[] = "<a href=\"", marked[] = "<a rel=\"nofollow noopener\" href=\"";
	struct buffer b = { 0 };
	for (;;) {
		const char *found = html.len ? memmem(html.at, html.len, link, sizeof link - 1) : NULL;
		if (!found)
			break;
		size_t before = (size_t)(found - html.at);
		buffer_add(&b, str_until(html, before));
		buffer_add(&b, str_of(marked));
		html = str_from(html, before + sizeof link - 1);
	}
	buffer_add(&b, html);
	str s = text_copy(a, buffer_text(&b));
	buffer_done(&b);
	return s;
}

safe_html markdown_view(struct view *v, str text)
{
	if (!text.len)
		return (safe_html){ 0 };
	cmark_node *document = cmark_parse_document(text.at, text.len, CMARK_OPT_VALIDATE_UTF8);
	tame(document);
	char *html = cmark_render_html(document, CMARK_OPT_DEFAULT);
	safe_html safe = { links_mark(v->c->arena, str_of(html)) };
	free(html);
	cmark_node_free(document);
	return safe;
}
