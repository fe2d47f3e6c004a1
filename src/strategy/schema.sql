-- 1 where the organisation wants to be, and the skills that decide it
create table ambition (
	id {id},
	made {instant} not null,
	ended {instant}
);
create table ambition_version (
	id {id},
	ambition {ref} not null references ambition (id),
	number {int} not null,
	name {text} not null,
	fold {text} not null,
	why {text},
	horizon {day} not null,
	owner {ref} references person (id),
	indicator {text},
	reason {text},
	made {instant} not null,
	account {ref} references account (id)
);
create unique index ambition_version_number on ambition_version (ambition, number);
create table ambition_skill (
	version {ref} not null references ambition_version (id),
	skill {ref} not null references skill (id),
	weight {int} not null check (weight between 1 and 5),
	target_level {int} not null check (target_level between 1 and 5),
	people_needed {int} check (people_needed > 0),
	unit {ref} references unit (id),
	primary key (version, skill)
);
