/* test_signature.c - signed statements (1.0.3 part two, 2.6; XAPI-00115 to 00117): a key and a certificate of the test's own, and every way to be wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include "base/token.h"
#include "xapi/attachment.h"

#define PLAIN "\"actor\":{\"mbox\":\"mailto:anna@x.example\"},\"verb\":{\"id\":\"http://x.example/v\"},\"object\":{\"id\":\"http://x.example/o\"}"
#define SIGNED "{" PLAIN ",\"attachments\":[{\"usageType\":\"http://adlnet.gov/expapi/attachments/signature\",\"display\":{\"en\":\"signature\"}," \
	"\"contentType\":\"application/octet-stream\",\"length\":1,\"sha2\":\"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae\"}]}"

static struct arena *arena;
static EVP_PKEY *key, *other_key;

static str certificate(EVP_PKEY *k)
{
	X509 *x = X509_new();
	unsigned char *der = NULL;
	X509_set_version(x, 2);
	X509_gmtime_adj(X509_getm_notBefore(x), 0);
	X509_gmtime_adj(X509_getm_notAfter(x), 3600);
	X509_set_pubkey(x, k);
	assert_true(X509_sign(x, k, EVP_sha256()) > 0);
	int len = i2d_X509(x, &der);
	assert_true(len > 0);
	char *text = arena_take(arena, (size_t)len * 2 + 4);
	int n = EVP_EncodeBlock((unsigned char *)text, der, len);
	OPENSSL_free(der);
	X509_free(x);
	return (str){ text, (size_t)n };
}

static str coded(str s)
{
	return base64url_of(arena, s.at, s.len);
}

static str jws(const char *algorithm, const EVP_MD *digest, const char *payload, str x5c)
{
	str header = x5c.len ? text_format(arena, "{\"alg\":\"%s\",\"x5c\":[\"" S_FMT "\"]}", algorithm, S_ARG(x5c)) : text_format(arena, "{\"alg\":\"%s\"}", algorithm);
	str message = text_format(arena, S_FMT "." S_FMT, S_ARG(coded(header)), S_ARG(coded(str_of(payload))));
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	unsigned char signature[1024];
	size_t len = sizeof signature;
	assert_true(EVP_DigestSignInit(c, NULL, digest, NULL, key) == 1 && EVP_DigestSign(c, signature, &len, (const unsigned char *)message.at, message.len) == 1);
	EVP_MD_CTX_free(c);
	return text_format(arena, S_FMT "." S_FMT, S_ARG(message), S_ARG(base64url_of(arena, signature, len)));
}

static const char *verdict(str text)
{
	list out;
	bool many;
	struct fault fault;
	assert_true(statements_read(arena, S(SIGNED), RULES_1_0_3, &out, &many, &fault));
	return signature_wrong(arena, list_item(out, struct statement, 0), text);
}

static void three_algorithms_hold(void **state)
{
	(void)state;
	str own = certificate(key);
	assert_null(verdict(jws("RS256", EVP_sha256(), "{" PLAIN "}", own)));
	assert_null(verdict(jws("RS384", EVP_sha384(), "{" PLAIN "}", own)));
	assert_null(verdict(jws("RS512", EVP_sha512(), "{" PLAIN "}", own)));
	assert_null(verdict(jws("RS256", EVP_sha256(), "{" PLAIN "}", (str){ 0 })));
	/* What the store may set, and how it is written, is not what was signed. */
	assert_null(verdict(jws("RS256", EVP_sha256(), "{ \"version\":\"1.0.0\", " PLAIN " }", own)));
}

static void whatever_is_wrong_is_said(void **state)
{
	(void)state;
	str own = certificate(key), good = jws("RS256", EVP_sha256(), "{" PLAIN "}", own);
	assert_string_equal(verdict(jws("HS256", EVP_sha256(), "{" PLAIN "}", own)), "a signature uses RS256, RS384 or RS512");
	assert_string_equal(verdict(jws("none", EVP_sha256(), "{" PLAIN "}", own)), "a signature uses RS256, RS384 or RS512");
	assert_string_equal(verdict(jws("RS384", EVP_sha256(), "{" PLAIN "}", own)), "the signature does not fit its certificate");
	assert_string_equal(verdict(jws("RS256", EVP_sha256(), "{" PLAIN "}", certificate(other_key))), "the signature does not fit its certificate");
	assert_string_equal(verdict(jws("RS256", EVP_sha256(), "{" PLAIN "}", S("bm9uc2Vuc2U="))), "the signature does not fit its certificate");
	assert_string_equal(verdict(jws("RS256", EVP_sha256(), "{" PLAIN ",\"result\":{\"success\":true}}", own)), "what was signed says something else than the statement");
	assert_string_equal(verdict(jws("RS256", EVP_sha256(), "{" PLAIN, own)), "what was signed is no statement");
	assert_string_equal(verdict(jws("RS256", EVP_sha256(), "[{" PLAIN "}]", own)), "what was signed is no statement");
	assert_string_equal(verdict(S("no signature")), "the signature has to be a JSON web signature in its compact form");
	assert_string_equal(verdict(S("a.b.c")), "the header of the signature is no JSON");
	char *bent = (char *)(uintptr_t)text_copy(arena, good).at;
	bent[good.len - 10] = bent[good.len - 10] == 'A' ? 'B' : 'A';
	assert_string_equal(verdict((str){ bent, good.len }), "the signature does not fit its certificate");
}

static int start(void **state)
{
	(void)state;
	arena = arena_new();
	key = EVP_RSA_gen(2048);
	other_key = EVP_RSA_gen(2048);
	return token_start() && key && other_key ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	EVP_PKEY_free(key);
	EVP_PKEY_free(other_key);
	arena_free(arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(three_algorithms_hold), cmocka_unit_test(whatever_is_wrong_is_said) };
	return cmocka_run_group_tests_name("signature", tests, start, end);
}
