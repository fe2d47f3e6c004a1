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
