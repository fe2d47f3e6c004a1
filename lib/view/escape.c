/* escape.c - values that somebody typed, made harmless for the place where they stand. */
#include "view.h"
#include <string.h>

static const str entities[] = { { "", 0 }, { "&amp;", 5 }, { "&lt;", 4 }, { "&gt;", 4 }, { "&quot;", 6 }, { "&#39;", 5 } };
static const unsigned char entity_of[256] = { ['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4, ['\''] = 5 };

void view_text(struct view *v, str s)
{
	struct buffer *b = v->out;
	size_t from = 0;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char entity = entity_of[(unsigned char)s.at[i]];
		if (__builtin_expect(!entity, 1))
			continue;
		if (i > from)
			buffer_add(b, (str){ s.at + from, i - from });
		buffer_add(b, entities[entity]);
		from = i + 1;
	}
	if (s.len > from)
		buffer_add(b, (str){ s.at + from, s.len - from });
}

static bool is_unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

/* A segment "." or ".." would climb; its points are written so that it cannot be one: browsers undo %2E, so a value
 * that is nothing but points becomes "-". No identifier of ours is one. */
static bool is_climbing(str s)
{
	return str_eq(s, S(".")) || str_eq(s, S(".."));
}

void view_url(struct view *v, str s)
{
	static const char hex[] = "0123456789ABCDEF";
	struct buffer *b = v->out;
	if (is_climbing(s)) {
		buffer_add_char(b, '-');
		return;
	}
	buffer_reserve(b, s.len * 3);
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];
		if (is_unreserved(c)) {
			b->at[b->len++] = (char)c;
		} else {
			b->at[b->len++] = '%';
			b->at[b->len++] = hex[c >> 4];
			b->at[b->len++] = hex[c & 15];
		}
	}
}

static bool starts_ignoring_case(str s, str with)
{
	return s.len >= with.len && str_eq_ignoring_case(str_until(s, with.len), with);
}

/* Browsers drop tabs and line ends inside a URL and read '\' as '/', so that "/\t/evil" leaves the site: none of these passes. */
static bool is_fit_url(str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];
		if (c <= ' ' || c == 0x7F || c == '\\')
			return false;
	}
	if (s.len && s.at[0] == '/')
		return s.len == 1 || s.at[1] != '/';
	if (s.len && (s.at[0] == '?' || s.at[0] == '#'))
		return true;
	return starts_ignoring_case(s, S("https://")) || starts_ignoring_case(s, S("http://")) || starts_ignoring_case(s, S("mailto:"));
}

void view_link(struct view *v, str s)
{
	view_text(v, is_fit_url(s) ? s : S("#"));
}

void view_html(struct view *v, safe_html h)
{
	buffer_add(v->out, h.html);
}

void view_c_text(struct view *v, const char *s)
{
	view_text(v, str_of(s));
}

void view_done(struct view *v)
{
	buffer_done(&v->title);
	buffer_done(&v->crumbs);
	buffer_done(&v->lead);
	buffer_done(&v->actions);
	buffer_done(&v->body);
}
