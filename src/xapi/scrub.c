/* scrub.c - somebody taken out of a JSON text or another one: as an Agent or Group, and where else they are named. */
#include "scrub.h"
#include "store.h"
#include "reading.h"
#include "base/sign.h"
#include "record/record.h"
#include <string.h>

enum { NAME_BYTES_MIN = 5, ACCOUNT_BYTES_MIN = 4 };

/* ---- Words ---- */

static unsigned char small(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static bool goes_on(char c, bool strict)
{
	unsigned char x = small(c);
	return (x >= 'a' && x <= 'z') || (x >= '0' && x <= '9') || x >= 0x80 || x == '_' || (strict && (x == '-' || x == '+' || x == '%' || x == '~'));
}

/* A word ends at a point, unless the point goes on: anna@x.example is not in anna@x.example.org. */
static bool is_alone(str in, size_t at, size_t len, bool strict)
{
	if (at && (goes_on(in.at[at - 1], strict) || (strict && in.at[at - 1] == '.')))
		return false;
	size_t end = at + len;
	if (end < in.len && goes_on(in.at[end], strict))
		return false;
	return !(strict && end + 1 < in.len && in.at[end] == '.' && goes_on(in.at[end + 1], false));
}

static bool word_find(str in, size_t from, const struct scrub_word *w, size_t *at)
{
	if (w->text.len > in.len)
		return false;
	unsigned char first = small(w->text.at[0]);
	for (size_t i = from; i + w->text.len <= in.len; i++) {
		if (small(in.at[i]) != first)
			continue;
		size_t k = 1;
		while (k < w->text.len && small(in.at[i + k]) == small(w->text.at[k]))
			k++;
		if (k == w->text.len && is_alone(in, i, k, w->strict)) {
			*at = i;
			return true;
		}
	}
	return false;
}

static const struct scrub_word *next_word(const struct scrub *s, str in, size_t from, bool known, size_t *at)
{
	const struct scrub_word *found = NULL;
	for (int k = 0; k <= known; k++)
		for (each(const struct scrub_word, w, k ? s->likely : s->sure)) {
			size_t here;
			if (word_find(in, from, w, &here) && (!found || here < *at || (here == *at && w->text.len > found->text.len))) {
				found = w;
				*at = here;
			}
		}
	return found;
}

bool scrub_text(struct arena *a, const struct scrub *s, str text, bool known, str *out)
{
	struct buffer b = { 0 };
	size_t from = 0, at = 0;
	for (const struct scrub_word *w; (w = next_word(s, text, from, known, &at)); from = at + w->text.len) {
		buffer_add(&b, (str){ text.at + from, at - from });
		buffer_add(&b, w->instead.len ? w->instead : s->pseudonym);
	}
	if (!from)
		return false;
	buffer_add(&b, str_from(text, from));
	*out = text_copy(a, buffer_text(&b));
	buffer_done(&b);
	return true;
}

bool scrub_is_in(const struct scrub *s, str bytes)
{
	size_t at;
	return next_word(s, bytes, 0, false, &at) != NULL;
}

bool scrub_may_be(const struct scrub *s, str bytes)
{
	return (bytes.len && memchr(bytes.at, '\\', bytes.len)) || scrub_is_in(s, bytes);
}

static void word_add(struct arena *a, list *to, str text, str instead, bool strict)
{
	for (each(struct scrub_word, w, *to))
		if (str_eq_ignoring_case(w->text, text))
			return;
	if (text.len)
		*list_add(a, to, struct scrub_word) = (struct scrub_word){ text, instead, strict };
}

static str with_percent(struct arena *a, str address)
{
	str before, behind;
	str_cut(address, '@', &before, &behind);
	return text_format(a, S_FMT "%%40" S_FMT, S_ARG(before), S_ARG(behind));
}

static bool has_only_digits(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] < '0' || s.at[i] > '9')
			return false;
	return true;
}

