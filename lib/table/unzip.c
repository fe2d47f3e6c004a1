/* unzip.c - listing and reading the members of a zip in memory, by libzip. */
#include "table/unzip.h"
#include "table/inside.h"
#include <zip.h>

struct unzip {
	zip_t *zip;
	str name;
	struct unzip_member *members;
	zip_uint64_t *places;                                  /* of each member among the zip's entries */
	size_t count;
	struct buffer file;
};

static enum status refuse_zip(struct ctx *c, str name, zip_error_t *e)
{
	enum status s = refuse(c, INVALID, "unzip", W(unzip_no_zip), name, str_of(zip_error_strerror(e)));
	zip_error_fini(e);
	return s;
}

static enum status zip_start(struct ctx *c, struct unzip *z, str bytes)
{
	zip_error_t e;
	zip_error_init(&e);
	zip_source_t *source = zip_source_buffer_create(bytes.at, bytes.len, 0, &e);
	if (!source)
		return refuse_zip(c, z->name, &e);
	z->zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &e);
	if (!z->zip) {
		zip_source_free(source);
		return refuse_zip(c, z->name, &e);
	}
	zip_error_fini(&e);
	return OK;
}

static enum status members_list(struct ctx *c, struct unzip *z)
{
	zip_int64_t entries = zip_get_num_entries(z->zip, 0);
	if (entries > UNZIP_MEMBERS_MAX)
		return refuse(c, INVALID, "unzip", W(unzip_too_many), z->name, number_text(c->arena, entries), number_text(c->arena, UNZIP_MEMBERS_MAX));
	z->members = arena_array_of(c->arena, struct unzip_member, (size_t)entries + 1);
	z->places = arena_array_of(c->arena, zip_uint64_t, (size_t)entries + 1);
	for (zip_uint64_t i = 0; i < (zip_uint64_t)entries; i++) {
		zip_stat_t st;
		if (zip_stat_index(z->zip, i, 0, &st) || !(st.valid & ZIP_STAT_NAME) || !(st.valid & ZIP_STAT_SIZE))
			return refuse(c, INVALID, "unzip", W(unzip_no_zip), z->name, str_of(zip_strerror(z->zip)));
		str name = str_of(st.name);
		if (str_ends(name, S("/")))
			continue;
		z->members[z->count] = (struct unzip_member){ text_copy(c->arena, name), st.size > INT64_MAX ? INT64_MAX : (int64_t)st.size };
		z->places[z->count++] = i;
	}
	return OK;
}

static enum status zip_begin(struct ctx *c, struct unzip *z, str bytes)
{
	if (!bytes.len)                                        /* which libzip takes for a zip without members */
		return refuse(c, INVALID, "unzip", W(unzip_no_zip), z->name, S("0 bytes"));
	TRY(zip_start(c, z, bytes));
	return members_list(c, z);
}

static struct unzip *unzip_new(struct ctx *c, str name)
{
	struct unzip *z = arena_new_of(c->arena, struct unzip);
	z->name = text_copy(c->arena, name);
	return z;
}

enum status unzip_open(struct ctx *c, str name, str bytes, struct unzip **out)
{
	struct unzip *z = unzip_new(c, name);
	enum status s = zip_begin(c, z, bytes);
	if (s == OK)
		*out = z;
	else
		unzip_close(z);
	return s;
}

enum status unzip_open_file(struct ctx *c, const char *path, struct unzip **out)
{
	struct unzip *z = unzip_new(c, file_name(str_of(path)));
	TRY(file_read(c, path, UNZIP_BYTES_MAX, &z->file));
	enum status s = zip_begin(c, z, buffer_text(&z->file));
	if (s == OK)
		*out = z;
	else
		unzip_close(z);
	return s;
}

void unzip_close(struct unzip *z)
{
	if (!z)
		return;
	if (z->zip)
		zip_discard(z->zip);
	z->zip = NULL;
	buffer_done(&z->file);
}

const struct unzip_member *unzip_members(const struct unzip *z, size_t *count)
{
	*count = z->count;
	return z->members;
}

static enum status limits_check(struct ctx *c, const struct unzip *z, str name, const zip_stat_t *st)
{
	if (st->size > UNZIP_BYTES_MAX)
		return refuse(c, INVALID, "unzip", W(unzip_too_large), z->name, name, number_text(c->arena, (int64_t)(st->size / 1000000)),
			number_text(c->arena, UNZIP_BYTES_MAX / 1000000));
	if (st->size > UNZIP_SMALL && st->size / UNZIP_RATIO_MAX > st->comp_size)
		return refuse(c, INVALID, "unzip", W(unzip_bomb), z->name, name, number_text(c->arena, UNZIP_RATIO_MAX));
	if (st->encryption_method != ZIP_EM_NONE)
		return refuse(c, INVALID, "unzip", W(unzip_locked), z->name, name);
	return OK;
}

enum status unzip_read(struct ctx *c, struct unzip *z, size_t i, struct buffer *out)
{
	zip_stat_t st;
	str name = z->members[i].name;
	if (zip_stat_index(z->zip, z->places[i], 0, &st))
		return refuse(c, INVALID, "unzip", W(unzip_damaged), z->name, name, str_of(zip_strerror(z->zip)));
	TRY(limits_check(c, z, name, &st));
	zip_file_t *f = zip_fopen_index(z->zip, z->places[i], 0);
	if (!f)
		return refuse(c, INVALID, "unzip", W(unzip_damaged), z->name, name, str_of(zip_strerror(z->zip)));
	/* One byte more than promised: reading up to the end checks the checksum, and shows one that promised too little. */
	size_t from = out->len;
	buffer_reserve(out, st.size + 1);
	zip_int64_t n;
	while ((n = zip_fread(f, out->at + out->len, from + st.size + 1 - out->len)) > 0)
		out->len += (size_t)n;
	bool whole = !n && out->len - from == st.size;
	str why = whole ? S("") : n < 0 ? text_copy(c->arena, str_of(zip_error_strerror(zip_file_get_error(f)))) : S("size");
	zip_fclose(f);
	if (whole)
		return OK;
	out->len = from;
	return refuse(c, INVALID, "unzip", W(unzip_damaged), z->name, name, why);
}
