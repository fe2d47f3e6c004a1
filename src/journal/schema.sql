-- 1 entries of a log: sealed for their owner, and what was shared of them
create table journal_entry (
	id {id},
	person {ref} not null references person (id),
	version {int} not null,
	sealed {blob}
);
create index journal_entry_person on journal_entry (person, id);
create table journal_file (
	entry {ref} primary key references journal_entry (id),
	sealed {blob} not null
);
create table journal_shared (
	entry {ref} primary key references journal_entry (id),
	person {ref} not null references person (id),
	unit {ref} references unit (id),
	skill {ref} references skill (id),
	day {day} not null,
	kind {text} not null,
	hours {real},
	did {text},
	learnt {text},
	next {text},
	link {text},
	statement {text}
);
create index journal_shared_day on journal_shared (day, entry);
create index journal_shared_person on journal_shared (person);
create table journal_prompt (
	person {ref} primary key references person (id),
	after {day} not null
);
-- 2 who agreed that the hours of their log count in figures about groups
create table journal_counted (
	person {ref} primary key references person (id),
	since {day} not null
);
