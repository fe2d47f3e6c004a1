-- deck_all -> deck
-- Every deck that is not withdrawn, with whether the reader follows it.
select d.id, d.key, d.name_nl, d.name_en, d.about_nl, d.about_en, d.skill, d.training, d.owner, d.review_day, d.made, d.withdrawn,
	s.name_nl as skill_nl, s.name_en as skill_en, t.name as training_name, coalesce(t.required, 0) as required, p.name as owner_name,
	(select count(*) from card k where k.deck = d.id and k.retired is null) as cards,
	case when f.person is null then 0 else 1 end as followed,
	(select count(*) from card_flag g join card k on k.id = g.card where k.deck = d.id and g.ended is null) as flags
from deck d left join skill s on s.id = d.skill left join training t on t.id = d.training left join person p on p.id = d.owner
	left join follow f on f.deck = d.id and f.person = :me
where d.withdrawn is null
order by d.id limit 500

-- deck_by_id (by_id) -> deck
select d.id, d.key, d.name_nl, d.name_en, d.about_nl, d.about_en, d.skill, d.training, d.owner, d.review_day, d.made, d.withdrawn,
	s.name_nl as skill_nl, s.name_en as skill_en, t.name as training_name, coalesce(t.required, 0) as required, p.name as owner_name,
	(select count(*) from card k where k.deck = d.id and k.retired is null) as cards,
	case when f.person is null then 0 else 1 end as followed,
	(select count(*) from card_flag g join card k on k.id = g.card where k.deck = d.id and g.ended is null) as flags
from deck d left join skill s on s.id = d.skill left join training t on t.id = d.training left join person p on p.id = d.owner
	left join follow f on f.deck = d.id and f.person = :me
where d.id = :id

-- deck_add (deck_put) -> by_id
insert into deck (key, name_nl, name_en, about_nl, about_en, skill, training, owner, review_day, made)
values (:key, :name_nl, :name_en, :about_nl, :about_en, :skill, :training, :owner, :review_day, :now) returning id

-- deck_change (deck_put)
update deck set name_nl = :name_nl, name_en = :name_en, about_nl = :about_nl, about_en = :about_en, skill = :skill, training = :training,
	owner = :owner, review_day = :review_day where id = :id

-- deck_end (by_id)
update deck set withdrawn = :now where id = :id and withdrawn is null

-- deck_keys -> deck_key
select key from deck where key is not null

-- deck_for_role -> by_id
-- The deck whose skill matters most to what somebody does here; else the first for everybody.
select d.id from deck d
	left join (select r.skill, max(r.importance) as importance from employment e join role_skill r on r.role = e.role
		where e.person = :me and e.start_day <= :today and (e.end_day is null or e.end_day >= :today) group by r.skill) n on n.skill = d.skill
where d.withdrawn is null and exists (select 1 from card k where k.deck = d.id and k.retired is null)
order by coalesce(n.importance, 0) desc, case when d.key = 'learning-to-learn' then 0 else 1 end, d.id limit 1

-- skill_choices -> named
select id, coalesce(name_nl, name_en) as name_nl, coalesce(name_en, name_nl) as name_en from skill where kind = 'skill' and retired is null order by 2 limit 1000

-- training_choices -> named
select id, name as name_nl, name as name_en from training where ended is null order by name limit 500

-- person_named (named) -> by_id
select id from person where person_id = :name_nl or name = :name_nl limit 2

-- skill_by_key (named) -> by_id
select id from skill where key = :name_nl

-- cards_of_deck (by_id) -> card
select id, deck, person, kind, place, text_nl, text_en, sealed, media, replaces, made, retired from card
where deck = :id and retired is null order by place, id limit 2000

-- card_by_id (by_id) -> card
select id, deck, person, kind, place, text_nl, text_en, sealed, media, replaces, made, retired from card where id = :id

