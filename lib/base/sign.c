/* sign.c - OpenSSL's digests and RSA behind three functions. */
#include "sign.h"
#include "token.h"
#include <openssl/evp.h>
#include <openssl/x509.h>

static str digest_hex(struct arena *a, const EVP_MD *kind, str bytes)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	if (!kind || !EVP_Digest(bytes.at, bytes.len, digest, &len, kind, NULL))
		return (str){ 0 };
	return hex_of(a, digest, len);
}

str sha1_hex(struct arena *a, str bytes)
{
	return digest_hex(a, EVP_sha1(), bytes);
}

str sha2_hex(struct arena *a, size_t digits, str bytes)
{
	return digest_hex(a, digits == 56 ? EVP_sha224() : digits == 64 ? EVP_sha256() : digits == 96 ? EVP_sha384() : digits == 128 ? EVP_sha512() : NULL, bytes);
}

bool rsa_signature_holds(str algorithm, str certificate, str message, str signature)
{
	const EVP_MD *kind = str_eq(algorithm, S("RS256")) ? EVP_sha256() : str_eq(algorithm, S("RS384")) ? EVP_sha384() : str_eq(algorithm, S("RS512")) ? EVP_sha512() : NULL;
	const unsigned char *at = (const unsigned char *)certificate.at;
	X509 *x = kind && certificate.len < 1 << 20 ? d2i_X509(NULL, &at, (long)certificate.len) : NULL;
	EVP_PKEY *key = x ? X509_get_pubkey(x) : NULL;
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool holds = key && context && EVP_PKEY_base_id(key) == EVP_PKEY_RSA && EVP_DigestVerifyInit(context, NULL, kind, NULL, key) == 1
		&& EVP_DigestVerify(context, (const unsigned char *)signature.at, signature.len, (const unsigned char *)message.at, message.len) == 1;
	EVP_MD_CTX_free(context);
	EVP_PKEY_free(key);
	X509_free(x);
	return holds;
}
