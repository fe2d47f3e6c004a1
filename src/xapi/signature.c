/* signature.c - a signed statement: a JSON web signature among its attachments, over the statement as it was before. */
#include "attachment.h"
#include "base/sign.h"
#include "base/token.h"

static bool part_read(struct arena *a, str text, struct json *j)
{
	str bytes;
	struct json_fault bad;
	return base64url_read(a, text, &bytes) && json_read(a, bytes, JSON_LEVELS_MAX, j, &bad);
}

/* By the first certificate of x5c; a signature without one cannot be tried here, only read. */
static const char *signature_try(struct arena *a, const struct json *header, str algorithm, str message, str signature)
{
	uint32_t chain = json_find(header, 0, S("x5c"));
	if (!chain)
		return NULL;
	uint32_t first = header->nodes[chain].type == JSON_LIST ? json_first(header, chain) : 0;
	str certificate, bytes;
	if (!first || header->nodes[first].type != JSON_TEXT || !base64_read(a, header->nodes[first].text, &certificate))
		return "x5c of the signature has to be a list of certificates";
	if (!base64url_read(a, signature, &bytes) || !rsa_signature_holds(algorithm, certificate, message, bytes))
		return "the signature does not fit its certificate";
	return NULL;
}

const char *signature_wrong(struct arena *a, const struct statement *s, str jws)
{
	str head, payload, signature, rest;
	struct json header;
	list signed_ones;
	bool many;
	struct fault fault;
	jws = str_trim(jws);
	if (!str_cut(jws, '.', &head, &rest) || !str_cut(rest, '.', &payload, &signature) || !signature.len || str_has(signature, S(".")))
		return "the signature has to be a JSON web signature in its compact form";
	if (!part_read(a, head, &header) || header.nodes[0].type != JSON_OBJECT)
		return "the header of the signature is no JSON";
	uint32_t named = json_find(&header, 0, S("alg"));
	str algorithm = named ? header.nodes[named].text : (str){ 0 }, bytes;
	if (!str_eq(algorithm, S("RS256")) && !str_eq(algorithm, S("RS384")) && !str_eq(algorithm, S("RS512")))
		return "a signature uses RS256, RS384 or RS512";
	if (!base64url_read(a, payload, &bytes) || !statements_read(a, bytes, s->by, &signed_ones, &many, &fault) || many)
		return "what was signed is no statement";
	const struct statement *was = list_item(signed_ones, struct statement, 0);
	bool same = str_eq(was->digest, statement_digest(a, s, true)) && (!was->id.len || !s->id.len || str_eq(was->id, s->id))
		&& (!was->has_time || !s->has_time || was->time_us == s->time_us);
	if (!same)
		return "what was signed says something else than the statement";
	return signature_try(a, &header, algorithm, str_until(jws, head.len + 1 + payload.len), signature);
}