-- card_add (card) -> by_id
insert into card (deck, person, kind, place, text_nl, text_en, sealed, media, replaces, made)
values (:deck, :person, :kind, :place, :text_nl, :text_en, :sealed{blob}, :media, :replaces, :now) returning id

-- card_word (card)
update card set text_nl = :text_nl, text_en = :text_en, media = :media where id = :id

-- card_keep_text (by_id)
insert into card_text (card, text_nl, text_en, until, account)
select id, text_nl, text_en, :now, case when :account = 0 then null else :account end from card where id = :id

-- card_end (by_id)
update card set retired = :now where id = :id and retired is null

-- cards_live -> card_live
select k.id, k.deck, k.text_nl, k.text_en, k.media from card k join deck d on d.id = k.deck where d.withdrawn is null and k.retired is null order by k.id

-- decks_live -> deck_live
select d.id, d.name_nl, d.name_en, (select count(*) from card k where k.deck = d.id and k.retired is null) as cards,
	(select coalesce(max(k.place), 0) from card k where k.deck = d.id) as last
from deck d where d.withdrawn is null order by d.id

-- card_kept_load (by_id) -> card_kept
select id, deck, text_nl, text_en from card where id = :id and retired is null

-- card_kept_put (card_kept)
update card set text_nl = :text_nl, text_en = :text_en where id = :id and deck = :deck

-- card_kept_remove (by_id)
-- Retired and not removed: whether it can be removed would tell whether somebody practised it.
update card set retired = :now where id = :id

-- place_last (by_id) -> count
select coalesce(max(place), 0) as count from card where deck = :id

-- flag_add (flag)
insert into card_flag (card, text, day) values (:card, :text, :today)

-- flags_open_count (by_id) -> count
select count(*) as count from card_flag where card = :id and ended is null

-- flags_of_deck (by_id) -> flag
select g.id, g.card, g.text, g.day from card_flag g join card k on k.id = g.card where k.deck = :id and g.ended is null order by g.id limit 200

-- flag_by_id (by_id) -> flag
select id, card, text, day from card_flag where id = :id

-- flag_end (by_id)
update card_flag set ended = :now where id = :id and ended is null

-- practising_now -> practising
select cap, fresh_cap, pause_until, goal, today as day, answered, fresh from practising where person = :me

-- practising_put (practising)
insert into practising (person, cap, fresh_cap, pause_until, goal, today, answered, fresh)
values (:me, :cap, :fresh_cap, :pause_until, :goal, :day, :answered, :fresh)
on conflict (person) do update set cap = excluded.cap, fresh_cap = excluded.fresh_cap, pause_until = excluded.pause_until, goal = excluded.goal,
	today = excluded.today, answered = excluded.answered, fresh = excluded.fresh

-- follow_add (follow)
insert into follow (person, deck, since) values (:me, :deck, :day) on conflict (person, deck) do nothing

-- follow_end (follow)
delete from follow where person = :me and deck = :deck

-- next_due (next_key) -> candidate
-- What waits and is most fragile: the longest away for how well it is known. What was forgotten today comes last. Looked for among the `most` most fragile, because
-- whether a card is still asked costs more than sorting.
select m.card, m.first_day, m.last, m.due, m.stability, m.difficulty, m.answers, m.asked, m.recalled, m.tries
from (select card, first_day, last, due, stability, difficulty, answers, asked, recalled, tries from memory where person = :me and due <= :day
	order by (:day - last) / stability desc, card limit :most) m
where exists (select 1 from card k left join deck d on d.id = k.deck where k.id = m.card and k.retired is null and (k.person = :me
		or (d.withdrawn is null and exists (select 1 from follow f where f.person = :me and f.deck = k.deck))))
order by (:day - m.last) / m.stability desc, m.card limit 1

