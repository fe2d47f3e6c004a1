-- 1 what the machine itself keeps: audit, looks, jobs, answers given to a key
create table audit (
	id {id},
	at {instant} not null,
	account {int},
	person {int},
	operation {text} not null,
	about {text} not null,
	request_id {text} not null
);
create index audit_at on audit (at);
create index audit_operation on audit (operation, at);
create table look (
	reader {int} not null,
	subject {int} not null,
	day {day} not null,
	operation {text} not null,
	at {instant} not null,
	times {int} not null,
	primary key (subject, day, reader, operation)
);
create table answered (
	account {int} not null,
	key {text} not null,
	operation {text} not null,
	output {text},
	at {instant} not null,
	primary key (account, key)
);
create table served (
	id {int} primary key check (id = 1),
	url {text} not null
);
create table job (
	id {id},
	name {text} not null,
	input {text} not null,
	due {instant} not null,
	tries {int} not null,
	failed {text},
	done {instant}
);
create unique index job_waiting on job (name, input) where done is null;
create index job_due on job (due) where done is null;

-- 2 which keys belong to this database, and whose were destroyed
create table installation (
	id {int} primary key check (id = 1),
	name {text} not null
);
create table forgotten (
	person {int} primary key,
	at {instant} not null
);

-- 3 letters: which are to be sent about what; no address, no text, no moment of sending
create table letter (
	id {id},
	name {text} not null,
	input {text} not null,
	message {text} not null,
	state {text} not null check (state in ('waiting', 'sending', 'sent', 'unsure', 'failed')),
	due {instant} not null,
	claimed {instant},
	tries {int} not null,
	failed {text},
	day {day} not null,
	unique (name, input)
);
create index letter_due on letter (due) where state = 'waiting';
create index letter_sending on letter (claimed) where state = 'sending';
