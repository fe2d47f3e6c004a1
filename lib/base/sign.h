/* sign.h - hashes and signatures as others write them: SHA-1, SHA-2, RSA with PKCS #1. From OpenSSL. */
#pragma once
#include "text.h"

str sha1_hex(struct arena *a, str bytes);
/* SHA-224, 256, 384 or 512, by how many hexadecimal digits it is to have; no text for another number. */
str sha2_hex(struct arena *a, size_t digits, str bytes);
/* Was `message` signed with the key of this certificate (DER)? `algorithm` is RS256, RS384 or RS512; false for any other, and for whatever is wrong. */
bool rsa_signature_holds(str algorithm, str certificate, str message, str signature);