-- next_fresh (next_key) -> by_id
select x.id from (
	select k.id, k.made as since, k.place, 0 as turn from card k where k.person = :me and k.retired is null
		and not exists (select 1 from memory m where m.person = :me and m.card = k.id)
	union all
	select k.id, f.since, k.place, 1 as turn from follow f join deck d on d.id = f.deck join card k on k.deck = d.id
	where f.person = :me and d.withdrawn is null and k.retired is null
		and not exists (select 1 from memory m where m.person = :me and m.card = k.id)) x
order by x.turn, x.since, x.place, x.id limit 1

-- next_boost (next_key) -> candidate
-- Of the decks of a training: what was not asked today, the most fragile first, and what was never asked before that.
select k.id as card, m.first_day, m.last, m.due, m.stability, m.difficulty, m.answers, m.asked, m.recalled, m.tries
from deck d join card k on k.deck = d.id left join memory m on m.card = k.id and m.person = :me
where d.training = :training and d.withdrawn is null and k.retired is null and (m.last is null or m.last < :day)
order by case when m.last is null then 1 else 0 end desc, (:day - m.last) / m.stability desc, k.place, k.id limit 1

-- waiting (next_key) -> waiting
-- How much there is today: due (a hundred and more are as many: a day has at most sixty), and new; and how many decks and cards of one's own.
select (select count(*) from (select 1 from memory m join card k on k.id = m.card left join deck d on d.id = k.deck
		where m.person = :me and m.due <= :day and k.retired is null and (k.person = :me or (d.withdrawn is null
			and exists (select 1 from follow f where f.person = :me and f.deck = k.deck))) limit 100) x) as due,
	(select count(*) from follow f join deck d on d.id = f.deck join card k on k.deck = d.id
		where f.person = :me and d.withdrawn is null and k.retired is null
		and not exists (select 1 from memory m where m.person = :me and m.card = k.id)) as fresh,
	(select count(*) from card k where k.person = :me and k.retired is null) as own,
	(select count(*) from card k where k.person = :me and k.retired is null
		and not exists (select 1 from memory m where m.person = :me and m.card = k.id)) as own_fresh,
	(select count(*) from follow f join deck d on d.id = f.deck where f.person = :me and d.withdrawn is null) as decks,
	(select m.due from memory m where m.person = :me and exists (select 1 from card k where k.id = m.card and k.retired is null) order by m.due limit 1) as next_due

-- practice_glance (next_key) -> glance
-- Everything about the asker's practice at once, because Today asks it of everybody each morning.
select (select count(*) from basis b where b.purpose = 'practice' and b.ended is null) as works,
	(select p.cap from practising p where p.person = :me) as cap,
	(select p.fresh_cap from practising p where p.person = :me) as fresh_cap,
	(select p.pause_until from practising p where p.person = :me) as pause_until,
	(select p.goal from practising p where p.person = :me) as goal,
	(select f.hour from practice_feed f where f.person = :me) as reminded,
	(select p.answered from practising p where p.person = :me and p.today = :day) as answered,
	(select p.fresh from practising p where p.person = :me and p.today = :day) as fresh_done,
	(select count(*) from card_flag g join card k on k.id = g.card join deck d on d.id = k.deck
		where g.ended is null and k.retired is null and d.withdrawn is null and d.owner = :me) as flags,
	(select count(*) from deck d where d.withdrawn is null and exists (select 1 from card k where k.deck = d.id and k.retired is null)) as offered,
	(select count(*) from training_taken t where t.person = :me) as taken,
	(select count(*) from (select 1 from memory m join card k on k.id = m.card left join deck d on d.id = k.deck
		where m.person = :me and m.due <= :day and k.retired is null and (k.person = :me or (d.withdrawn is null
			and exists (select 1 from follow f where f.person = :me and f.deck = k.deck))) limit 100) x) as due,
	(select count(*) from follow f join deck d on d.id = f.deck join card k on k.deck = d.id
		where f.person = :me and d.withdrawn is null and k.retired is null
		and not exists (select 1 from memory m where m.person = :me and m.card = k.id)) as fresh,
	(select count(*) from card k where k.person = :me and k.retired is null) as own,
	(select count(*) from card k where k.person = :me and k.retired is null
		and not exists (select 1 from memory m where m.person = :me and m.card = k.id)) as own_fresh,
	(select count(*) from follow f join deck d on d.id = f.deck where f.person = :me and d.withdrawn is null) as decks,
	(select m.due from memory m where m.person = :me and exists (select 1 from card k where k.id = m.card and k.retired is null) order by m.due limit 1) as next_due

