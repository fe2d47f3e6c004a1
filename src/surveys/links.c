/* links.c - a personal link and code for everybody asked, to be mailed or printed: shown once, kept only as a fingerprint. */
#include "inside.h"
#include "base/token.h"
#include "web/operation.h"
#include "web/web.h"

struct survey_to_link { int64_t round, person; str name, email, unit_path; };
struct survey_link_row { str name, email, code, url; };
struct survey_links_page { int64_t id; str name, promise, place; date closes; list links; };
RECORD(survey_to_link, FIELD(survey_to_link, round), FIELD(survey_to_link, person), FIELD(survey_to_link, name), FIELD(survey_to_link, email), FIELD(survey_to_link, unit_path));
RECORD(survey_link_row, FIELD(survey_link_row, name), FIELD(survey_link_row, email), FIELD(survey_link_row, code), FIELD(survey_link_row, url));
RECORD(survey_links_page, FIELD(survey_links_page, id), FIELD(survey_links_page, name), FIELD(survey_links_page, promise), FIELD(survey_links_page, place), FIELD(survey_links_page, closes), FIELD(survey_links_page, links, .of = &survey_link_row_record));
#include "surveys_links.html.h"

enum { CODE = 16, GROUP = 4 };

static str code_of_bytes(struct ctx *c, const unsigned char bytes[CODE])
{
	static const char letters[] = "abcdefghjkmnpqrstuvwxyz123456789";       /* 32: no i, l, o, 0 */
	_Static_assert(sizeof letters == 33, "five bits a letter");
	char *at = arena_take(c->arena, CODE);
	for (int i = 0; i < CODE; i++)
		at[i] = letters[bytes[i] % 32];
	return (str){ at, CODE };
}

str code_new(struct ctx *c)
{
	unsigned char random[CODE];
	random_bytes(random, sizeof random);
	return code_of_bytes(c, random);
}

str code_from(struct ctx *c, str hex)
{
	unsigned char bytes[CODE] = { 0 };
	for (size_t i = 0; i < hex.len && i < 2 * CODE; i++)
		bytes[i / 2] = (unsigned char)(bytes[i / 2] << 4 | (hex.at[i] <= '9' ? hex.at[i] - '0' : hex.at[i] - 'a' + 10));
	return code_of_bytes(c, bytes);
}

/* abcd-efgh-jkmn-pqrs: as it is read from paper. */
static str code_shown(struct ctx *c, str code)
{
	return text_format(c->arena, "%.4s-%.4s-%.4s-%.4s", code.at, code.at + GROUP, code.at + 2 * GROUP, code.at + 3 * GROUP);
}

OPERATION(survey_links_make, by_id, survey_links_page,
	.route = "POST /surveys/{id}/links",
	.allow = "surveys.manage",
	.effect = WRITES,
	.shown_once = true,
	.page = links_html,
	.csv = "links",
	.back = "/surveys/{id}",
	.doc = "A new personal link and code for everybody asked, whether they took part or not. Earlier links no longer work.")
{
	struct survey_round r = { 0 };
	list asked = { 0 };
	TRY(round_load(c, in->id, &r));
	if (!str_eq(r.state, S("open")))
		return refuse(c, CONFLICT, "not-open", W(surveys_not_open));
	TRY(store_all(c, asked_to_link, in, &asked));
	out->id = r.id;
	out->name = r.name;
	out->promise = r.promise;
	out->closes = r.closes;
	str start = web_url(c);
	start = start.len ? start : S("http://127.0.0.1:8080");
	out->place = text_join(c->arena, start, S("/code"));
	list puts = { 0 };
	for (each(struct survey_to_link, a, asked)) {
		str code = code_new(c);
		*list_add(c->arena, &puts, struct survey_asked) = (struct survey_asked){ .round = a->round, .person = a->person, .link = token_fingerprint(c->arena, code) };
		*list_add(c->arena, &out->links, struct survey_link_row) = (struct survey_link_row){ a->name, a->email, code_shown(c, code), text_format(c->arena, S_FMT "/answer/" S_FMT, S_ARG(start), S_ARG(code)) };
	}
	return store_run_each(c, asked_link_put, &puts);
}
