-- 1 statements as they came, and what they are found by
create table xapi_actor (
	id {id},
	kind {text} not null check (kind in ('mbox', 'mbox_sha1sum', 'openid', 'account')),
	key {text} not null,
	name {text},
	person {ref} references person (id),
	made {instant} not null,
	unique (key, kind)
);
create index xapi_actor_person on xapi_actor (person) where person is not null;
create table person_identifier (
	id {id},
	person {ref} not null references person (id) on delete cascade,
	kind {text} not null check (kind in ('mbox', 'mbox_sha1sum', 'openid', 'account')),
	key {text} not null,
	by_email {bool} not null,
	made {instant} not null,
	unique (key, kind)
);
create index person_identifier_person on person_identifier (person);
create table xapi_verb (
	id {id},
	iri {text} not null unique,
	display {text},
	nl {text},
	en {text}
);
create table xapi_activity (
	id {id},
	iri {text} not null unique,
	type {text},
	definition {text},
	nl {text},
	en {text}
);
create table statement_gate (
	id {int} primary key
);
create table statement (
	stored {int} primary key,
	id {text} not null unique,
	digest {text} not null,
	made {instant} not null,
	version {text} not null,
	client {int} not null,
	seconds {real},
	voided {int},
	attachments {int} not null,
	text {text} not null
);
create table statement_found (
	stored {int} not null,
	said {int} not null,
	actor {int} not null,
	verb {int} not null,
	activity {int} not null,
	registration {text},
	primary key (stored, said)
)
without rowid --sqlite
;
create index statement_found_actor on statement_found (actor, stored);
create index statement_found_verb on statement_found (verb, stored);
create index statement_found_activity on statement_found (activity, stored);
create index statement_found_registration on statement_found (registration, stored) where registration is not null;
create table statement_actor (
	actor {int} not null,
	wide {int} not null,
	stored {int} not null,
	said {int} not null,
	primary key (actor, wide, stored, said)
)
without rowid --sqlite
;
create index statement_actor_stored on statement_actor (stored);
create table statement_activity (
	activity {int} not null,
	stored {int} not null,
	said {int} not null,
	primary key (activity, stored, said)
)
without rowid --sqlite
;
create index statement_activity_stored on statement_activity (stored);
create table statement_target (
	target {text} not null,
	stored {int} not null,
	voids {bool} not null,
	primary key (target, stored)
)
without rowid --sqlite
;
create index statement_target_stored on statement_target (stored);
create table attachment (
	id {id},
	sha2 {text} not null unique,
	bytes {blob} not null,
	made {instant} not null
);
create table statement_attachment (
	stored {int} not null,
	number {int} not null,
	attachment {ref} not null references attachment (id),
	type {text} not null,
	primary key (stored, number)
);
create index statement_attachment_attachment on statement_attachment (attachment);
-- 2 the programs that may send and read: their credentials, what for, and until when
create table xapi_client (
	id {id},
	key {text} not null unique,
	name {text} not null,
	scopes {int} not null,
	fingerprint {text} not null,
	previous {text},
	previous_ends {instant},
	made {instant} not null,
	made_by {ref} references account (id),
	purpose {text},
	confirmed {instant},
	confirmed_by {ref} references account (id),
	ends {instant},
	revoked {instant}
);
-- 3 documents that tools keep: how far somebody is, what they prefer, what an activity needs
create table xapi_document (
	id {id},
	kind {text} not null check (kind in ('state', 'agent', 'activity')),
	activity {text} not null,
	agent_kind {text} not null,
	agent {text} not null,
	registration {text} not null,
	name {text} not null,
	type {text} not null,
	bytes {blob} not null,
	etag {text} not null,
	changed {instant} not null,
	client {int}
);
create unique index xapi_document_place on xapi_document (kind, agent, agent_kind, activity, registration, name);
create index xapi_document_agent on xapi_document (agent, agent_kind);
-- 4 what came in and what was refused: by source and day, without anybody's name
create table xapi_day (
	client {int} not null,
	day {day} not null,
	verb {text} not null,
	times {int} not null,
	primary key (client, day, verb)
);
create index xapi_day_day on xapi_day (day);
create table xapi_refused (
	client {int} not null,
	day {day} not null,
	reason {text} not null,
	times {int} not null,
	at {instant} not null,
	primary key (client, day, reason)
);
-- 5 what large batches brought within the last second: acknowledged, and found by this short table until the long ones have it
create table statement_waiting (
	stored {int} primary key,
	actor {int} not null,
	verb {int} not null,
	activity {int} not null,
	registration {text}
);
-- 6 whose identifiers are being replaced in what tools wrote, until nothing of them is left
create table xapi_erasing (
	id {id},
	number {int} not null,
	actor {int} not null,
	instead {int} not null,
	kind {text} not null check (kind in ('mbox', 'mbox_sha1sum', 'openid', 'account', 'name')),
	key {text} not null,
	pseudonym {text} not null
);
create index xapi_erasing_number on xapi_erasing (number);
