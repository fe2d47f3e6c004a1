/* operation.h - one thing the program can do, declared once, directly above its body.
 *
 *     OPERATION(survey_close, by_id, survey,
 *             .route  = "POST /surveys/{id}/close",
 *             .allow  = "surveys.manage",
 *             .effect = WRITES,
 *             .then   = "/surveys/{id}",
 *             .doc    = "Close a survey before its last day. Answers already given stay.")
 *     {
 *             TRY(store_one(c, survey_by_id, in, out));
 *             …
 *     }
 *
 * From this one entry come the route, the right, CSRF and idempotency, the transaction, reading and
 * checking the input, the JSON, HTML and CSV answers, the redirect after a form, the audit line, OpenAPI,
 * the reference page, the shell command, the rights matrix and the proof that it has a test.
 * Declaring is listing: OPERATION puts a pointer into a section of the program that operations_all() walks.
 */
#pragma once
#include "base/context.h"
#include "record/record.h"
#include "view/view.h"

struct protocol;                       /* protocol.h */

enum effect { READS, WRITES };
/* RAW: the body fills a struct raw_reply itself, for downloads and protocols with headers of their own. */
enum reply { RECORD_REPLY, RAW };

struct operation {
	const char *name;                  /* noun_verb; also the shell's and OpenAPI's name */
	const char *route;                 /* "GET /people/{id}"; the names in braces are fields of the input */
	const char *allow;                 /* a right of the program's table, "public" or "signed-in", or "xapi:…" for a scope of a protocol; without it the program does not start */
	const char *doc;                   /* what it does, for whoever calls it; English */
	enum effect effect;
	enum reply reply;
	view_template *page;               /* how its output looks to a person; none: JSON only */
	const char *then;                  /* after a form: "/surveys/{id}", fields of the output, else of the input */
	const struct word *said;           /* after a form: what the next page confirms */
	const char *csv;                   /* the list of the output that makes a CSV file */
	const char *back;                  /* where its form stands, when that is not the page it came from */
	size_t body_max;                   /* bytes of body; 0: 64 KB */
	bool lenient;                      /* fields nobody asked for are passed over, such as utm_source on a first page */
	bool shown_once;                   /* its output holds a secret: not kept for an Idempotency-Key, whose repetition is refused */
	bool traceless;                    /* leaves no line of who did it when: none in the audit, none in the log unless it fails, no answer kept for an Idempotency-Key. For
	                                    * what must not be joined to a person; say why beside it */
	bool audited;                      /* reads, and leaves an audit line all the same: what was asked, without the texts */
	bool shell_only;                   /* no route: only `wijzer call` and the program itself */
	const struct protocol *protocol;   /* its routes, credentials, headers and errors are those of somebody else's protocol */
	/* What needs nothing stored: reading a long body. Runs where the request arrived, side by side with others and before any
	 * transaction; may fill members of the input that are no fields. What it refuses is said only to who may ask at all. */
	enum status (*prepare)(struct ctx *c, void *in);
	/* The first thing done in its transaction, before anybody is identified: taking a lock. On PostgreSQL a transaction sees what was there at its first
	 * query, so a lock that is taken later has been waited for in vain. */
	enum status (*first)(struct ctx *c);
	/* What takes long and touches nothing stored (hashing): runs before the transaction, on a thread of its own, inside a
	 * reading transaction; may fill members of the input that are no fields. */
	enum status (*before)(struct ctx *c, void *in);

	const char *file;                  /* filled in by OPERATION */
	const struct record *input, *output;
	enum status (*run)(struct ctx *c, const void *in, void *out);
};

#define OPERATION(op, in_t, out_t, ...) \
	must_use static enum status op(struct ctx *c, const struct in_t *in, struct out_t *out); \
	static enum status op##_run(struct ctx *c, const void *in, void *out) { return op(c, in, out); } \
	static const struct operation op##_operation = { .name = #op, .file = __FILE__, \
		.input = &in_t##_record, .output = &out_t##_record, .run = op##_run, __VA_ARGS__ }; \
	static const struct operation *const op##_listed \
		__attribute__((used, section("wijzer_operations"))) = &op##_operation; \
	static enum status op(struct ctx *c, const struct in_t *in, struct out_t *out)

/* The output of a RAW operation. */
struct raw_reply {
	str type;                          /* Content-Type */
	str file;                          /* offered as a download by this name, if any */
	struct buffer body;
	list headers;                      /* of struct http_header */
	int64_t status;                    /* 0: 200 */
};
extern const struct record raw_reply_record;

/* A file a person sent: member of an input, field type text; its name is in the member called NAME_file when there is one. */

size_t operations_count(void);
const struct operation *operations_at(size_t i);            /* sorted by feature, then name */
const struct operation *operation_find(str name);
str operation_method(const struct operation *op);          /* "GET" */
str operation_path(const struct operation *op);            /* "/people/{id}" */
str operation_feature(const struct operation *op);         /* "people": the folder it stands in */
/* The path with its names filled in from a record's members, percent-encoded; *used marks fields by number if given. */
str path_fill(struct arena *a, str path, const struct record *r, const void *of, const struct record *also, const void *also_of);
