/* actor_read.c - who acts: an Agent by exactly one identifier, a Group by one or by its members. */
#include "reading.h"

static const str identifiers[] = { S("mbox"), S("mbox_sha1sum"), S("openid"), S("account") };

static bool mbox_is(struct reading *r, uint32_t n)
{
	return text_is(r, n) && (is_mailto(node_text(r->j, n)) || wrong(r, n, "an mbox has to be mailto: and one e-mail address"));
}

static bool sha1_is(struct reading *r, uint32_t n)
{
	return text_is(r, n) && (is_sha1(node_text(r->j, n)) || wrong(r, n, "an mbox_sha1sum has to be forty hexadecimal digits"));
}

static bool account_is(struct reading *r, uint32_t n)
{
	static const struct property properties[] = { { "homePage", true, iri_is }, { "name", true, text_is } };
	return PROPERTIES(r, n, "an account has to be an object", properties);
}

static bool any(struct reading *r, uint32_t n)
{
	(void)r;
	(void)n;
	return true;
}

/* The identifiers of an actor: how many, and the first. */
static int identifiers_of(const struct json *j, uint32_t n, const char **kind, uint32_t *at)
{
	int count = 0;
	for (int i = 0; i < 4; i++) {
		uint32_t found = json_find(j, n, identifiers[i]);
		if (found && !count++) {
			*kind = identifiers[i].at;
			*at = found;
		}
	}
	return count;
}

static void mention(struct reading *r, uint32_t n, enum where where, const char *kind, uint32_t at)
{
	if (!r->s)
		return;
	const struct json *j = r->j;
	str key = node_text(j, at);
	if (str_eq(str_of(kind), S("account")))            /* a space stands in no home page, so that the two stay apart */
		key = text_format(r->a, S_FMT " " S_FMT, S_ARG(member_text(j, at, S("homePage"))), S_ARG(member_text(j, at, S("name"))));
	else if (str_eq(str_of(kind), S("mbox_sha1sum")))
		key = lower(r->a, key);
	if (r->inside)
		where = WIDE;
	for (each(struct mention, m, r->s->mentions))
		if (str_eq(m->key, key) && str_eq(str_of(m->kind), str_of(kind)) && m->where <= where)
			return;
	*list_add(r->a, &r->s->mentions, struct mention) = (struct mention){ where, kind, key, member_text(j, n, S("name")) };
}

static bool type_is(struct reading *r, uint32_t n, str type, const char *what)
{
	uint32_t t = json_find(r->j, n, S("objectType"));
	return !t || (r->j->nodes[t].type == JSON_TEXT && str_eq(node_text(r->j, t), type)) || wrong(r, t, what);
}

bool agent_is(struct reading *r, uint32_t n, enum where where)
{
	static const struct property properties[] = { { "objectType", false, text_is }, { "name", false, text_is }, { "mbox", false, mbox_is },
		{ "mbox_sha1sum", false, sha1_is }, { "openid", false, iri_is }, { "account", false, account_is } };
	if (!PROPERTIES(r, n, "an Agent has to be an object", properties) || !type_is(r, n, S("Agent"), "the objectType has to be Agent here"))
		return false;
	const char *kind = NULL;
	uint32_t at = 0;
	int count = identifiers_of(r->j, n, &kind, &at);
	if (count != 1)
		return wrong(r, n, "an Agent has exactly one of mbox, mbox_sha1sum, openid and account");
	mention(r, n, where, kind, at);
	return true;
}

bool group_is(struct reading *r, uint32_t n, enum where where)
{
	static const struct property properties[] = { { "objectType", true, text_is }, { "name", false, text_is }, { "mbox", false, mbox_is },
		{ "mbox_sha1sum", false, sha1_is }, { "openid", false, iri_is }, { "account", false, account_is }, { "member", false, any } };
	const struct json *j = r->j;
	if (!PROPERTIES(r, n, "a Group has to be an object", properties) || !type_is(r, n, S("Group"), "the objectType has to be Group here"))
		return false;
	const char *kind = NULL;
	uint32_t at = 0, members = json_find(j, n, S("member"));
	int count = identifiers_of(j, n, &kind, &at);
	if (count > 1)
		return wrong(r, n, "a Group has at most one of mbox, mbox_sha1sum, openid and account");
	if (!count && !members)
		return wrong(r, n, "a Group without an identifier has to name its members");
	if (members && j->nodes[members].type != JSON_LIST)
		return wrong(r, members, "the members of a Group have to be a list");
	if (!count && !j->nodes[members].count)
		return wrong(r, members, "a Group without an identifier has at least one member");
	if (count)
		mention(r, n, where, kind, at);
	for (uint32_t i = members ? json_first(j, members) : 0; i; i = json_next(j, members, i)) {
		if (is_group(j, i))
			return wrong(r, i, "a Group has Agents as members, not other Groups");
		if (!agent_is(r, i, where == ACTING ? NARROW : where))
			return false;
	}
	return true;
}

bool is_group(const struct json *j, uint32_t n)
{
	return str_eq(member_text(j, n, S("objectType")), S("Group"));
}

bool actor_is(struct reading *r, uint32_t n, enum where where)
{
	uint32_t type = json_find(r->j, n, S("objectType"));
	if (!type || is_group(r->j, n))
		return type ? group_is(r, n, where) : agent_is(r, n, where);
	if (!str_eq(member_text(r->j, n, S("objectType")), S("Agent")))
		return wrong(r, type, "the objectType has to be Agent or Group here");
	return agent_is(r, n, where);
}

/* Who vouches: an Agent, or of OAuth a Group of two without an identifier of its own. */
bool authority_is(struct reading *r, uint32_t n)
{
	const struct json *j = r->j;
	if (j->nodes[n].type != JSON_OBJECT || !is_group(j, n))
		return actor_is(r, n, WIDE);
	const char *kind;
	uint32_t at, members = json_find(j, n, S("member"));
	if (identifiers_of(j, n, &kind, &at))
		return wrong(r, n, "an authority that is a Group has no identifier of its own");
	if (!members || j->nodes[members].count != 2)
		return wrong(r, n, "an authority that is a Group has exactly two members");
	return group_is(r, n, WIDE);
}

bool agent_read(struct arena *a, str json, enum rules v, struct mention *out, struct fault *fault)
{
	struct json j;
	struct json_fault bad;
	struct statement s = { 0 };
	*fault = (struct fault){ 0 };
	if (!json_read(a, json, JSON_LEVELS_MAX, &j, &bad)) {
		*fault = (struct fault){ S(""), bad.what };
		return false;
	}
	struct reading r = { .a = a, .j = &j, .v = v, .s = &s, .fault = fault };
	if (!actor_is(&r, 0, ACTING))
		return false;
	const char *kind;
	uint32_t at;
	if (!identifiers_of(&j, 0, &kind, &at))
		return wrong(&r, 0, "a Group that is sought by needs an identifier");
	*out = *list_item(s.mentions, struct mention, 0);
	return true;
}
