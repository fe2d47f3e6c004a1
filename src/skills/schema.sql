-- 1 the framework: a tree of skills with levels one can see, and what each role asks
create table skill (
	id {id},
	key {text} unique,
	parent {ref} references skill (id),
	kind {text} not null check (kind in ('group', 'skill')),
	name_nl {text},
	name_en {text},
	fold {text} not null,
	description_nl {text},
	description_en {text},
	owner {ref} references person (id),
	review_day {day},
	uri {text},
	made {instant} not null,
	retired {instant}
);
create index skill_parent on skill (parent);
create unique index skill_uri on skill (uri);
create index skill_fold on skill (fold);
create table skill_level (
	skill {ref} not null references skill (id),
	level {int} not null check (level between 1 and 5),
	text_nl {text},
	text_en {text},
	primary key (skill, level)
);
create table role_skill (
	role {ref} not null references role (id),
	skill {ref} not null references skill (id),
	level {int} not null check (level between 1 and 5),
	importance {int} not null check (importance between 1 and 3),
	primary key (role, skill)
);
create index role_skill_skill on role_skill (skill);
