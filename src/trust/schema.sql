-- 1 on what basis data is used, and what was decided about who sees what
create table basis (
	id {id},
	purpose {text} not null,
	kind {text} not null check (kind in ('agreement', 'informed')),
	day {day} not null,
	document {text} not null,
	scope {text} not null,
	account {ref} references account (id),
	made {instant} not null,
	ended {instant}
);
create table proposal (
	id {id},
	setting {text} not null,
	before {text} not null,
	after {text} not null,
	why {text} not null,
	account {ref} references account (id),
	made {instant} not null,
	decision {text} check (decision in ('agreed', 'declined', 'withdrawn')),
	decided {instant},
	decider {ref} references account (id),
	document {text}
);
create index proposal_open on proposal (made) where decided is null;
create table setting (
	id {id},
	name {text} not null,
	value {text} not null,
	since {instant} not null,
	proposal {ref} references proposal (id)
);
create index setting_name on setting (name, id);
-- 2 keeping and erasing: what the sweep removed, who is to be erased, and what somebody says is recorded wrong
create table sweep (
	id {id},
	day {day} not null,
	kind {text} not null,
	removed {int} not null,
	at {instant} not null
);
create index sweep_day on sweep (day, kind);
-- person and account are numbers, not references: afterwards there is nobody they refer to.
create table erasure (
	id {id},
	person {int} not null,
	their_account {int},
	everything {bool} not null,
	asked {instant} not null,
	asker {ref} references account (id),
	by_self {bool} not null,
	why {text},
	decision {text} check (decision in ('agreed', 'declined', 'withdrawn', 'term')),
	decided {instant},
	decider {ref} references account (id),
	answer {text},
	pseudonym {text}
);
create unique index erasure_open on erasure (person) where decided is null;
create table mistake (
	id {id},
	person {ref} not null references person (id),
	kind {text} not null,
	text {text} not null,
	made {instant} not null,
	outcome {text} check (outcome in ('mended', 'kept', 'withdrawn')),
	answer {text},
	ended {instant},
	account {ref} references account (id)
);
create index mistake_person on mistake (person);
create index mistake_open on mistake (made) where ended is null;
-- What waited for ratings alone is done by the sweep.
delete from job where name = 'ratings_expire' and done is null;
