-- 1 boxes and what is in them
create table box (
	id {id},
	code {text} not null unique,
	name {text},
	size {real},
	open {bool} not null,
	made {instant},
	day {day},
	price {money} not null,
	weight {int} not null check (weight >= 0),
	content {blob},
	inside {ref} references box (id)
);
create table label (
	box {ref} not null references box (id),
	word {text} not null,
	primary key (box, word)
)
without rowid --sqlite
;
create index label_word on label (word, box);
-- 2 notes: a text with a mark; in it counts as text
create table note (
	id {id},
	text {text} not null default 'a; b',
	length {int} generated always as (length(text)) stored
);
