/* tool.h - what the build's own programs share: reading a file, writing one, saying what is wrong where. */
#pragma once
#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"

/* tool_read: the whole file, in an arena; ends the program with a message when it cannot be read or is not UTF-8. */
str tool_read(struct arena *a, const char *path);
/* tool_write: ends the program with a message when it cannot be written. */
void tool_write(const char *path, const struct buffer *b);
/* tool_refuse: "path:line: message", as compilers say it, and exit 1. */
void tool_refuse(const char *path, int line, const char *format, ...) __attribute__((format(printf, 3, 4), noreturn));
/* tool_c_text: the text as a C string literal on one line, quotes included. */
void tool_c_text(struct buffer *b, str s);
