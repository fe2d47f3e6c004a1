/* csrf.c - a proof that a form came from our own page.
 *
 * The secret is derived from the session's token, so nothing is stored; each page masks it with fresh random
 * bytes, so that compressing a page beside a reader's own text tells nothing of it (BREACH).
 */
#include "inside.h"
#include "base/token.h"
#include <sodium.h>

enum { SECRET = 32 };

static void secret_of(unsigned char out[SECRET], str session)
{
	static const unsigned char purpose[crypto_generichash_KEYBYTES] = "the form of a signed-in person";
	crypto_generichash(out, SECRET, (const unsigned char *)session.at, session.len, purpose, sizeof purpose);
}

str csrf_new(struct arena *a, str session)
{
	unsigned char both[2 * SECRET], secret[SECRET];
	secret_of(secret, session);
	random_bytes(both, SECRET);
	for (int i = 0; i < SECRET; i++)
		both[SECRET + i] = both[i] ^ secret[i];
	return base64url_of(a, both, sizeof both);
}

bool csrf_holds(struct arena *a, str session, str typed)
{
	str both;
	unsigned char secret[SECRET], given[SECRET];
	if (!session.len || !base64url_read(a, typed, &both) || both.len != 2 * SECRET)
		return false;
	for (int i = 0; i < SECRET; i++)
		given[i] = (unsigned char)(both.at[i] ^ both.at[SECRET + i]);
	secret_of(secret, session);
	return !sodium_memcmp(secret, given, SECRET);
}