-- ground_of (card_key) -> ground
-- All that asking a card and answering it needs to know, at once: what it costs is what an answer costs.
select k.id as card, k.deck, k.person, k.kind, k.text_nl, k.text_en, k.sealed, k.media, k.retired, d.name_nl, d.name_en, d.withdrawn, g.name as training_name, coalesce(g.required, 0) as required, t.day as taken,
	m.first_day, m.last, m.due, m.stability, m.difficulty, m.answers, m.asked, m.recalled, m.tries,
	p.cap, p.fresh_cap, p.pause_until, p.goal, p.today as day, p.answered, p.fresh
from card k left join deck d on d.id = k.deck left join training g on g.id = d.training
	left join training_taken t on t.training = d.training and t.person = :me
	left join memory m on m.person = :me and m.card = k.id
	left join practising p on p.person = :me
where k.id = :card

-- memory_put (candidate)
insert into memory (person, card, first_day, last, due, stability, difficulty, answers, asked, recalled, tries)
values (:me, :card, :first_day, :last, :due, :stability, :difficulty, :answers, :asked, :recalled, :tries)
on conflict (person, card) do update set last = excluded.last, due = excluded.due, stability = excluded.stability, difficulty = excluded.difficulty,
	answers = excluded.answers, asked = excluded.asked, recalled = excluded.recalled, tries = excluded.tries

-- answer_add (answer_row)
insert into answer (person, card, day, days, rating) values (:me, :card, :day, :days, :rating)

-- retention_add (retention_row)
insert into retention (deck, stretch, person, asked, recalled) values (:deck, :stretch, :me, 1, :recalled)
on conflict (deck, stretch, person) do update set asked = retention.asked + 1, recalled = retention.recalled + excluded.recalled

-- own_cards -> card
select id, deck, person, kind, place, text_nl, text_en, sealed, media, replaces, made, retired from card
where person = :me and retired is null order by id desc limit 500

-- own_count -> count
select count(*) as count from card where person = :me and retired is null

-- card_seal (card)
update card set sealed = :sealed{blob} where id = :id

-- own_remove_memory (by_id)
delete from memory where card = :id and person = :me

-- own_remove_answers (by_id)
delete from answer where card = :id and person = :me

-- own_remove (by_id)
delete from card where id = :id and person = :me

-- forget_memory
delete from memory where person = :me

-- forget_answers
delete from answer where person = :me

-- forget_retention
delete from retention where person = :me

-- forget_follow
delete from follow where person = :me

-- media_add (media) -> by_id
insert into media (kind, type, bytes, captions, words, link, account, made)
values (:kind, :type, :bytes{blob}, :captions, :words, :link, case when :account = 0 then null else :account end, :now) returning id

-- media_by_id (by_id) -> media
select id, kind, type, bytes, captions, words, link from media where id = :id

-- media_about (by_id) -> media
select id, kind, type, captions, words, link from media where id = :id

-- media_readable (by_id) -> count
-- A picture belongs to cards of decks, which everybody may open, or to one's own card.
-- Before it is on one, whoever brought it sees it, for the preview.
select (select count(*) from card k where k.media = :id and (k.deck is not null or k.person = :me))
	+ (select count(*) from media m where m.id = :id and m.account = :account and :account <> 0) as count

-- media_stray_remove (media_stray)
delete from media where made < :before and not exists (select 1 from card k where k.media = media.id)

-- media_room -> count
select cast(coalesce(sum(length(bytes)), 0) as bigint) as count from media where bytes is not null

