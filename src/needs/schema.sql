-- 1 what leads note, why people left, what figures say, how the sides are weighed; signals with who follows them
-- One note a lead and skill: structured, without a word that could name somebody. A next one withdraws the one before.
create table need_note (
	id {id},
	skill {ref} not null references skill (id),
	lead {ref} not null references person (id),
	unit {ref} references unit (id),
	direction {text} not null check (direction in ('short', 'enough')),
	urgency {text} not null check (urgency in ('now', 'year', 'later')),
	made {instant} not null,
	withdrawn {instant}
);
create unique index need_note_one on need_note (lead, skill) where withdrawn is null;
create index need_note_made on need_note (made);
-- Why somebody left, without saying who: no person, only a unit and a quarter.
create table need_leaver (
	id {id},
	unit {ref} references unit (id),
	quarter {day} not null,
	reason {text} not null check (reason in ('growth', 'skill', 'work', 'load', 'leading', 'terms', 'private', 'pension', 'other')),
	skill {ref} references skill (id),
	account {ref} references account (id),
	made {instant} not null
);
create index need_leaver_quarter on need_leaver (quarter);
create table need_indicator (
	id {id},
	skill {ref} not null references skill (id),
	name {text} not null,
	fold {text} not null,
	made {instant} not null,
	unique (skill, fold)
);
-- Of so many people in a unit and month, so many are under the norm. Figures of single people become this before they are kept.
create table need_figure (
	id {id},
	indicator {ref} not null references need_indicator (id),
	unit {ref} references unit (id),
	month {day} not null,
	people {int} not null check (people >= 5),
	under {int} not null check (under >= 0),
	by_person {bool} not null,
	unique (indicator, month, unit),
	constraint need_figure_under check (under <= people)
);
create table need_policy (
	id {id},
	survey_weight {int} not null, survey_from {int} not null,
	figures_weight {int} not null, figures_from {int} not null,
	leavers_weight {int} not null, leavers_from {int} not null,
	leads_weight {int} not null, leads_from {int} not null,
	reason {text} not null,
	account {ref} references account (id),
	made {instant} not null
);
create table signal (
	id {id},
	title {text} not null,
	what {text} not null,
	source {text} not null,
	link {text},
	follower {ref} references person (id),
	since {day} not null,
	review_day {day} not null,
	offer {text},
	offer_link {text},
	account {ref} references account (id),
	made {instant} not null,
	ended {day}
);
create table signal_skill (
	signal {ref} not null references signal (id),
	skill {ref} not null references skill (id),
	way {text} not null check (way in ('up', 'down')),
	primary key (signal, skill)
);
create index signal_skill_skill on signal_skill (skill);
create table signal_review (
	id {id},
	signal {ref} not null references signal (id),
	person {ref} references person (id),
	day {day} not null,
	text {text} not null
);
create index signal_review_signal on signal_review (signal);
-- Who was told: a unit and everything below it, a role, or everybody; never a list of people.
create table signal_told (
	id {id},
	signal {ref} not null references signal (id),
	unit {ref} references unit (id),
	role {ref} references role (id),
	text {text} not null,
	day {day} not null
);
create index signal_told_signal on signal_told (signal);
