-- 1 which tours and first steps somebody has finished or put away
create table tour (
	account {ref} primary key references account (id),
	step {int} not null,
	ended {instant}
);
create table first_step (
	name {text} primary key,
	skipped {instant} not null,
	account {ref} references account (id)
);