-- boostable_mine -> boostable
-- Each training with each of its boosters so far.
select t.id as training, t.name, t.required, k.day, b.number, b.asked, b.used,
	(select count(*) from deck d join card x on x.deck = d.id where d.training = t.id and d.withdrawn is null and x.retired is null) as cards
from training_taken k join training t on t.id = k.training left join booster b on b.training = k.training and b.person = k.person
where k.person = :me and t.ended is null order by k.day desc, t.id, b.number limit 150

-- booster_begin (booster_row)
insert into booster (training, person, number, day, asked) values (:training, :me, :number, :day, 0)
on conflict (training, person, number) do nothing

-- booster_asked (booster_row)
insert into booster (training, person, number, day, asked) values (:training, :me, :number, :day, 1)
on conflict (training, person, number) do update set asked = booster.asked + 1

-- booster_use (booster_row)
update booster set used = :used, day = :day where training = :training and person = :me and number = :number and used is null

-- training_all -> training_line
select t.id, t.name, s.name_nl as skill_nl, s.name_en as skill_en, t.required,
	(select count(*) from training_taken k where k.training = t.id and k.own = 0) as took,
	(select count(*) from deck d where d.training = t.id and d.withdrawn is null) as decks,
	(select k.day from training_taken k where k.training = t.id and k.person = :me) as mine
from training t left join skill s on s.id = t.skill where t.ended is null order by t.name, t.id limit 500

-- training_by_id (by_id) -> training_line
select t.id, t.name, s.name_nl as skill_nl, s.name_en as skill_en, t.required,
	(select count(*) from training_taken k where k.training = t.id and k.own = 0) as took,
	(select count(*) from deck d where d.training = t.id and d.withdrawn is null) as decks,
	(select k.day from training_taken k where k.training = t.id and k.person = :me) as mine
from training t left join skill s on s.id = t.skill where t.id = :id

-- training_add (training_form) -> by_id
insert into training (name, skill, owner, required, made) values (:name, :skill, case when :me = 0 then null else :me end, :required, :now) returning id

-- training_taken (taken_row)
insert into training_taken (training, person, day, own) values (:training, :person, :day, :own)
on conflict (training, person) do update set day = excluded.day, own = case when excluded.own < training_taken.own then excluded.own else training_taken.own end

-- decks_of_training (by_id) -> named
select id, name_nl, name_en from deck where training = :id and withdrawn is null order by id limit 100

-- transfers_of (by_id) -> transfer_row
select number, people, yes from transfer_told where training = :id order by number

-- stretch_sums (by_id) -> stretch_sum
-- As they were last told: two readings on different days differ by the answers of enough people, or not at all.
select stretch, day, people, asked, recalled, xx, xn, nn from curve_told where deck = :id order by stretch

-- card_sums (by_id) -> card_sum
select k.id as card, t.people, t.asked, t.recalled from card k join card_told t on t.card = k.id where k.deck = :id and k.retired is null order by k.id

-- decks_ripe -> by_id
select distinct deck as id from retention where asked <> told order by 1

-- trainings_ripe -> by_id
select distinct training as id from booster where used is not null and told = 0 order by 1

-- stretch_ripe (by_id) -> ripe
-- How many people each stretch is about, and how many of them answered since it was last told.
select stretch as part, count(*) as people, sum(case when asked <> told then 1 else 0 end) as since from retention where deck = :id group by stretch order by stretch

-- stretch_tell (tell)
insert into curve_told (deck, stretch, day, people, asked, recalled, xx, xn, nn)
select deck, stretch, :today, count(*), sum(asked), sum(recalled), sum(recalled * recalled * 1.0), sum(recalled * asked * 1.0), sum(asked * asked * 1.0)
from retention where deck = :whole and stretch = :part group by deck, stretch
on conflict (deck, stretch) do update set day = excluded.day, people = excluded.people, asked = excluded.asked, recalled = excluded.recalled,
	xx = excluded.xx, xn = excluded.xn, nn = excluded.nn

