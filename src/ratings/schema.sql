-- 1 what anybody said of anybody's level, never overwritten, and what is believed because of it
create table rater (
	id {id},
	rater_id {text} not null unique
);
create table rating (
	id {id},
	person {ref} not null references person (id),
	skill {ref} not null references skill (id),
	level {int} not null check (level between 1 and 5),
	source {text} not null check (source in ('self', 'lead', 'peer', 'test', 'evidence', 'certificate')),
	rater {ref} references person (id),
	external {ref} references rater (id),
	day {day} not null,
	note {text},
	context {text},
	made {instant} not null,
	account {ref} references account (id),
	import {ref} references import (id),
	withdrawn {instant}
);
create index rating_person on rating (person, skill, day);
create index rating_rater on rating (rater, made);
create index rating_import on rating (import);
create table rating_view (
	rating {ref} primary key references rating (id),
	text {text} not null,
	made {instant} not null
);
create table review (
	id {id},
	rating {ref} not null references rating (id),
	asked {instant} not null,
	outcome {text} check (outcome in ('kept', 'withdrawn', 'renewed')),
	answer {text},
	ended {instant}
);
create unique index review_open on review (rating) where ended is null;
create table share (
	id {id},
	person {ref} not null references person (id),
	skill {ref} not null references skill (id),
	since {instant} not null,
	until {instant}
);
create unique index share_open on share (person, skill) where until is null;
create table request (
	id {id},
	asker {ref} not null references person (id),
	asked {ref} not null references person (id),
	skill {ref} not null references skill (id),
	made {instant} not null,
	ended {instant},
	declined {bool} not null
);
create index request_asked on request (asked) where ended is null;
create unique index request_open on request (asker, asked, skill) where ended is null;
create table policy (
	id {id},
	text {text} not null,
	since {instant} not null,
	account {ref} references account (id)
);
create table fit (
	id {id},
	made {instant} not null,
	account {ref} references account (id),
	policy {int} not null,
	ratings {int} not null,
	subjects {int} not null,
	raters {int} not null,
	contexts {int} not null,
	mean {real} not null,
	subject_variance {real} not null,
	rater_variance {real} not null,
	context_variance {real} not null,
	residual {real} not null,
	deviance {real} not null,
	ended {instant}
);
create table correction (
	kind {text} not null check (kind in ('source', 'rater', 'external', 'context')),
	rater {ref} references person (id),
	external {ref} references rater (id),
	name {text},
	bias {real} not null,
	variance {real} not null
);
create table estimate (
	person {ref} not null references person (id),
	skill {ref} not null references skill (id),
	mean {real},
	variance {real},
	last_seen {day},
	known {int} not null,
	own_mean {real} not null,
	own_variance {real} not null,
	own_last_seen {day} not null,
	own_known {int} not null,
	confirmed {bool} not null,
	primary key (skill, person)
);
create index estimate_person on estimate (person, skill);

-- 2 rows of an import that has not ended are there, and nobody sees them: whoever says rating gets those that stand
alter table rating rename to rating_row;
create table rating_hidden (
	import {ref} primary key references import (id)
);
create table estimate_due (
	import {ref} primary key references import (id)
);
create view rating as
select id, person, skill, level, source, rater, external, day, note, context, made, account, import, withdrawn
from rating_row where import is null or import not in (select import from rating_hidden);
create trigger rating_insert instead of insert on rating begin --sqlite
	insert into rating_row (id, person, skill, level, source, rater, external, day, note, context, made, account, import, withdrawn) --sqlite
	values (new.id, new.person, new.skill, new.level, new.source, new.rater, new.external, new.day, new.note, new.context, new.made, new.account, new.import, new.withdrawn); --sqlite
end; --sqlite
create trigger rating_update instead of update on rating begin --sqlite
	update rating_row set person = new.person, skill = new.skill, level = new.level, source = new.source, rater = new.rater, external = new.external, day = new.day, note = new.note, context = new.context, made = new.made, account = new.account, import = new.import, withdrawn = new.withdrawn where id = old.id; --sqlite
end; --sqlite
create trigger rating_delete instead of delete on rating begin --sqlite
	delete from rating_row where id = old.id; --sqlite
end; --sqlite
