/* assets.c - puts the look into the program: joined, gzipped and fingerprinted.
 *
 *     assets OUT.c /style/app.css text/css tokens.css app.css -- /style/icons.svg image/svg+xml icons.svg …
 */
#include "tool.h"
#include "base/buffer.h"
#include "base/token.h"
#include <stdio.h>
#include <string.h>
#include <zlib.h>

static void bytes_print(FILE *to, const char *name, size_t number, str bytes)
{
	fprintf(to, "static const unsigned char %s_%zu[] = {", name, number);
	for (size_t i = 0; i < bytes.len; i++)
		fprintf(to, "%s%d,", i % 24 ? "" : "\n", (unsigned char)bytes.at[i]);
	fprintf(to, "%s};\n", bytes.len ? "" : "0");
}

/* Nothing when it would not be smaller: fonts are compressed already. */
static str gzip(struct arena *a, str bytes)
{
	z_stream z = { 0 };
	if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		return (str){ 0 };
	size_t room = deflateBound(&z, bytes.len);
	unsigned char *out = arena_take(a, room);
	z.next_in = arena_copy(a, bytes.at, bytes.len);
	z.avail_in = (unsigned)bytes.len;
	z.next_out = out;
	z.avail_out = (unsigned)room;
	deflate(&z, Z_FINISH);
	size_t len = room - z.avail_out;
	deflateEnd(&z);
	return len + len / 20 < bytes.len ? (str){ (char *)out, len } : (str){ 0 };
}

static bool file_add(struct buffer *b, const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return perror(path), false;
	char piece[65536];
	for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0; )
		buffer_add(b, (str){ piece, n });
	fclose(f);
	return true;
}

int main(int argc, char **argv)
{
	if (argc < 5 || !token_start())
		return fputs("usage: assets OUT.c PATH TYPE FILE … [-- PATH TYPE FILE …]\n", stderr), 2;
	struct arena *a = arena_new();
	struct buffer table = { 0 };
	FILE *to = fopen(argv[1], "w");
	if (!to)
		return perror(argv[1]), 1;
	fputs("/* Made by tools/assets.c. */\n#include \"style/style.h\"\n\n", to);
	size_t number = 0;
	for (int i = 2; i < argc; i++, number++) {
		const char *path = argv[i++], *type = argv[i++];
		struct buffer b = { 0 };
		for (; i < argc && strcmp(argv[i], "--"); i++)
			if (!file_add(&b, argv[i]))
				return 1;
		str bytes = buffer_text(&b), packed = gzip(a, bytes), print = str_until(token_fingerprint(a, bytes), 12);
		bytes_print(to, "bytes", number, bytes);
		bytes_print(to, "packed", number, packed);
		buffer_add_format(&table, "\t{ S(\"%s\"), S(\"%s\"), S(\"\\\"" S_FMT "\\\"\"), { (const char *)bytes_%zu, %zu }, { (const char *)packed_%zu, %zu } },\n",
			path, type, S_ARG(print), number, bytes.len, number, packed.len);
		if (!strcmp(type, "text/css"))
			fprintf(to, "const char style_css_url[] = \"%s?v=" S_FMT "\";\n", path, S_ARG(print));
		if (!strcmp(type, "text/javascript"))
			fprintf(to, "const char style_script_url[] = \"%s?v=" S_FMT "\";\n", path, S_ARG(print));
		buffer_done(&b);
	}
	fprintf(to, "\nconst struct asset style_assets[] = {\n" S_FMT "\t{ { 0 }, { 0 }, { 0 }, { 0 }, { 0 } } };\n", S_ARG(buffer_text(&table)));
	buffer_done(&table);
	arena_free(a);
	return fclose(to) ? 1 : 0;
}
