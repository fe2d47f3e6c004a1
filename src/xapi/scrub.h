/* scrub.h - somebody taken out of what tools wrote, everything else left byte for byte as it was.
 *
 *     struct scrub s = { … who they were, who they are from now on … };
 *     if (scrub_json(a, &s, text, true, &out)) … out.text is the new one …
 *
 * Whole Agents are replaced by one with the account {"homePage":"urn:wijzer:erased","name": the pseudonym}; of a Group the identifier and the name.
 * In every other text, in extensions in their keys too, what names them is replaced where it stands: e-mail addresses, hashes, URIs and home
 * pages always; names and account names only in a text in which they occur as somebody, because others may be called the same. Agents that are
 * somebody else are not touched at all. Signatures over what is changed are dropped.
 */
#pragma once
#include "statement.h"

#define ERASED_HOME "urn:wijzer:erased"

struct scrub {
	list keys;                         /* of struct actor_row: kind and key, by which they are an actor */
	list sure, likely;                 /* of struct scrub_word */
	str pseudonym;
};
/* `strict`: letters that may stand in an e-mail address or URI continue a word, too. `instead`: no text: the pseudonym. */
struct scrub_word { str text, instead; bool strict; };

/* Adds an identifier, as xapi_actor holds it, and all that can be found by it. */
void scrub_key_add(struct arena *a, struct scrub *s, str kind, str key);
void scrub_name_add(struct arena *a, struct scrub *s, str name);

struct scrubbed { str text; bool acting, unreadable; list signatures; };   /* acting: they are who acts, or whom it is about; signatures: of str, sha2 of what was dropped */
/* False when nothing of them is in it. `known`: they occur in it as somebody. */
bool scrub_json(struct arena *a, const struct scrub *s, str text, bool known, struct scrubbed *out);
/* The same of a text that is no JSON. */
bool scrub_text(struct arena *a, const struct scrub *s, str text, bool known, str *out);
/* Whether bytes may hold something of them: quick, and true too where an escape may hide it. */
bool scrub_may_be(const struct scrub *s, str bytes);
/* Whether they do, as they stand. */
bool scrub_is_in(const struct scrub *s, str bytes);
