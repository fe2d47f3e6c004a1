/* query.h - what is asked of the statements, from the parameters of a request; without store and web. */
#pragma once
#include "format.h"

struct statements_query {
	str version, languages;
	str statementId, voidedStatementId, agent, verb, activity, registration, related_activities, related_agents, since, until, limit, format, attachments, ascending;
	str more;
	int64_t from;                              /* of `more`: the last number of the page before */
};
extern const struct record statements_query_record;

struct statements_asked {
	str id;                                    /* one statement; no text: a page of those that fit */
	bool voided, with_files;
	enum format format;
	bool by_agent;
	struct mention agent;
	str verb, activity;                        /* IRIs; no text: any */
	struct statement_filter filter;            /* what needs no numbers of the store */
};
/* INVALID, and said which parameter is wrong. What `more` holds stands in *q afterwards. */
enum status statements_query_read(struct ctx *c, enum rules rules, struct statements_query *q, struct statements_asked *out) must_use;
/* The link to what stands behind the statement of this number. */
str statements_more_link(struct ctx *c, const struct statements_query *q, int64_t from);
