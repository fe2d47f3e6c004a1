/* utf8.c - checking, counting and folding UTF-8. */
#include "text.h"
#include "arena.h"
#include <string.h>

uint32_t utf8_next(str s, size_t *at)
{
	const unsigned char *p = (const unsigned char *)s.at + *at;
	size_t left = s.len - *at, more = p[0] < 0x80 ? 0 : p[0] >= 0xF0 ? 3 : p[0] >= 0xE0 ? 2 : 1;
	static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
	if (!more) {
		*at += 1;
		return p[0];
	}
	if (p[0] >= 0xC2 && p[0] <= 0xF4 && left > more) {
		uint32_t point = p[0] & (0x3Fu >> more);
		size_t i = 1;
		while (i <= more && (p[i] & 0xC0) == 0x80)
			point = point << 6 | (p[i++] & 0x3F);
		if (i > more && point >= least[more] && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF)) {
			*at += more + 1;
			return point;
		}
	}
	*at += 1;
	return 0xFFFD;
}

/* Eight bytes of ASCII at once, none of them NUL. */
static bool is_plain(const char *at)
{
	uint64_t eight;
	memcpy(&eight, at, 8);
	return !((eight | (eight - 0x0101010101010101u)) & 0x8080808080808080u);
}

bool utf8_is_valid(str s)
{
	for (size_t at = 0; at < s.len; ) {
		if (s.len - at >= 8 && is_plain(s.at + at)) {
			at += 8;
			continue;
		}
		size_t from = at;
		uint32_t point = utf8_next(s, &at);
		if (!point || (point == 0xFFFD && at == from + 1))
			return false;
	}
	return true;
}

size_t utf8_count(str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++)
		n += ((unsigned char)s.at[i] & 0xC0) != 0x80;
	return n;
}

size_t utf8_put(char into[4], uint32_t point)
{
	if (point < 0x80) {
		into[0] = (char)point;
		return 1;
	}
	size_t more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
	static const unsigned char lead[] = { 0, 0xC0, 0xE0, 0xF0 };
	for (size_t i = more; i; i--) {
		into[i] = (char)(0x80 | (point & 0x3F));
		point >>= 6;
	}
	into[0] = (char)(lead[more] | point);
	return more + 1;
}

/* Latin-1 and Latin Extended-A, U+00C0 to U+017F, as the plain letters a Dutch keyboard has; '\0' keeps the letter. */
static const char plain[] =
	"aaaaaa\1ceeeeiiii" "dnooooo\0ouuuuy\0\2" "aaaaaa\1ceeeeiiii" "dnooooo\0ouuuuy\0y"
	"aaaaaaccccccccdd" "ddeeeeeeeeeegggg" "gggghhhhiiiiiiii" "ii\3\3jjkkklllllll"
	"lllnnnnnnnnnoooo" "oo\4\4rrrrrrssssss" "ssttttttuuuuuuuu" "uuuuwwyyyzzzzzzs";
static const char *const pairs[] = { "", "ae", "ss", "ij", "oe" };

str text_fold(struct arena *a, str s)
{
	char *out = arena_take(a, s.len * 3 + 1);              /* a byte that is no UTF-8 becomes U+FFFD */
	size_t n = 0;
	bool space = false;
	for (size_t at = 0; at < s.len; ) {
		uint32_t point = utf8_next(s, &at);
		if (point <= ' ' || point == 0xA0) {
			space = n > 0;
			continue;
		}
		if (point >= 0x300 && point <= 0x36F)          /* combining accents fall away */
			continue;
		if (space)
			out[n++] = ' ';
		space = false;
		char to = point >= 0xC0 && point <= 0x17F ? plain[point - 0xC0] : 0;
		if (point >= 'A' && point <= 'Z')
			out[n++] = (char)(point + 32);
		else if (to >= 'a')
			out[n++] = to;
		else if (to)
			for (const char *p = pairs[(int)to]; *p; p++)
				out[n++] = *p;
		else
			n += utf8_put(out + n, point);
	}
	return (str){ out, n };
}
