/* file.c - which files may be kept with an entry: what people take notes with, told by their first bytes and not by their name alone. */
#include "log.h"

struct known { const char *ends, *begins; size_t at; };

static const struct known kinds[] = {
	{ ".pdf", "%PDF-", 0 }, { ".png", "\x89PNG\r\n\x1a\n", 0 }, { ".jpg", "\xff\xd8\xff", 0 }, { ".jpeg", "\xff\xd8\xff", 0 }, { ".webp", "WEBP", 8 }, { ".heic", "ftyp", 4 },
	{ ".docx", "PK\x03\x04", 0 }, { ".xlsx", "PK\x03\x04", 0 }, { ".pptx", "PK\x03\x04", 0 }, { ".odt", "PK\x03\x04", 0 }, { ".ods", "PK\x03\x04", 0 }, { ".odp", "PK\x03\x04", 0 },
	{ ".m4a", "ftyp", 4 }, { ".mp3", "ID3", 0 }, { ".txt", NULL, 0 }, { ".md", NULL, 0 } };

str file_type(str name, str bytes)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		str ends = str_of(kinds[i].ends);
		if (name.len <= ends.len || !str_eq_ignoring_case(str_from(name, name.len - ends.len), ends))
			continue;
		bool is = kinds[i].begins ? bytes.len > kinds[i].at && str_starts(str_from(bytes, kinds[i].at), str_of(kinds[i].begins)) : utf8_is_valid(bytes);
		return is ? str_from(ends, 1) : (str){ 0 };
	}
	return (str){ 0 };
}

enum status file_check(struct ctx *c, str name, str bytes)
{
	if (!bytes.len)
		return object(c, S("file"), W(journal_file_empty));
	return file_type(name, bytes).len ? OK : object(c, S("file"), W(journal_file_kind));
}
