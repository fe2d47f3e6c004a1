-- 1 who may enter: accounts, their sessions, one-time links and tokens
create table account (
	id {id},
	email {text} not null unique,
	name {text} not null,
	person {ref} references person (id),
	roles {int} not null,
	password {text},
	language {text},
	demo {bool} not null,
	made {instant} not null,
	closed {instant}
);
create unique index account_person on account (person);
create table session (
	fingerprint {text} primary key,
	account {ref} not null references account (id),
	started {instant} not null,
	ends {instant} not null,
	agent {text}
);
create index session_account on session (account);
create table link (
	fingerprint {text} primary key,
	account {ref} not null references account (id),
	made {instant} not null,
	ends {instant} not null,
	used {instant}
);
create table token (
	fingerprint {text} primary key,
	account {ref} not null references account (id),
	made {instant} not null,
	ends {instant} not null
);
create table attempt (
	id {id},
	email {text} not null,
	address {text} not null,
	at {instant} not null
);
create index attempt_email on attempt (email, at);
create index attempt_address on attempt (address, at);
-- 2 who made a link, for whom that is news, and what a token is for
-- by_account: none for whoever operates the machine. notice: the account had a password, so its owner is told.
alter table link add column by_account {int};
alter table link add column notice {int};
alter table token add column label {text};