-- stretch_was_told (tell)
update retention set told = asked where deck = :whole and stretch = :part and told <> asked

-- card_ripe (by_id) -> ripe
select m.card as part, count(*) as people, sum(case when m.asked <> m.told then 1 else 0 end) as since
from card k join memory m on m.card = k.id where k.deck = :id and k.retired is null and m.asked > 0 group by m.card order by m.card

-- card_tell (tell)
insert into card_told (card, day, people, asked, recalled)
select card, :today, count(*), sum(asked), sum(recalled) from memory where card = :part and asked > 0 group by card
on conflict (card) do update set day = excluded.day, people = excluded.people, asked = excluded.asked, recalled = excluded.recalled

-- card_was_told (tell)
update memory set told = asked where card = :part and told <> asked

-- transfer_ripe (by_id) -> ripe
select number as part, count(*) as people, sum(case when told = 0 then 1 else 0 end) as since
from booster where training = :id and used is not null group by number order by number

-- transfer_tell (tell)
insert into transfer_told (training, number, day, people, yes)
select training, number, :today, count(*), sum(case when used = 'yes' then 1 else 0 end)
from booster where training = :whole and number = :part and used is not null group by training, number
on conflict (training, number) do update set day = excluded.day, people = excluded.people, yes = excluded.yes

-- transfer_was_told (tell)
update booster set told = 1 where training = :whole and number = :part and used is not null and told = 0

-- practice_fit_now -> practice_fit
select id, made, weights, answers, forecasts, held, loss, loss_shipped, loss_average, rmse, rmse_shipped, bins, used
from practice_fit where used = 1 order by id desc limit 1

-- practice_fit_last -> practice_fit
select id, made, weights, answers, forecasts, held, loss, loss_shipped, loss_average, rmse, rmse_shipped, bins, used from practice_fit order by id desc limit 1

-- answers_people (fit_since) -> count
-- How many people answered since that day.
select count(distinct person) as count from answer where day > :day

-- practice_fits_all -> practice_fit
select id, made, weights, answers, forecasts, held, loss, loss_shipped, loss_average, rmse, rmse_shipped, bins, used from practice_fit order by id desc limit 12

-- practice_fit_unused
update practice_fit set used = 0 where used = 1

-- practice_fit_add (practice_fit) -> by_id
insert into practice_fit (made, weights, answers, forecasts, held, loss, loss_shipped, loss_average, rmse, rmse_shipped, bins, used)
values (:now, :weights, :answers, :forecasts, :held, :loss, :loss_shipped, :loss_average, :rmse, :rmse_shipped, :bins, :used) returning id

-- answers_count -> count
select count(*) as count from answer

-- answers_by_card -> logged
-- Every card of every person, in the order of its answers.
select person, card, day, days, rating from answer order by person, card, id

-- answers_by_day -> logged
-- Every person in the order in which they answered.
select person, card, day, days, rating from answer order by person, id

-- day_held (held_key) -> held_key
-- The day behind which a fifth of the answers lie.
select day, 0 as skip from answer order by day limit 1 offset :skip

-- practice_kept_count (keep_person) -> count
select (select count(*) from answer where person = :person) + (select count(*) from card where person = :person) + (select count(*) from follow where person = :person)
	+ (select count(*) from booster where person = :person) + (select count(*) from practice_feed where person = :person) as count

-- practice_kept_memory (keep_person) -> kept_memory
select m.card, coalesce(k.text_nl, k.text_en) as text, m.first_day, m.last, m.due, m.answers, m.asked, m.recalled, m.stability, m.difficulty
from memory m join card k on k.id = m.card where m.person = :person order by m.card

-- practice_kept_answers (keep_person) -> kept_answer
select card, day, days, rating from answer where person = :person order by id limit 100000

