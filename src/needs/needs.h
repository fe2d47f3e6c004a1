/* needs.h - what four sides say people need to learn, and what comes towards us: what later features may ask. README.md has the words and the reasons. */
#pragma once
#include "base/context.h"
#include "record/record.h"

#define PURPOSE_NEEDS S("needs")

/* What waits for whoever asks: signals they follow whose day to look again has come, and for whoever manages them those that nobody who works here follows. */
struct signal_owed { int64_t due, signal, lost, lost_signal; str title; };
extern const struct record signal_owed_record;
enum status signal_owed(struct ctx *c, struct signal_owed *out) must_use;

/* What the asker was told of lately: signal 0 when nothing. */
struct signal_news { int64_t signal; str title, text; };
extern const struct record signal_news_record;
enum status signal_news(struct ctx *c, struct signal_news *out) must_use;
