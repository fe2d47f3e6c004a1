-- 1 units, roles, persons and who works where, as what, led by whom
create table unit (
	id {id},
	parent {ref} references unit (id),
	name {text} not null,
	path {text} not null unique,
	fold {text} not null unique
);
create index unit_parent on unit (parent);
create table role (
	id {id},
	name {text} not null unique,
	name_en {text},
	fold {text} not null unique,
	uri {text}
);
create table person (
	id {id},
	person_id {text} not null unique,
	name {text} not null,
	email {text} unique,
	fold {text} not null,
	language {text},
	made {instant} not null
);
create index person_fold on person (fold, id);
create table employment (
	id {id},
	person {ref} not null references person (id),
	unit {ref} not null references unit (id),
	role {ref} not null references role (id),
	lead {ref} references person (id),
	hours {real},
	start_day {day} not null,
	end_day {day},
	unique (person, unit, role, start_day),
	check (end_day is null or end_day >= start_day),
	check (lead is null or lead <> person)
);
create index employment_unit on employment (unit, end_day);
create index employment_role on employment (role, end_day);
create index employment_lead on employment (lead, end_day) where lead is not null;
-- 2 whose work here has ended, and when: what is kept after leaving is counted from there
-- A person with an employment that has no end, or that was never employed here, has not left.
create view departure as
	select person, max(coalesce(end_day, '9999-12-31')) as last_day from employment group by person having max(coalesce(end_day, '9999-12-31')) < '9999-12-31';
