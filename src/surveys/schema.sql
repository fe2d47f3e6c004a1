-- 1 survey rounds: who was asked in one place, what was answered in another, and nothing that joins them
create table survey (
	id {id},
	name {text} not null,
	promise {text} not null,
	owner {ref} references person (id),
	unit {ref} references unit (id),
	role {ref} references role (id),
	months {int} not null,
	rotating {int} not null,
	made {instant} not null
);
create table survey_listed (
	survey {ref} not null references survey (id),
	person {ref} not null references person (id),
	primary key (survey, person)
);
create table survey_round (
	id {id},
	survey {ref} not null references survey (id),
	number {int} not null,
	state {text} not null check (state in ('draft', 'planned', 'open', 'closed', 'dropped')),
	opens {day} not null,
	closes {day} not null,
	by_role {bool} not null,
	least {int} not null,
	seal_bytes {int} not null,
	asked {int} not null,
	answers {int} not null,
	lost {int} not null,
	unique (survey, number)
);
create index survey_round_state on survey_round (state, opens);
create table survey_question (
	round {ref} not null references survey_round (id),
	place {int} not null,
	item {text} not null,
	kind {text} not null check (kind in ('agree', 'ten', 'choice', 'several', 'text')),
	reversed {bool} not null,
	sensitive {bool} not null,
	skill {ref} references skill (id),
	text_nl {text} not null,
	text_en {text} not null,
	choices_nl {text},
	choices_en {text},
	licence {text},
	primary key (round, place)
);
-- A background declared before opening: everybody of a cell looks alike. Of at least five people.
create table survey_cell (
	round {ref} not null references survey_round (id),
	cell {int} not null,
	unit {ref} references unit (id),
	role {ref} references role (id),
	people {int} not null,
	sealing_key {text},
	primary key (round, cell)
);
-- Units as they stood at opening, and which of them are a view of this round.
create table survey_view (
	round {ref} not null references survey_round (id),
	unit {int} not null,
	parent {int} not null,
	name {text} not null,
	path {text} not null,
	teams {int} not null,
	people {int} not null,
	primary key (round, unit)
);
-- Who was asked, and whether they took part: yes or no, no time.
create table survey_asked (
	round {ref} not null references survey_round (id),
	person {ref} not null references person (id),
	cell {int} not null,
	link {text},
	entry {text},
	part {bool} not null,
	primary key (round, person)
)
without rowid --sqlite
;
create unique index survey_asked_link on survey_asked (link);
create unique index survey_asked_entry on survey_asked (entry);
create index survey_asked_person on survey_asked (person);
-- An answer and its mark, together, until enough of them lie here: of one length, under a key that is not in this database.
create table survey_sealed (
	name {text} primary key,
	round {ref} not null references survey_round (id),
	cell {int} not null,
	sealed {blob} not null
)
without rowid --sqlite
;
create index survey_sealed_cell on survey_sealed (round, cell);
create table survey_spent (
	sealing_key {text} primary key
)
without rowid --sqlite
;
-- What was answered: names are random, nothing orders the rows.
create table survey_response (
	name {text} primary key,
	round {ref} not null references survey_round (id),
	cell {int} not null,
	given {text} not null
)
without rowid --sqlite
;
create index survey_response_round on survey_response (round);
-- Remarks lie apart from the other answers of whoever made them.
create table survey_comment (
	name {text} primary key,
	round {ref} not null references survey_round (id),
	cell {int} not null,
	place {int} not null,
	quote {bool} not null,
	text {text} not null
)
without rowid --sqlite
;
create index survey_comment_round on survey_comment (round);
-- What a closed round says: computed and protected together, once, the same for every reader.
create table survey_figure (
	round {ref} not null references survey_round (id),
	unit {int} not null,
	place {int} not null,
	shown {text} not null check (shown in ('shown', 'few', 'beside', 'nobody', 'teams')),
	n {int} not null,
	people {int} not null,
	counts {text} not null,
	mean {real},
	sd {real},
	share {real},
	primary key (round, unit, place)
);
create table survey_action (
	id {id},
	round {ref} not null references survey_round (id),
	place {int},
	what {text} not null,
	owner {ref} references person (id),
	due {day} not null,
	made {instant} not null,
	told {text},
	told_day {day}
);
create index survey_action_round on survey_action (round);
-- 2 whether the questions of an instrument measure one thing, on this round's own answers
create table survey_scale (
	round {ref} not null references survey_round (id),
	instrument {text} not null,
	n {int} not null,
	alpha {real} not null,
	low {real} not null,
	high {real} not null,
	omega {real},
	primary key (round, instrument)
);
-- 3 rounds that were asked elsewhere; scales of one's own; what teams agree on, what goes together with an outcome, which rounds may be compared
create table survey_question_now (
	round {ref} not null references survey_round (id),
	place {int} not null,
	item {text} not null,
	kind {text} not null check (kind in ('agree', 'ten', 'choice', 'several', 'text', 'score')),
	points {int} not null,
	scale {text},
	outcome {bool} not null,
	reversed {bool} not null,
	sensitive {bool} not null,
	skill {ref} references skill (id),
	text_nl {text} not null,
	text_en {text} not null,
	choices_nl {text},
	choices_en {text},
	licence {text},
	primary key (round, place)
);
insert into survey_question_now (round, place, item, kind, points, scale, outcome, reversed, sensitive, skill, text_nl, text_en, choices_nl, choices_en, licence)
select round, place, item, kind, 5, null, case when item = 'AANBEVELING' then 1 else 0 end, reversed, sensitive, skill, text_nl, text_en, choices_nl, choices_en, licence from survey_question;
drop table survey_question;
alter table survey_question_now rename to survey_question;
alter table survey_round add column imported {bool} not null default 0;
-- By mail: the day of the last letter, how many reminders, and the key that everybody's link is made from, outside the database.
alter table survey_round add column mailed {day};
alter table survey_round add column reminders {int} not null default 0;
alter table survey_round add column link_key {text};
alter table survey_asked add column mailed {text};
create unique index survey_asked_mailed on survey_asked (mailed);
-- Do teams agree within, and differ from each other? Of a scale (place 0) or one question.
create table survey_climate (
	round {ref} not null references survey_round (id),
	place {int} not null,
	scale {text} not null,
	n {int} not null,
	teams {int} not null,
	icc1 {real},
	icc2 {real},
	rwg {real},
	primary key (round, place, scale)
);
create table survey_team (
	round {ref} not null references survey_round (id),
	unit {int} not null,
	scale {text} not null,
	n {int} not null,
	mean {real} not null,
	rwg {real} not null,
	primary key (round, unit, scale)
);
create table survey_driver (
	round {ref} not null references survey_round (id),
	number {int} not null,
	place {int} not null,
	scale {text} not null,
	share {real} not null,
	low {real},
	high {real},
	r2 {real} not null,
	n {int} not null,
	primary key (round, number)
);
-- Units whose last two rounds may stand side by side: of nobody or at least k who came or went, there and in what is left of the unit above.
create table survey_compared (
	round {ref} not null references survey_round (id),
	unit {int} not null,
	primary key (round, unit)
);
