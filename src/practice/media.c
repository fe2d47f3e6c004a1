/* media.c - a picture, a sound, a short video or a link with a card: known by what it is, not by what it is called, and never without words. */
#include "inside.h"
#include "base/buffer.h"
#include "web/access.h"
#include "web/job.h"
#include "web/operation.h"

#define MEDIA_ROOM_MOST (INT64_C(2) << 30)

RECORD(media, FIELD(media, id), FIELD(media, kind), FIELD(media, type), FIELD(media, bytes, .max = MEDIA_MAX), FIELD(media, captions, .max = CAPTIONS_MAX, .lines = true),
	FIELD(media, words, .max = WORDS_MAX), FIELD(media, link, .max = LINK_MAX));
RECORD(shown_media, FIELD(shown_media, id), FIELD(shown_media, kind), FIELD(shown_media, words, .max = WORDS_MAX), FIELD(shown_media, link), FIELD(shown_media, captions));

/* What the first bytes say it is. */
static const struct { const char *kind, *type, *at0; size_t len; const char *at; size_t from; } kinds[] = {
	{ "picture", "image/png", "\x89PNG\r\n\x1a\n", 8, NULL, 0 },
	{ "picture", "image/jpeg", "\xff\xd8\xff", 3, NULL, 0 },
	{ "picture", "image/webp", "RIFF", 4, "WEBP", 8 },
	{ "sound", "audio/mpeg", "ID3", 3, NULL, 0 },
	{ "sound", "audio/mpeg", "\xff\xfb", 2, NULL, 0 },
	{ "sound", "audio/wav", "RIFF", 4, "WAVE", 8 },
	{ "sound", "audio/ogg", "OggS", 4, NULL, 0 },
	{ "video", "video/mp4", "", 0, "ftyp", 4 },
	{ "video", "video/webm", "\x1a\x45\xdf\xa3", 4, NULL, 0 },
};

static bool has_at(str bytes, size_t at, const char *what, size_t len)
{
	return bytes.len >= at + len && str_eq((str){ bytes.at + at, len }, (str){ what, len });
}

static bool kind_find(str bytes, struct media *out)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (has_at(bytes, 0, kinds[i].at0, kinds[i].len) && (!kinds[i].at || has_at(bytes, kinds[i].from, kinds[i].at, 4))) {
			out->kind = str_of(kinds[i].kind);
			out->type = str_of(kinds[i].type);
			return true;
		}
	return false;
}

enum status media_show(struct ctx *c, int64_t id, list *out)
{
	struct media m = { 0 };
	bool found = false;
	if (id)
		TRY(store_find(c, media_about, (&(struct by_id){ id }), &m, &found));
	if (found)
		*list_add(c->arena, out, struct shown_media) = (struct shown_media){ m.id, m.kind, m.words, m.link, m.captions.len > 0 };
	return OK;
}

struct media_form { int64_t deck; str file, file_file, captions, captions_file, words, link; };
RECORD(media_form,
	FIELD(media_form, deck, .required = true),
	FIELD(media_form, file, .label = W(practice_media_file), .hint = W(practice_media_file_hint), .file = true, .max = MEDIA_MAX),
	FIELD(media_form, file_file, .max = 300),
	FIELD(media_form, captions, .label = W(practice_media_captions), .hint = W(practice_media_captions_hint), .file = true, .max = CAPTIONS_MAX),
	FIELD(media_form, captions_file, .max = 300),
	FIELD(media_form, link, .label = W(practice_media_link), .hint = W(practice_media_link_hint), .max = LINK_MAX),
	FIELD(media_form, words, .label = W(practice_media_words), .hint = W(practice_media_words_hint), .required = true, .max = WORDS_MAX));

static bool is_link(str link)
{
	bool plain = true;
	for (size_t i = 0; i < link.len; i++)
		plain &= link.at[i] > ' ' && link.at[i] != '"' && link.at[i] != '<' && link.at[i] != '\\';
	return plain && str_starts(link, S("https://")) && link.len > 11;
}

