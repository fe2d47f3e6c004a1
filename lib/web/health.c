/* health.c - is it well, and how much does it do: for load balancers, people on call and Prometheus. */
#include "inside.h"

struct health { bool ok; str version, database; };
RECORD(health, FIELD(health, ok), FIELD(health, version), FIELD(health, database, .doc = "sqlite or postgres"));

OPERATION(health_show, nothing, health,
	.route = "GET /health",
	.allow = "public",
	.lenient = true,
	.doc   = "Whether the program answers and its database can be read.")
{
	(void)in;
	const struct web_settings *s = &c->web->web->settings;
	out->ok = true;
	out->version = str_of(s->app->version);
	out->database = store_is_sqlite(s->store) ? S("sqlite") : S("postgres");
	return OK;
}

static void figure(struct buffer *b, const char *name, const char *help, const char *type, long long value)
{
	buffer_add_format(b, "# HELP wijzer_%s %s\n# TYPE wijzer_%s %s\nwijzer_%s %lld\n", name, help, name, type, name, value);
}

void metrics_write(struct web *w, struct buffer *b)
{
	struct store_figures f = { 0 };
	store_figures(w->settings.store, &f);
	buffer_add(b, S("# HELP wijzer_replies_total Replies by the first digit of their status.\n# TYPE wijzer_replies_total counter\n"));
	for (int i = 2; i < 6; i++)
		buffer_add_format(b, "wijzer_replies_total{status=\"%dxx\"} %ld\n", i, atomic_load(&w->served[i]));
	figure(b, "writes_refused_total", "Writes refused because too many waited.", "counter", atomic_load(&w->refused_writes));
	figure(b, "store_reads_total", "Reading transactions.", "counter", f.reads);
	figure(b, "store_writes_total", "Writing transactions.", "counter", f.writes);
	figure(b, "store_groups_total", "Commits; several writes can share one.", "counter", f.groups);
	figure(b, "store_retries_total", "Writes run again after a conflict.", "counter", f.retries);
	figure(b, "store_queue", "Writes waiting now.", "gauge", f.queue);
	figure(b, "store_bytes", "Size of the database.", "gauge", f.bytes);
}

OPERATION(metrics_show, nothing, raw_reply,
	.route = "GET /metrics",
	.allow = "public",
	.reply = RAW,
	.lenient = true,
	.doc   = "Counters in Prometheus text form, for clients on the same machine only.")
{
	(void)in;
	if (!web_is_loopback(c))
		return NOT_FOUND;
	out->type = S("text/plain; version=0.0.4; charset=utf-8");
	metrics_write(c->web->web, &out->body);
	return OK;
}

OPERATION(openapi_show, nothing, raw_reply,
	.route = "GET /openapi",
	.allow = "public",
	.reply = RAW,
	.lenient = true,
	.doc   = "This description of every operation, as OpenAPI 3.1.")
{
	(void)in;
	out->type = S("application/json");
	openapi_write(&out->body, c->web->web);
	return OK;
}
