/* embed.c - puts a file into the program: FILE OUT.h makes `static const char NAME[]` with its size. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void name_print(FILE *to, const char *path)
{
	const char *last = strrchr(path, '/');
	for (const char *p = last ? last + 1 : path; *p; p++)
		fputc(isalnum((unsigned char)*p) ? tolower((unsigned char)*p) : '_', to);
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return fputs("usage: embed FILE OUT.h\n", stderr), 2;
	FILE *in = fopen(argv[1], "rb"), *out = fopen(argv[2], "w");
	if (!in || !out) {
		fprintf(stderr, "embed: %s: %s\n", in ? argv[2] : argv[1], strerror(errno));
		return 1;
	}
	fputs("static const unsigned char ", out);
	name_print(out, argv[1]);
	fputs("[] = {", out);
	size_t n = 0;
	for (int c; (c = getc(in)) != EOF; n++)
		fprintf(out, "%s%d,", n % 24 ? "" : "\n", c);
	fprintf(out, "%s};\n", n ? "" : "0");
	fclose(in);
	return fclose(out) ? 1 : 0;
}