-- practice_kept_decks (keep_person) -> kept_deck
select f.deck, coalesce(d.name_nl, d.name_en) as name, f.since from follow f join deck d on d.id = f.deck where f.person = :person order by f.deck

-- practice_past_count (keep_terms) -> count
select count(*) as count from answer where person in (select person from departure where last_day < :left_before)

-- practice_past_answers (keep_terms)
delete from answer where id in (select a.id from answer a where a.person in (select person from departure where last_day < :left_before) limit :batch)

-- practice_past_memory (keep_terms)
delete from memory where person in (select person from departure where last_day < :left_before) and :batch > 0

-- practice_past_retention (keep_terms)
delete from retention where person in (select person from departure where last_day < :left_before) and :batch > 0

-- practice_past_booster (keep_terms)
delete from booster where person in (select person from departure where last_day < :left_before) and :batch > 0

-- practice_past_follow (keep_terms)
delete from follow where person in (select person from departure where last_day < :left_before) and :batch > 0

-- practice_past_own (keep_terms)
delete from card where person in (select person from departure where last_day < :left_before) and :batch > 0
	and not exists (select 1 from answer a where a.card = card.id)

-- practice_past_pace (keep_terms)
delete from practising where person in (select person from departure where last_day < :left_before) and :batch > 0

-- practice_erase_answers (keep_person)
delete from answer where person = :person

-- practice_erase_memory (keep_person)
delete from memory where person = :person

-- practice_erase_retention (keep_person)
delete from retention where person = :person

-- practice_erase_booster (keep_person)
delete from booster where person = :person

-- practice_erase_follow (keep_person)
delete from follow where person = :person

-- practice_erase_own (keep_person)
delete from card where person = :person

-- practice_erase_pace (keep_person)
delete from practising where person = :person

-- taken_kept_count (keep_person) -> count
select count(*) as count from training_taken where person = :person

-- taken_kept (keep_person) -> kept_training
select t.name as training, k.day, k.own, b.number as booster, b.used
from training_taken k join training t on t.id = k.training left join booster b on b.training = k.training and b.person = k.person
where k.person = :person order by k.day, t.id, b.number

-- taken_past_count (keep_terms) -> count
select count(*) as count from training_taken where person in (select person from departure where last_day < :left_before)

-- taken_past_remove (keep_terms)
delete from training_taken where person in (select person from departure where last_day < :left_before) and :batch > 0

-- taken_erase (keep_person)
delete from training_taken where person = :person

-- owned_kept_count (keep_person) -> count
select (select count(*) from deck where owner = :person) + (select count(*) from training where owner = :person) as count

-- owned_kept (keep_person) -> kept_deck
select id as deck, coalesce(name_nl, name_en) as name, 0 as since from deck where owner = :person order by id

-- owned_erase_decks (keep_person)
update deck set owner = null where owner = :person

-- owned_erase_trainings (keep_person)
update training set owner = null where owner = :person

-- owned_erase_texts (keep_person)
update card_text set account = null where account = :their_account

-- owned_erase_media (keep_person)
update media set account = null where account = :their_account

-- feed_put (feed)
insert into practice_feed (person, fingerprint, hour, days, since) values (:me, :fingerprint, :hour, :days, :today)
on conflict (person) do update set fingerprint = excluded.fingerprint, hour = excluded.hour, days = excluded.days, since = excluded.since

-- feed_end
delete from practice_feed where person = :me

-- feed_by (feed) -> feed
-- Only while they have an account that works.
select f.fingerprint, f.hour, f.days, f.since, p.pause_until from practice_feed f left join practising p on p.person = f.person
where f.fingerprint = :fingerprint and exists (select 1 from account a where a.person = f.person and a.closed is null)

-- practice_kept_feed (keep_person) -> kept_feed
select hour, days, since from practice_feed where person = :person

-- practice_past_feed (keep_terms)
delete from practice_feed where person in (select person from departure where last_day < :left_before) and :batch > 0

-- practice_erase_feed (keep_person)
delete from practice_feed where person = :person
