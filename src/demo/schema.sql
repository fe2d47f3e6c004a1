-- 1 nothing yet
create table demo_nothing (
	id {id}
);
