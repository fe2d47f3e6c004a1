/* token.c - libsodium behind six small verbs. */
#include "token.h"
#include "arena.h"
#include <sodium.h>
#include <string.h>

enum { PASSWORD_PASSES = 2, PASSWORD_MEMORY = 19 * 1024 * 1024 };

bool token_start(void)
{
	return sodium_init() >= 0;
}

void random_bytes(void *into, size_t count)
{
	randombytes_buf(into, count);
}

str base64url_of(struct arena *a, const void *bytes, size_t count)
{
	size_t room = sodium_base64_encoded_len(count, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *at = arena_take(a, room);
	sodium_bin2base64(at, room, bytes, count, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return (str){ at, room - 1 };
}

bool base64url_read(struct arena *a, str text, str *out)
{
	size_t len;
	unsigned char *at = arena_take(a, text.len + 1);
	if (text.len && sodium_base642bin(at, text.len, text.at, text.len, NULL, &len, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING))
		return false;
	*out = (str){ (char *)at, text.len ? len : 0 };
	return true;
}

bool base64_read(struct arena *a, str text, str *out)
{
	size_t len;
	unsigned char *at = arena_take(a, text.len + 1);
	if (text.len && sodium_base642bin(at, text.len, text.at, text.len, NULL, &len, NULL, sodium_base64_VARIANT_ORIGINAL))
		return false;
	*out = (str){ (char *)at, text.len ? len : 0 };
	return true;
}

str hex_of(struct arena *a, const void *bytes, size_t count)
{
	char *at = arena_take(a, count * 2 + 1);
	sodium_bin2hex(at, count * 2 + 1, bytes, count);
	return (str){ at, count * 2 };
}

str token_new(struct arena *a)
{
	unsigned char bytes[32];
	randombytes_buf(bytes, sizeof bytes);
	return base64url_of(a, bytes, sizeof bytes);
}

str token_fingerprint(struct arena *a, str token)
{
	unsigned char digest[32];
	crypto_generichash(digest, sizeof digest, (const unsigned char *)token.at, token.len, NULL, 0);
	return hex_of(a, digest, sizeof digest);
}

str token_fingerprint_keyed(struct arena *a, str key, str token)
{
	unsigned char digest[32];
	size_t len = key.len < crypto_generichash_KEYBYTES_MAX ? key.len : crypto_generichash_KEYBYTES_MAX;
	crypto_generichash(digest, sizeof digest, (const unsigned char *)token.at, token.len, (const unsigned char *)key.at, len);
	return hex_of(a, digest, sizeof digest);
}

bool token_equal(str a, str b)
{
	return a.len == b.len && (!a.len || !sodium_memcmp(a.at, b.at, a.len));
}

bool password_hash(struct arena *a, str password, str *out)
{
	char *at = arena_take(a, crypto_pwhash_STRBYTES);
	if (crypto_pwhash_str_alg(at, password.at, password.len, PASSWORD_PASSES, PASSWORD_MEMORY, crypto_pwhash_ALG_ARGON2ID13))
		return false;
	*out = str_of(at);
	return true;
}

bool password_matches(str hash, str password)
{
	char at[crypto_pwhash_STRBYTES];
	if (hash.len >= sizeof at)
		return false;
	memset(at, 0, sizeof at);
	memcpy(at, hash.at, hash.len);
	return !crypto_pwhash_str_verify(at, password.at, password.len);
}
