/* letters.c - what became of the letters that go by mail: how many, and why not; never to whom or what stood in them. */
#include "inside.h"
#include "view/view.words.h"
#include "web/letter.h"
#include "web/operation.h"

struct letters_row { str label; int64_t waiting, sent, unsure, failed; list reasons; };
struct letters_reason { str text; int64_t count; };
struct letters_page { list rows, reasons; str host; int64_t waiting, sent, unsure, failed; bool server; };
RECORD(letters_reason, FIELD(letters_reason, text), FIELD(letters_reason, count));
RECORD(letters_row, FIELD(letters_row, label), FIELD(letters_row, waiting), FIELD(letters_row, sent), FIELD(letters_row, unsure), FIELD(letters_row, failed));
RECORD(letters_page, FIELD(letters_page, server, .doc = "Whether a mail server was named at the start."), FIELD(letters_page, host), FIELD(letters_page, waiting), FIELD(letters_page, sent), FIELD(letters_page, unsure),
	FIELD(letters_page, failed), FIELD(letters_page, rows, .of = &letters_row_record), FIELD(letters_page, reasons, .of = &letters_reason_record));
#include "accounts_letters.html.h"

static struct letters_row *row_of(struct ctx *c, struct letters_page *out, str label)
{
	for (each(struct letters_row, r, out->rows))
		if (str_eq(r->label, label))
			return r;
	struct letters_row *added = list_add(c->arena, &out->rows, struct letters_row);
	added->label = label;
	return added;
}

static void reason_add(struct ctx *c, struct letters_page *out, str text, int64_t count)
{
	for (each(struct letters_reason, r, out->reasons))
		if (str_eq(r->text, text)) {
			r->count += count;
			return;
		}
	*list_add(c->arena, &out->reasons, struct letters_reason) = (struct letters_reason){ text, count };
}

OPERATION(letters_show, nothing, letters_page,
	.route = "GET /letters",
	.allow = "accounts.manage",
	.page = letters_html,
	.lenient = true,
	.doc = "What became of letters in the last sixty days, by kind: counts and reasons, no receivers and no texts.")
{
	(void)in;
	list counts = { 0 };
	out->server = letter_server(c, &out->host);
	TRY(letter_counts(c, &counts));
	for (each(struct letter_count, x, counts)) {
		const struct letter_kind *k = letter_kind_find(x->name);
		struct letters_row *row = row_of(c, out, k ? k->label->text[c->language] : x->name);
		bool waits = str_eq(x->state, S("waiting")) || str_eq(x->state, S("sending"));
		*(waits ? &row->waiting : str_eq(x->state, S("sent")) ? &row->sent : str_eq(x->state, S("unsure")) ? &row->unsure : &row->failed) += x->count;
		*(waits ? &out->waiting : str_eq(x->state, S("sent")) ? &out->sent : str_eq(x->state, S("unsure")) ? &out->unsure : &out->failed) += x->count;
		if (x->failed.len)
			reason_add(c, out, x->failed, x->count);
	}
	return OK;
}