void scrub_key_add(struct arena *a, struct scrub *s, str kind, str key)
{
	for (each(struct actor_row, k, s->keys))
		if (str_eq(k->kind, kind) && str_eq(k->key, key))
			return;
	*list_add(a, &s->keys, struct actor_row) = (struct actor_row){ .kind = kind, .key = key };
	if (str_eq(kind, S("mbox"))) {
		str address = str_starts(key, S("mailto:")) ? str_from(key, 7) : key;
		word_add(a, &s->sure, address, (str){ 0 }, true);
		word_add(a, &s->sure, with_percent(a, address), (str){ 0 }, true);
		word_add(a, &s->sure, sha1_hex(a, text_format(a, "mailto:" S_FMT, S_ARG(address))), (str){ 0 }, false);
	} else if (str_eq(kind, S("account"))) {
		str home, name;
		str_cut(key, ' ', &home, &name);
		if (str_has(name, S("@")))
			word_add(a, &s->sure, name, (str){ 0 }, true);
		else if (name.len >= ACCOUNT_BYTES_MIN && !has_only_digits(name))
			word_add(a, &s->likely, name, (str){ 0 }, true);
	} else {
		bool uri = str_eq(kind, S("openid"));              /* stays a URI, wherever one is asked for */
		word_add(a, &s->sure, key, uri ? text_format(a, ERASED_HOME ":" S_FMT, S_ARG(s->pseudonym)) : (str){ 0 }, uri);
	}
}

/* A single word may be anybody's, or no name at all. */
void scrub_name_add(struct arena *a, struct scrub *s, str name)
{
	name = str_trim(name);
	if (name.len >= NAME_BYTES_MIN && str_has(name, S(" ")))
		word_add(a, &s->likely, name, (str){ 0 }, false);
}

/* ---- JSON ---- */

struct edit { size_t from, to; str text; };
struct scrubbing {
	struct arena *a;
	const struct scrub *s;
	const struct json *j;
	bool known, acting;
	list edits;                                        /* of struct edit, in the order of the text */
	list passed;                                       /* of uint32_t: nodes whose text stays */
};

static void edit_add(struct scrubbing *g, size_t from, size_t to, str text)
{
	*list_add(g->a, &g->edits, struct edit) = (struct edit){ from, to, text };
}

static str quoted(struct arena *a, str text)
{
	struct buffer b = { 0 };
	json_write_text(&b, text);
	str q = text_copy(a, buffer_text(&b));
	buffer_done(&b);
	return q;
}

/* Where the key of a member stands, in quotes; before its value come a colon and white space. */
static void key_span(const struct json *j, uint32_t n, size_t *from, size_t *to)
{
	size_t at = j->nodes[n].at;
	while (at && j->text.at[at - 1] != '"')
		at--;
	*to = at;
	for (at = at ? at - 1 : 0; at; at--) {             /* on the closing quote; back to the opening one, which no odd number of slashes stands before */
		size_t slashes = 0;
		if (j->text.at[at - 1] != '"')
			continue;
		while (slashes + 1 < at && j->text.at[at - 2 - slashes] == '\\')
			slashes++;
		if (slashes % 2 == 0)
			break;
	}
	*from = at ? at - 1 : 0;
}

static size_t key_at(const struct json *j, uint32_t n)
{
	size_t from, to;
	key_span(j, n, &from, &to);
	return from;
}

static str account_key(struct arena *a, const struct json *j, uint32_t n)
{
	return text_format(a, S_FMT " " S_FMT, S_ARG(member_text(j, n, S("homePage"))), S_ARG(member_text(j, n, S("name"))));
}

/* The identifier of an object that is somebody; 0: it is nobody. */
static uint32_t identifier_of(const struct json *j, uint32_t n)
{
	static const char *const kinds[] = { "mbox", "mbox_sha1sum", "openid", "account" };
	for (int i = 0; i < 4; i++) {
		uint32_t at = json_find(j, n, str_of(kinds[i]));
		if (at && j->nodes[at].type == (i == 3 ? JSON_OBJECT : JSON_TEXT))
			return at;
	}
	return 0;
}

