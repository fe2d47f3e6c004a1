/* seal.c - keys in files of their own, and texts that only they open. */
#include "seal.h"
#include "base/token.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY = crypto_aead_xchacha20poly1305_ietf_KEYBYTES, NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES, NAME = 16, LENGTH = 4, PATH = 512 };
_Static_assert(SEAL_MORE == NONCE + TAG, "what sealing adds");

static char folder_path[PATH - 64];

void seal_folder_set(str folder)
{
	snprintf(folder_path, sizeof folder_path, S_FMT, S_ARG(folder));
}

/* A name is ours: hex digits and nothing that leads elsewhere. */
static bool path_of(char path[PATH], str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!((name.at[i] >= '0' && name.at[i] <= '9') || (name.at[i] >= 'a' && name.at[i] <= 'f')))
			return false;
	return name.len == 2 * NAME && folder_path[0] && snprintf(path, PATH, "%s/" S_FMT, folder_path, S_ARG(name)) < PATH;
}

static bool folder_sync(void)
{
	int folder = open(folder_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done = folder >= 0 && !fsync(folder);
	if (folder >= 0)
		close(folder);
	return done;
}

static bool write_whole(int file, const unsigned char *bytes, size_t count)
{
	return lseek(file, 0, SEEK_SET) == 0 && write(file, bytes, count) == (ssize_t)count && !fsync(file);
}

enum status seal_key_make(struct ctx *c, str *name)
{
	unsigned char bytes[NAME], key[KEY];
	char path[PATH];
	random_bytes(bytes, sizeof bytes);
	random_bytes(key, sizeof key);
	*name = hex_of(c->arena, bytes, sizeof bytes);
	if (!path_of(path, *name))
		return broken(c, "there is no folder for keys");
	if (mkdir(folder_path, 0700) && errno != EEXIST)
		return broken(c, "the folder for keys %s cannot be made: %s", folder_path, strerror(errno));
	int file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
	bool done = file >= 0 && write_whole(file, key, sizeof key);
	int why = errno;
	if (file >= 0)
		close(file);
	sodium_memzero(key, sizeof key);
	return done && folder_sync() ? OK : broken(c, "a key cannot be written into %s: %s", folder_path, strerror(why));
}

enum status seal_key_destroy(struct ctx *c, str name)
{
	static const unsigned char nothing_left[KEY];
	char path[PATH];
	if (!path_of(path, name))
		return broken(c, "a key of an impossible name");
	int file = open(path, O_WRONLY | O_CLOEXEC);
	if (file < 0 && errno == ENOENT)
		return OK;
	bool done = file >= 0 && write_whole(file, nothing_left, sizeof nothing_left);
	if (file >= 0)
		close(file);
	return done && !unlink(path) && folder_sync() ? OK : broken(c, "the key %s cannot be destroyed: %s", path, strerror(errno));
}

static enum status key_read(struct ctx *c, str name, unsigned char key[KEY])
{
	char path[PATH];
	if (!path_of(path, name))
		return broken(c, "a key of an impossible name");
	int file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return errno == ENOENT ? NOT_FOUND : broken(c, "the key %s cannot be read: %s", path, strerror(errno));
	bool whole = read(file, key, KEY) == KEY;
	close(file);
	return whole ? OK : broken(c, "the key %s is not whole", path);
}

enum status seal_put(struct ctx *c, str key, str about, str plain, size_t length, str *sealed)
{
	unsigned char secret[KEY];
	if (plain.len > length)
		return broken(c, "%zu bytes do not fit a seal of %zu", plain.len, length);
	TRY(key_read(c, key, secret));
	size_t padded = LENGTH + length;
	unsigned char *from = arena_take(c->arena, padded), *to = arena_take(c->arena, padded + SEAL_MORE);
	memset(from, 0, padded);
	for (int i = 0; i < LENGTH; i++)
		from[i] = (unsigned char)(plain.len >> 8 * i);
	if (plain.len)
		memcpy(from + LENGTH, plain.at, plain.len);
	random_bytes(to, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(to + NONCE, NULL, from, padded, (const unsigned char *)about.at, about.len, NULL, to, secret);
	sodium_memzero(secret, sizeof secret);
	*sealed = (str){ (char *)to, padded + SEAL_MORE };
	return OK;
}

enum status seal_get(struct ctx *c, str key, str about, str sealed, str *plain)
{
	unsigned char secret[KEY];
	if (sealed.len < LENGTH + SEAL_MORE)
		return broken(c, "too short to be sealed");
	TRY(key_read(c, key, secret));
	const unsigned char *from = (const unsigned char *)sealed.at;
	size_t padded = sealed.len - SEAL_MORE, length = 0;
	unsigned char *to = arena_take(c->arena, padded);
	int wrong = crypto_aead_xchacha20poly1305_ietf_decrypt(to, NULL, NULL, from + NONCE, sealed.len - NONCE, (const unsigned char *)about.at, about.len, from, secret);
	sodium_memzero(secret, sizeof secret);
	for (int i = 0; i < LENGTH; i++)
		length |= (size_t)to[i] << 8 * i;
	if (wrong || length > padded - LENGTH)
		return broken(c, "this was not sealed under that key");
	*plain = (str){ (char *)to + LENGTH, length };
	return OK;
}

enum status seal_name(struct ctx *c, str key, str what, str *name)
{
	unsigned char secret[KEY], hash[NAME];
	TRY(key_read(c, key, secret));
	crypto_generichash(hash, sizeof hash, (const unsigned char *)what.at, what.len, secret, sizeof secret);
	sodium_memzero(secret, sizeof secret);
	*name = hex_of(c->arena, hash, sizeof hash);
	return OK;
}
