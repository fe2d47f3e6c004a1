/* unzip.h - the files inside a zip, with limits against one that is made to fill the machine. */
#pragma once
#include "base/buffer.h"
#include "base/context.h"

struct unzip;
struct unzip_member { str name; int64_t size; };           /* bytes when unpacked, as the zip says; folders are left out */

enum { UNZIP_MEMBERS_MAX = 1000, UNZIP_RATIO_MAX = 200, UNZIP_SMALL = 1000 * 1000 };
enum { UNZIP_BYTES_MAX = 256 * 1000 * 1000 };

/* unzip_open: `bytes` are borrowed and must live until unzip_close. `name` is the zip's, for messages. */
enum status unzip_open(struct ctx *c, str name, str bytes, struct unzip **out) must_use;
/* unzip_open_file: a zip of at most 256 MB. */
enum status unzip_open_file(struct ctx *c, const char *path, struct unzip **out) must_use;
void unzip_close(struct unzip *z);                         /* NULL is fine */

const struct unzip_member *unzip_members(const struct unzip *z, size_t *count);
/* unzip_read: appends member `i` to `out`, checked against its size and checksum. A member over 1 MB that grows more than
 * 200 times is refused before it is unpacked; at most 256 MB a member. */
enum status unzip_read(struct ctx *c, struct unzip *z, size_t i, struct buffer *out) must_use;