static bool is_them(const struct scrubbing *g, uint32_t at)
{
	const struct json_node *n = &g->j->nodes[at];
	str key = n->type == JSON_OBJECT ? account_key(g->a, g->j, at) : n->text;
	bool any_case = str_starts(n->key, S("mbox"));
	for (each(const struct actor_row, k, g->s->keys))
		if (str_eq(k->kind, n->key) && (any_case ? str_eq_ignoring_case(k->key, key) : str_eq(k->key, key)))
			return true;
	return false;
}

static str pseudonym_account(const struct scrubbing *g)
{
	return text_format(g->a, "{\"homePage\":\"" ERASED_HOME "\",\"name\":\"" S_FMT "\"}", S_ARG(g->s->pseudonym));
}

static void pass(struct scrubbing *g, uint32_t n)
{
	if (n)
		*list_add(g->a, &g->passed, uint32_t) = n;
}

static bool is_passed(const struct scrubbing *g, uint32_t n)
{
	for (size_t i = g->passed.count; i > 0; i--)
		if (*list_item(g->passed, uint32_t, i - 1) == n)
			return true;
	return false;
}

/* An Agent or Group. Answers the node to go on with: behind it, or with what it holds. */
static uint32_t somebody(struct scrubbing *g, uint32_t n, uint32_t at, bool top)
{
	const struct json *j = g->j;
	uint32_t name = json_find(j, n, S("name")), members = json_find(j, n, S("member"));
	bool group = is_group(j, n), them = is_them(g, at);
	g->acting |= them && top;
	if (!group) {
		if (them)
			edit_add(g, j->nodes[n].at, j->nodes[n].end, text_format(g->a, "{\"objectType\":\"Agent\",\"account\":" S_FMT "}", S_ARG(pseudonym_account(g))));
		return j->nodes[n].next;
	}
	pass(g, at);
	pass(g, name);
	if (them) {
		edit_add(g, key_at(j, at), j->nodes[at].end, text_format(g->a, "\"account\":" S_FMT, S_ARG(pseudonym_account(g))));
		if (name)
			edit_add(g, j->nodes[name].at, j->nodes[name].end, quoted(g->a, g->s->pseudonym));
	}
	return members || them ? n + 1 : j->nodes[n].next;
}

static void text_edit(struct scrubbing *g, size_t from, size_t to, str text)
{
	str instead;
	if (scrub_text(g->a, g->s, text, g->known, &instead))
		edit_add(g, from, to, quoted(g->a, instead));
}

static int by_place(const void *a, const void *b)
{
	const struct edit *x = a, *y = b;
	return (x->from > y->from) - (x->from < y->from);
}

static void edits_collect(struct scrubbing *g)
{
	const struct json *j = g->j;
	uint32_t free_until = 0, top_until = 0;                /* inside extensions; inside the statement's own actor */
	uint32_t actor = json_find(j, 0, S("actor")), object = json_find(j, 0, S("object"));
	for (uint32_t n = 0; n < j->count; ) {
		const struct json_node *v = &j->nodes[n];
		if (is_passed(g, n)) {
			n = v->next;
			continue;
		}
		if (n >= free_until && v->type == JSON_OBJECT && str_eq(v->key, S("extensions")))
			free_until = v->next;
		if (n < free_until && v->key.len) {
			size_t from, to;
			key_span(j, n, &from, &to);
			text_edit(g, from, to, v->key);
		}
		if (n && n == actor)
			top_until = v->next;
		uint32_t at = v->type == JSON_OBJECT && n >= free_until ? identifier_of(j, n) : 0;
		if (at) {
			n = somebody(g, n, at, n < top_until || n == object);
			continue;
		}
		if (v->type == JSON_TEXT)
			text_edit(g, v->at, v->end, v->text);
		n = v->type == JSON_OBJECT || v->type == JSON_LIST ? n + 1 : v->next;
	}
	list_sort(g->a, &g->edits, struct edit, by_place);
}

