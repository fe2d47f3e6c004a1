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
-- 2 ESCO: the Commission's classification, to adopt skills from
-- A release is written in many short transactions and shown by one; what is read is always the one that is shown.
-- Nothing refers to a concept by its number but the relations of its own release: the framework keeps the URI.
create table esco_release (
	id {id},
	began {instant} not null,
	shown {bool} not null,
	concepts {int} not null,
	relations {int} not null
);
create table esco_concept (
	release {int} not null,
	kind {text} not null check (kind in ('occupation', 'skill')),
	id {int} not null,
	uri {text} not null,
	code {text},
	reuse {text},
	knowledge {bool} not null,
	name_nl {text},
	name_en {text},
	fold {text} not null,
	fold_nl {text},
	fold_en {text},
	description_nl {text},
	description_en {text},
	primary key (release, kind, id)
);
create index esco_concept_fold on esco_concept (release, kind, fold);
create index esco_concept_uri on esco_concept (uri, release);
create table esco_relation (
	release {int} not null,
	occupation {int} not null,
	skill {int} not null,
	essential {bool} not null,
	primary key (release, occupation, skill)
)
without rowid --sqlite
;
create index esco_relation_skill on esco_relation (release, skill, occupation);
-- 3 what a skill said before each change
-- owner and parent by number only: a name stands with its person, and goes with them.
create table skill_version (
	id {id},
	skill {ref} not null references skill (id) on delete cascade,
	made {instant} not null,
	account {int},
	parent {int},
	owner {int},
	said {text} not null
);
create index skill_version_skill on skill_version (skill, id);
