/* pack.c - files packed into a zip in memory. */
#include "table/pack.h"
#include <string.h>
#include <zip.h>

static enum status packed_read(struct ctx *c, zip_source_t *source, struct buffer *out)
{
	zip_stat_t st;
	char piece[16384];
	if (zip_source_stat(source, &st) || zip_source_open(source))
		return broken(c, "a zip was made that cannot be read back");
	for (zip_int64_t n; (n = zip_source_read(source, piece, sizeof piece)) > 0; )
		buffer_add(out, (str){ piece, (size_t)n });
	zip_source_close(source);
	return OK;
}

static bool entries_add(struct ctx *c, zip_t *z, const list *entries)
{
	for (each(struct zip_entry, e, *entries)) {
		zip_source_t *member = zip_source_buffer(z, e->bytes.at ? e->bytes.at : "", e->bytes.len, 0);
		zip_int64_t at = member ? zip_file_add(z, text_c(c->arena, e->name), member, ZIP_FL_ENC_UTF_8) : -1;
		if (at < 0) {
			zip_source_free(member);
			return false;
		}
		zip_file_set_mtime(z, (zip_uint64_t)at, (time_t)(c->now.ms / 1000), 0);
	}
	return true;
}

enum status zip_write(struct ctx *c, const list *entries, struct buffer *out)
{
	zip_error_t e;
	zip_error_init(&e);
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &e);
	zip_t *z = source ? zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &e) : NULL;
	enum status status = OK;
	if (!z) {
		zip_source_free(source);
		status = broken(c, "no zip could be begun: %s", zip_error_strerror(&e));
		zip_error_fini(&e);
		return status;
	}
	zip_error_fini(&e);
	zip_source_keep(source);
	if (!entries_add(c, z, entries) || zip_close(z)) {
		status = broken(c, "a zip could not be made: %s", zip_strerror(z));
		zip_discard(z);
	} else {
		status = packed_read(c, source, out);
	}
	zip_source_free(source);
	return status;
}