static str edits_apply(struct scrubbing *g)
{
	struct buffer b = { 0 };
	size_t at = 0;
	for (each(const struct edit, e, g->edits)) {
		if (e->from < at)
			continue;
		buffer_add(&b, (str){ g->j->text.at + at, e->from - at });
		buffer_add(&b, e->text);
		at = e->to;
	}
	buffer_add(&b, str_from(g->j->text, at));
	str text = text_copy(g->a, buffer_text(&b));
	buffer_done(&b);
	return text;
}

/* ---- Signatures ---- */

static bool is_signature(const struct json *j, uint32_t attachment)
{
	return str_eq(member_text(j, attachment, S("usageType")), SIGNATURE_USAGE);
}

/* A list without its signatures; a member that would be empty goes with its key. */
static void signatures_drop(struct scrubbing *g, uint32_t files, list *dropped)
{
	const struct json *j = g->j;
	struct buffer kept = { 0 };
	size_t before = dropped->count;
	for (uint32_t i = json_first(j, files); i; i = json_next(j, files, i)) {
		if (is_signature(j, i)) {
			*list_add(g->a, dropped, str) = lower(g->a, member_text(j, i, S("sha2")));
			continue;
		}
		buffer_add(&kept, kept.len ? S(",") : S("["));
		buffer_add(&kept, json_slice(j, i));
	}
	if (dropped->count > before && kept.len) {
		buffer_add_char(&kept, ']');
		edit_add(g, j->nodes[files].at, j->nodes[files].end, text_copy(g->a, buffer_text(&kept)));
	} else if (dropped->count > before) {
		size_t from = key_at(j, files), to = j->nodes[files].end, comma = from;
		while (comma && strchr(" \t\r\n", j->text.at[comma - 1]))
			comma--;
		if (comma && j->text.at[comma - 1] == ',') {
			from = comma - 1;
		} else {                                           /* the first of its object */
			while (to < j->text.len && strchr(" \t\r\n", j->text.at[to]))
				to++;
			to += to < j->text.len && j->text.at[to] == ',';
		}
		edit_add(g, from, to, S(""));
	}
	buffer_done(&kept);
}

static bool unsigned_text(struct arena *a, const struct scrub *s, const struct json *j, list *dropped, str *out)
{
	struct scrubbing g = { .a = a, .s = s, .j = j };
	uint32_t own = json_find(j, 0, S("attachments")), object = json_find(j, 0, S("object"));
	uint32_t below = object && j->nodes[object].type == JSON_OBJECT ? json_find(j, object, S("attachments")) : 0;
	if (own && j->nodes[own].type == JSON_LIST)
		signatures_drop(&g, own, dropped);
	if (below && j->nodes[below].type == JSON_LIST)
		signatures_drop(&g, below, dropped);
	list_sort(a, &g.edits, struct edit, by_place);
	if (g.edits.count)
		*out = edits_apply(&g);
	return g.edits.count > 0;
}

bool scrub_json(struct arena *a, const struct scrub *s, str text, bool known, struct scrubbed *out)
{
	struct json j;
	struct json_fault fault;
	str without;
	*out = (struct scrubbed){ .text = text };
	if (!json_read(a, text, JSON_LEVELS_MAX, &j, &fault)) {
		out->unreadable = true;
		return scrub_text(a, s, text, known, &out->text);
	}
	struct scrubbing g = { .a = a, .s = s, .j = &j, .known = known };
	edits_collect(&g);
	out->acting = g.acting;
	if (!g.edits.count)
		return false;
	if (j.nodes[0].type == JSON_OBJECT && unsigned_text(a, s, &j, &out->signatures, &without)) {
		struct scrubbed again;
		if (scrub_json(a, s, without, known, &again))
			without = again.text;
		out->text = without;
		return true;
	}
	out->text = edits_apply(&g);
	return true;
}
