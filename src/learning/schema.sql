-- 1 which kind of learning a statement is, and for how long it counts when it does not say
create table learning_rule (
	id {id},
	verb {text} not null,
	type {text} not null,
	kind {text} not null check (kind in ('work', 'others', 'formal', 'none')),
	hours {real} not null,
	name_nl {text} not null,
	name_en {text} not null,
	changed {instant} not null,
	unique (verb, type)
);
