/* file.c - a whole file in memory, read while nobody changed it.
 *
 * Not mapped: a mapped file that is cut short by another program ends this one.
 */
#include "table/inside.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void (*file_reading_hook)(const char *path);

str file_name(str path)
{
	for (str rest = path, before; str_cut(rest, '/', &before, &rest); )
		path = rest;
	return path;
}

static bool is_unchanged(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size
		&& a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static bool read_all(int fd, const char *path, size_t size, struct buffer *out)
{
	buffer_reserve(out, size + 1);                         /* one more, to notice that it grew */
	while (out->len <= size) {
		if (file_reading_hook && out->len)
			file_reading_hook(path);
		ssize_t n = read(fd, out->at + out->len, size + 1 - out->len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		if (!n)
			break;
		out->len += (size_t)n;
	}
	return true;
}

static enum status read_open(struct ctx *c, int fd, const char *path, str name, int64_t limit, struct buffer *out)
{
	struct stat before, after, there;
	if (fstat(fd, &before))
		return broken(c, "fstat %s: %s", path, strerror(errno));
	if (!S_ISREG(before.st_mode))
		return refuse(c, INVALID, "table-no-file", W(table_no_file), name);
	if (before.st_size > limit)
		return refuse(c, INVALID, "table-too-large", W(table_too_large), name,
			number_text(c->arena, (before.st_size + 999999) / 1000000), number_text(c->arena, limit / 1000000));
	if (!read_all(fd, path, (size_t)before.st_size, out))
		return refuse(c, INVALID, "table-unreadable", W(table_unreadable), name, str_of(strerror(errno)));
	if (fstat(fd, &after) || stat(path, &there) || out->len != (size_t)before.st_size
	    || !is_unchanged(&before, &after) || !is_unchanged(&before, &there))
		return refuse(c, CONFLICT, "table-changed", W(table_changed), name);
	return OK;
}

enum status file_read(struct ctx *c, const char *path, int64_t limit, struct buffer *out)
{
	str name = file_name(str_of(path));
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);   /* a pipe must not keep us waiting */
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return refuse(c, NOT_FOUND, "table-not-there", W(table_not_there), str_of(path));
	if (fd < 0)
		return refuse(c, INVALID, "table-unreadable", W(table_unreadable), name, str_of(strerror(errno)));
	enum status s = read_open(c, fd, path, name, limit, out);
	close(fd);
	if (s != OK)
		buffer_done(out);
	return s;
}
