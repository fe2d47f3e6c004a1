-- 1 that this is a demonstration, and since when
create table demo (
	made {instant} not null,
	seed {int} not null
);
