/* letter.h - what is to be sent by mail: written down in the same transaction as what it is about, sent afterwards.
 *
 *     LETTER(survey_invitation, survey_round_person) { … c, in … out->to = …; out->subject = …; out->text = …; }
 *     TRY(letter_add(c, survey_invitation, &asked, c->now));
 *
 * What waits is only which letter about what: no address, no text, no link. The body makes the letter, in a writing transaction, right before it is sent,
 * so that nothing secret lies in the database and nobody gets what is no longer true. It answers NOT_FOUND when the letter need not be sent any
 * more. The same letter about the same is written down once, whatever became of it: ask again and nothing is sent twice.
 *
 * Sent once: a letter is marked, on the disk, before the first byte of its text leaves, and marked as taken when the server has said yes. If the
 * program ends or the line breaks between the two, nobody can know whether it arrived: it is then `unsure`, shown, and not sent again.
 */
#pragma once
#include "base/context.h"
#include "mail/mail.h"
#include "record/record.h"

struct letter { str to, subject, text; enum language language; };
struct letter_kind { const char *name; const struct record *input; enum status (*write)(struct ctx *c, const void *in, struct letter *out); const struct word *label; };

#define LETTER(name_, in_t, label_) \
	must_use static enum status name_(struct ctx *c, const struct in_t *in, struct letter *out); \
	static enum status name_##_write(struct ctx *c, const void *in, struct letter *out) { return name_(c, in, out); } \
	const struct letter_kind name_##_letter = { #name_, &in_t##_record, name_##_write, label_ }; \
	static const struct letter_kind *const name_##_letter_listed __attribute__((used, section("wijzer_letters"))) = &name_##_letter; \
	static enum status name_(struct ctx *c, const struct in_t *in, struct letter *out)

#define letter_add(c, name, in, due) letter_add_named((c), &name##_letter, (in), (due))
enum status letter_add_named(struct ctx *c, const struct letter_kind *kind, const void *in, instant due) must_use;
const struct letter_kind *letter_kind_find(str name);

/* How many are in which state, by kind: for the administrator. No address, no text, no moment. */
struct letter_count { str name, state, failed; int64_t count; };
extern const struct record letter_count_record;
enum status letter_counts(struct ctx *c, list *out) must_use;                /* of struct letter_count */
/* Is there a server to send by; its name, for the same page. */
bool letter_server(const struct ctx *c, str *host);

/* ---- The server's side ---- */
struct web;
struct letters_settings { struct mail_server server; int a_minute; };      /* a_minute: at most so many letters; 0: 120 */
/* A thread of its own, which sends what is due. Without a host nothing is sent, and it stays written down. */
void web_letters_start(struct web *w, const struct letters_settings *s);
void web_letters_stop(struct web *w);
