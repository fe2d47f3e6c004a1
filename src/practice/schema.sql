-- 1 decks and cards, what each person remembers of them, and what the organisation learns of it without a name
create table training (
	id {id},
	name {text} not null,
	skill {ref} references skill (id),
	owner {ref} references person (id),
	required {bool} not null,
	made {instant} not null,
	ended {instant}
);
create table training_taken (
	training {ref} not null references training (id),
	person {ref} not null references person (id),
	day {day} not null,
	own {bool} not null,
	primary key (training, person)
);
create index training_taken_person on training_taken (person, day);
create table booster (
	training {ref} not null references training (id),
	person {ref} not null references person (id),
	number {int} not null check (number between 1 and 3),
	day {int} not null,
	asked {int} not null,
	used {text} check (used in ('yes', 'not-yet', 'no-chance')),
	primary key (training, person, number)
);
create table deck (
	id {id},
	key {text} unique,
	name_nl {text},
	name_en {text},
	about_nl {text},
	about_en {text},
	skill {ref} references skill (id),
	training {ref} references training (id),
	owner {ref} references person (id),
	review_day {day},
	made {instant} not null,
	withdrawn {instant}
);
create index deck_skill on deck (skill);
create index deck_training on deck (training);
create table media (
	id {id},
	kind {text} not null check (kind in ('picture', 'sound', 'video', 'link')),
	type {text},
	bytes {blob},
	captions {text},
	words {text} not null,
	link {text},
	account {ref} references account (id),
	made {instant} not null
);
create table card (
	id {id},
	deck {ref} references deck (id),
	person {ref} references person (id),
	kind {text} not null check (kind in ('answer', 'choice', 'fill', 'order', 'case')),
	place {int} not null,
	text_nl {text},
	text_en {text},
	sealed {blob},
	media {ref} references media (id),
	replaces {ref} references card (id),
	made {instant} not null,
	retired {instant},
	check ((deck is null) <> (person is null))
);
create index card_deck on card (deck, place, id);
create index card_person on card (person) where person is not null;
-- How a card read before a small change.
create table card_text (
	id {id},
	card {ref} not null references card (id),
	text_nl {text},
	text_en {text},
	until {instant} not null,
	account {ref} references account (id)
);
create index card_text_card on card_text (card);
-- Without who said it: that would tell who practises.
create table card_flag (
	id {id},
	card {ref} not null references card (id),
	text {text} not null,
	day {day} not null,
	ended {instant}
);
create index card_flag_card on card_flag (card);
-- How somebody wants to practise, and what they did today. Days are numbers here, because they are counted with.
create table practising (
	person {ref} primary key references person (id),
	cap {int} not null,
	fresh_cap {int} not null,
	pause_until {day},
	today {int} not null,
	answered {int} not null,
	fresh {int} not null
);
create table follow (
	person {ref} not null references person (id),
	deck {ref} not null references deck (id),
	since {int} not null,
	primary key (person, deck)
);
create index follow_deck on follow (deck);
create table memory (
	person {ref} not null references person (id),
	card {ref} not null references card (id),
	first_day {int} not null,
	last {int} not null,
	due {int} not null,
	stability {real} not null,
	difficulty {real} not null,
	answers {int} not null,
	asked {int} not null,
	recalled {int} not null,
	tries {int} not null,
	primary key (person, card)
)
without rowid --sqlite
;
create index memory_due on memory (person, due);
create index memory_card on memory (card);
create table answer (
	id {id},
	person {ref} not null references person (id),
	card {ref} not null references card (id),
	day {int} not null,
	days {int} not null,
	rating {int} not null check (rating between 1 and 4)
);
create index answer_person on answer (person, card);
-- Sums per person, so that a curve of a million answers is a sum over people and not over answers.
create table retention (
	deck {ref} not null references deck (id),
	stretch {int} not null,
	person {ref} not null references person (id),
	asked {int} not null,
	recalled {int} not null,
	primary key (deck, stretch, person)
)
without rowid --sqlite
;
create index retention_person on retention (person);
create table practice_fit (
	id {id},
	made {instant} not null,
	weights {text} not null,
	answers {int} not null,
	forecasts {int} not null,
	held {int} not null,
	loss {real} not null,
	loss_shipped {real} not null,
	loss_average {real} not null,
	rmse {real} not null,
	rmse_shipped {real} not null,
	bins {text} not null,
	used {bool} not null
);
-- 2 what the organisation was told last, how much somebody wants to keep, and a link for their calendar
alter table retention add column told {int} not null default 0;
alter table memory add column told {int} not null default 0;
alter table booster add column told {int} not null default 0;
alter table practising add column goal {int};
-- Figures of groups as they were last told. No person stands in them; what is new since is counted in `told` above.
create table curve_told (
	deck {ref} not null references deck (id),
	stretch {int} not null,
	day {day} not null,
	people {int} not null,
	asked {int} not null,
	recalled {int} not null,
	xx {real} not null,
	xn {real} not null,
	nn {real} not null,
	primary key (deck, stretch)
);
create table card_told (
	card {ref} primary key references card (id),
	day {day} not null,
	people {int} not null,
	asked {int} not null,
	recalled {int} not null
);
create table transfer_told (
	training {ref} not null references training (id),
	number {int} not null,
	day {day} not null,
	people {int} not null,
	yes {int} not null,
	primary key (training, number)
);
-- Days of the week as bits, Monday first. Of its link only the fingerprint.
create table practice_feed (
	person {ref} primary key references person (id),
	fingerprint {text} not null unique,
	hour {int} not null,
	days {int} not null,
	since {day} not null
);
