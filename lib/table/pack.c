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

/* ---- Members that are made while they are packed ---- */

struct made {
	struct ctx *c;
	const struct zip_stream *stream;
	struct buffer piece;
	size_t at;
	bool begun, ended;
	struct arena *scratch;                                 /* what a piece took is given back with it */
	enum status status;
	zip_error_t error;
};

static zip_int64_t piece_read(struct made *m, char *into, size_t room)
{
	while (m->at == m->piece.len && !m->ended && m->status == OK) {
		struct arena *own = m->c->arena;
		buffer_clear(&m->piece);
		m->at = 0;
		arena_reset(m->scratch);
		m->c->arena = m->scratch;
		m->status = m->stream->more(m->c, m->stream->of, &m->piece);
		m->c->arena = own;
		m->ended = !m->piece.len;
	}
	if (m->status != OK) {
		zip_error_set(&m->error, ZIP_ER_READ, 0);
		return -1;
	}
	size_t len = m->piece.len - m->at < room ? m->piece.len - m->at : room;
	if (len)
		memcpy(into, m->piece.at + m->at, len);
	m->at += len;
	return (zip_int64_t)len;
}

static zip_int64_t made_answer(void *of, void *data, zip_uint64_t len, zip_source_cmd_t asked)
{
	struct made *m = of;
	switch ((int)asked) {
	case ZIP_SOURCE_OPEN:
		if (m->begun)
			return zip_error_set(&m->error, ZIP_ER_OPEN, 0), -1;
		m->begun = true;
		return 0;
	case ZIP_SOURCE_READ:
		return piece_read(m, data, (size_t)len);
	case ZIP_SOURCE_CLOSE:
		return 0;
	case ZIP_SOURCE_STAT:
		zip_stat_init(data);
		return sizeof(zip_stat_t);
	case ZIP_SOURCE_ERROR:
		return zip_error_to_data(&m->error, data, len);
	case ZIP_SOURCE_FREE:
		buffer_done(&m->piece);
		return 0;
	case ZIP_SOURCE_SUPPORTS:
		return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
	default:
		return zip_error_set(&m->error, ZIP_ER_OPNOTSUPP, 0), -1;
	}
}

static void scratch_free(void *of)
{
	arena_free(of);
}

static zip_source_t *member_new(struct ctx *c, zip_t *z, const struct zip_entry *e, list *all)
{
	if (!e->stream)
		return zip_source_buffer(z, e->bytes.at ? e->bytes.at : "", e->bytes.len, 0);
	struct made *m = arena_new_of(c->arena, struct made);
	*m = (struct made){ .c = c, .stream = e->stream, .scratch = arena_new() };
	arena_when_done(c->arena, scratch_free, m->scratch);   /* not earlier: what a piece refused is said from there */
	zip_error_init(&m->error);
	*list_add(c->arena, all, struct made *) = m;
	return zip_source_function(z, made_answer, m);
}

static bool entries_add(struct ctx *c, zip_t *z, const list *entries, list *made)
{
	for (each(struct zip_entry, e, *entries)) {
		zip_source_t *member = member_new(c, z, e, made);
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
	list made = { 0 };
	if (!entries_add(c, z, entries, &made) || zip_close(z)) {
		for (size_t i = 0; i < made.count && status == OK; i++)
			status = (*list_item(made, struct made *, i))->status;
		if (status == OK)
			status = broken(c, "a zip could not be made: %s", zip_strerror(z));
		zip_discard(z);
	} else {
		status = packed_read(c, source, out);
	}
	zip_source_free(source);
	return status;
}
