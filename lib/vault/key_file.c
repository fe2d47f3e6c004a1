/* key_file.c - the installation's key in its file: made once, and refused when others could read it. */
#include "inside.h"
#include "base/token.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One line that says what it is, so that whoever finds the file knows. */
static const char head[] = "wijzer-key-1 ";
enum { HEAD = sizeof head - 1, ENCODED = 43, LINE = HEAD + ENCODED };

enum status vault_because(char why[VAULT_WHY], enum status status, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	vsnprintf(why, VAULT_WHY, format, values);
	va_end(values);
	return status;
}

static bool folder_sync(const char *path)
{
	char *copy = strdup(path);
	if (!copy)
		abort();
	int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done = folder >= 0 && !fsync(folder);
	if (folder >= 0)
		close(folder);
	free(copy);
	return done;
}

enum status vault_key_make(const char *path, char why[VAULT_WHY])
{
	unsigned char key[VAULT_KEY];
	char line[LINE + 2];
	int file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (file < 0)
		return vault_because(why, errno == EEXIST ? CONFLICT : BROKEN, "the key file %s cannot be made: %s", path, strerror(errno));
	random_bytes(key, sizeof key);
	memcpy(line, head, HEAD);
	sodium_bin2base64(line + HEAD, ENCODED + 1, key, sizeof key, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	line[LINE] = '\n';
	bool written = !fchmod(file, 0600) && write(file, line, LINE + 1) == LINE + 1 && !fsync(file);
	close(file);
	sodium_memzero(key, sizeof key);
	sodium_memzero(line, sizeof line);
	if (written && folder_sync(path))
		return OK;
	enum status status = vault_because(why, BROKEN, "the key file %s cannot be written: %s", path, strerror(errno));
	unlink(path);
	return status;
}

/* A credential of systemd is shown with the mask of its access list as the group's rights: nobody else has any. */
static enum status mode_check(const struct stat *s, const char *path, bool lent, char why[VAULT_WHY])
{
	if (!S_ISREG(s->st_mode))
		return vault_because(why, INVALID, "the key file %s is not a file", path);
	if (s->st_mode & (lent ? 0007 : 0077))
		return vault_because(why, FORBIDDEN, "the key file %s can be read by others (mode %03o): chmod 600 it, and ask yourself who has read it", path,
			(unsigned)s->st_mode & 0777);
	if (s->st_uid && s->st_uid != geteuid())
		return vault_because(why, FORBIDDEN, "the key file %s belongs to another user: chown it to the user that serves", path);
	return OK;
}

enum status key_file_read(const char *path, bool lent, unsigned char key[VAULT_KEY], char why[VAULT_WHY])
{
	char line[LINE + 3];
	struct stat s;
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (file < 0)
		return vault_because(why, errno == ENOENT ? NOT_FOUND : FORBIDDEN, "the key file %s cannot be read: %s", path, strerror(errno));
	enum status status = fstat(file, &s) ? BROKEN : mode_check(&s, path, lent, why);
	ssize_t len = status == OK ? read(file, line, sizeof line) : 0;
	close(file);
	if (status != OK)
		return status;
	while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
		len--;
	size_t got = 0;
	bool read_well = len == LINE && !memcmp(line, head, HEAD)
		&& !sodium_base642bin(key, VAULT_KEY, line + HEAD, ENCODED, NULL, &got, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) && got == VAULT_KEY;
	sodium_memzero(line, sizeof line);
	return read_well ? OK : vault_because(why, INVALID, "the key file %s is no key: one line that begins with \"%s\" is expected", path, head);
}

enum status vault_key_check(const char *path, bool lent, char why[VAULT_WHY])
{
	unsigned char key[VAULT_KEY];
	enum status status = key_file_read(path, lent, key, why);
	sodium_memzero(key, sizeof key);
	return status;
}