static enum status media_read(struct ctx *c, const struct media_given *in, struct media *out)
{
	*out = (struct media){ .words = in->words, .link = in->link };
	if ((in->file.len > 0) == (in->link.len > 0))
		return object(c, S("file"), W(practice_media_one));
	if (!in->words.len)
		object(c, S("words"), W(practice_media_no_words));
	if (in->link.len) {
		out->kind = S("link");
		return is_link(in->link) ? OK : object(c, S("link"), W(practice_media_no_link));
	}
	if (!kind_find(in->file, out))
		return object(c, S("file"), W(practice_media_unknown), in->file_file.len ? in->file_file : S("–"));
	out->bytes = in->file;
	if (!str_eq(out->kind, S("picture")) && !in->captions.len)
		return object(c, S("captions"), str_eq(out->kind, S("video")) ? W(practice_media_no_captions) : W(practice_media_no_transcript));
	if (in->captions.len && (!utf8_is_valid(in->captions) || !str_starts(in->captions, S("WEBVTT"))))
		return object(c, S("captions"), W(practice_media_not_vtt));
	out->captions = in->captions;
	return OK;
}

static enum status media_put(struct ctx *c, const struct media_given *given, struct media *m, int64_t *out)
{
	struct count room;
	struct by_id id;
	TRY(media_read(c, given, m));
	if (c->problems.count)
		return INVALID;
	TRY(store_one(c, media_room, NOTHING, &room));
	if (room.count + (int64_t)m->bytes.len > MEDIA_ROOM_MOST)
		return refuse(c, CONFLICT, "media-full", W(practice_media_full));
	TRY(store_one(c, media_add, m, &id));
	*out = id.id;
	return OK;
}

enum status media_keep(struct ctx *c, const struct media_given *given, int64_t *id)
{
	struct media m;
	return media_put(c, given, &m, id);
}

struct media_added { int64_t id, deck; str kind; };
RECORD(media_added, FIELD(media_added, id), FIELD(media_added, deck), FIELD(media_added, kind));

OPERATION(media_add, media_form, media_added,
	.route = "POST /decks/{deck}/media",
	.allow = "skills.read",
	.effect = WRITES,
	.back = "/decks/{deck}",
	.then = "/decks/{deck}",
	.body_max = MEDIA_BODY_MAX,
	.doc = "Keeps a picture, sound or short video (known by its content) or a link, with words for who cannot see or hear it. Answers its number, for a program that makes cards; on "
		"the page of a card it is chosen in place.")
{
	struct deck d;
	struct media m;
	TRY(deck_load(c, in->deck, &d));
	TRY(deck_may_edit(c, &d));
	TRY(media_put(c, &(struct media_given){ in->file, in->file_file, in->captions, in->link, in->words }, &m, &out->id));
	out->deck = d.id;
	out->kind = m.kind;
	return OK;
}

struct media_stray { instant before; };
RECORD(media_stray, FIELD(media_stray, before));

/* Brought for a card that was then not kept. */
NIGHTLY(practice_media_stray)
{
	return store_run(c, media_stray_remove, (&(struct media_stray){ { c->now.ms - 86400000 } }), NULL);
}

static enum status media_load(struct ctx *c, int64_t id, struct media *out)
{
	struct count cards;
	bool found;
	TRY(store_find(c, media_by_id, (&(struct by_id){ id }), out, &found));
	if (found)
		TRY(store_one(c, media_readable, (&(struct by_id){ id }), &cards));
	/* Before it is on a card only those who can make one see it. */
	if (!found || (!cards.count && !may(c, S("decks.manage"))))
		return refuse(c, NOT_FOUND, "unknown-media", W(practice_unknown_media));
	return OK;
}

OPERATION(media_bytes, by_id, raw_reply,
	.route = "GET /media/{id}",
	.allow = "skills.read",
	.reply = RAW,
	.lenient = true,
	.doc = "The picture, sound or video itself.")
{
	struct media m;
	TRY(media_load(c, in->id, &m));
	if (!m.bytes.len)
		return refuse(c, NOT_FOUND, "unknown-media", W(practice_unknown_media));
	out->type = m.type;
	buffer_add(&out->body, m.bytes);
	return OK;
}

OPERATION(media_captions, by_id, raw_reply,
	.route = "GET /media/{id}/captions",
	.allow = "skills.read",
	.reply = RAW,
	.lenient = true,
	.doc = "Its captions, or what is said in it, as WebVTT.")
{
	struct media m;
	TRY(media_load(c, in->id, &m));
	if (!m.captions.len)
		return refuse(c, NOT_FOUND, "unknown-media", W(practice_unknown_media));
	out->type = S("text/vtt; charset=utf-8");
	buffer_add(&out->body, m.captions);
	return OK;
}
