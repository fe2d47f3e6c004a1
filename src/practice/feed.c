/* feed.c - a reminder that somebody's own calendar fetches: the same few minutes on the days they work, whatever was practised.
 *
 * The calendar's server asks without signing in, so the address is the key: long, random, kept as a fingerprint only, and ended by its owner. What it
 * answers depends on hour, days and a pause, and on nothing that was done.
 */
#include "inside.h"
#include "base/buffer.h"
#include "base/token.h"
#include "web/operation.h"
#include "web/web.h"

enum { DAYS_A_WEEK = 7, PAUSED_MOST = 400 };

static const struct choice weekdays[] = { { S("mo"), W(practice_monday) }, { S("tu"), W(practice_tuesday) }, { S("we"), W(practice_wednesday) }, { S("th"), W(practice_thursday) },
	{ S("fr"), W(practice_friday) }, { S("sa"), W(practice_saturday) }, { S("su"), W(practice_sunday) }, { 0 } };
struct reminder_form { int64_t hour; list days; };
struct feed { str fingerprint; int64_t hour, days; date since, pause_until; };
struct feed_made { str url; };
struct feed_key { str token; };
RECORD(reminder_form, FIELD(reminder_form, hour, .label = W(practice_remind_hour), .hint = W(practice_remind_hour_hint), .required = true, .min = 6, .max = 21),
	FIELD(reminder_form, days, .label = W(practice_remind_days), .hint = W(practice_remind_days_hint), .choices = weekdays, .required = true, .max = DAYS_A_WEEK));
RECORD(feed, FIELD(feed, fingerprint, .secret = true), FIELD(feed, hour), FIELD(feed, days), FIELD(feed, since), FIELD(feed, pause_until));
RECORD(feed_made, FIELD(feed_made, url, .secret = true));
RECORD(feed_key, FIELD(feed_key, token, .required = true, .max = 64, .secret = true));
#include "practice_feed.html.h"

/* Bits, Monday first. */
static int64_t days_of(const list *chosen)
{
	int64_t days = 0;
	for (each(str, s, *chosen))
		for (int i = 0; i < DAYS_A_WEEK; i++)
			if (str_eq(*s, weekdays[i].value))
				days |= INT64_C(1) << i;
	return days;
}

static bool falls_on(int64_t days, date d) { return days >> (date_weekday(d) - 1) & 1; }

static void moment_add(struct buffer *b, const char *name, date day, int64_t hour)
{
	struct civil d = date_civil(day);
	buffer_add_format(b, "%s:%04d%02d%02dT%02d0000\r\n", name, d.year, d.month, d.day, (int)hour);
}

/* Without a time zone: at that hour wherever its owner is. */
static void calendar_write(const struct ctx *c, const struct feed *f, struct raw_reply *out)
{
	static const char *const names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
	struct buffer *b = &out->body;
	date first = f->since;
	while (!falls_on(f->days, first))
		first = date_add_days(first, 1);
	buffer_add(b, S("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Wijzer//practice//EN\r\nX-PUBLISHED-TTL:P1D\r\nREFRESH-INTERVAL;VALUE=DURATION:P1D\r\nBEGIN:VEVENT\r\nUID:wijzer-practice\r\n"));
	struct civil d = date_civil(f->since);
	buffer_add_format(b, "DTSTAMP:%04d%02d%02dT000000Z\r\n", d.year, d.month, d.day);
	moment_add(b, "DTSTART", first, f->hour);
	buffer_add(b, S("DURATION:PT5M\r\nRRULE:FREQ=WEEKLY;BYDAY="));
	for (int i = 0, n = 0; i < DAYS_A_WEEK; i++)
		if (f->days >> i & 1)
			buffer_add_format(b, "%s%s", n++ ? "," : "", names[i]);
	buffer_add(b, S("\r\n"));
	date day = date_compare(c->today, first) > 0 ? c->today : first;
	for (int n = 0; n < PAUSED_MOST && date_is(f->pause_until) && date_compare(day, f->pause_until) <= 0; n++, day = date_add_days(day, 1))
		if (falls_on(f->days, day))
			moment_add(b, "EXDATE", day, f->hour);
	buffer_add_format(b, "TRANSP:TRANSPARENT\r\nCLASS:PRIVATE\r\nSUMMARY:" S_FMT "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", S_ARG(W(practice_remind_summary)->text[c->language]));
	out->type = S("text/calendar; charset=utf-8");
	out->file = S("wijzer.ics");
}

OPERATION(practice_feed_make, reminder_form, feed_made,
	.route = "POST /practice/feed",
	.allow = "self.use",
	.effect = WRITES,
	.traceless = true,                 /* whether somebody wants to be reminded is theirs */
	.shown_once = true,
	.page = feed_html,
	.back = "/practice",
	.doc = "Makes an address for one's own calendar, with a reminder on these days at this hour. Shown once; an older one stops.")
{
	TRY(practice_may(c));
	str token = token_new(c->arena);
	struct feed f = { token_fingerprint(c->arena, token), in->hour, days_of(&in->days), { 0 }, { 0 } };
	str start = web_url(c);
	out->url = text_format(c->arena, S_FMT "/practice/calendar/" S_FMT, S_ARG(start.len ? start : S("http://127.0.0.1:8080")), S_ARG(token));
	return store_run(c, feed_put, &f, NULL);
}

OPERATION(practice_feed_end, nothing, nothing,
	.route = "POST /practice/feed/end",
	.allow = "self.use",
	.effect = WRITES,
	.traceless = true,                 /* as practice_feed_make */
	.then = "/practice",
	.said = W(practice_feed_ended),
	.doc = "Ends the address of one's own reminder: a calendar that asks gets nothing any more.")
{
	(void)in;
	(void)out;
	return store_run(c, feed_end, NOTHING, NULL);
}

OPERATION(practice_feed, feed_key, raw_reply,
	.route = "GET /practice/calendar/{token}",
	.allow = "public",
	.reply = RAW,
	.lenient = true,
	.traceless = true,                 /* as practice_feed_make */
	.doc = "A reminder for the calendar of whoever has this address. It says nothing of what was practised, nor whether.")
{
	struct feed f = { .fingerprint = token_fingerprint(c->arena, in->token) };
	bool found;
	TRY(store_find(c, feed_by, &f, &f, &found));
	if (!found || !f.days)
		return refuse(c, NOT_FOUND, "feed-over", W(practice_feed_over));
	calendar_write(c, &f, out);
	return OK;
}

OPERATION(practice_reminder, reminder_form, raw_reply,
	.route = "GET /practice/reminder",
	.allow = "self.use",
	.reply = RAW,
	.lenient = true,
	.doc = "The same reminder as a file, once. Wijzer keeps nothing of it.")
{
	struct feed f = { { 0 }, in->hour, days_of(&in->days), date_add_days(c->today, 1), { 0 } };
	calendar_write(c, &f, out);
	return OK;
}
