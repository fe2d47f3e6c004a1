/* token.h - secrets, fingerprints and random numbers, from libsodium. */
#pragma once
#include "text.h"

bool token_start(void);                                     /* once, before any other; false when the machine has no randomness */
str token_new(struct arena *a);                             /* 256 random bits, base64url, 43 characters */
str token_fingerprint(struct arena *a, str token);          /* BLAKE2b-256 of a token, hex: what may be stored */
str token_fingerprint_keyed(struct arena *a, str key, str token);   /* the same, worth something beside this key only: at most 64 bytes of it count */
bool token_equal(str a, str b);                             /* in constant time for equal lengths */
void random_bytes(void *into, size_t count);
str hex_of(struct arena *a, const void *bytes, size_t count);
str base64url_of(struct arena *a, const void *bytes, size_t count);
bool base64url_read(struct arena *a, str text, str *out);
bool base64_read(struct arena *a, str text, str *out);      /* the ordinary alphabet, with padding, as in Authorization: Basic */

/* argon2id, 19 MiB, two passes (OWASP's first choice): some 36 ms; never on a loop thread. */
bool password_hash(struct arena *a, str password, str *out);
bool password_matches(str hash, str password);
