-- Listening: rounds nobody can be found in.

-- rounds_all -> survey_round
select r.id, r.survey, r.number, s.name, s.promise, r.state, u.path as unit_path, w.name as role_name, p.name as owner_name, s.owner, s.unit, s.role, s.months, s.rotating,
	r.opens, r.closes, r.by_role, r.imported, r.mailed, r.reminders, r.link_key, r.least, r.seal_bytes, r.asked, r.answers, r.lost
from survey_round r
join survey s on s.id = r.survey
left join unit u on u.id = s.unit
left join role w on w.id = s.role
left join person p on p.id = s.owner
order by r.opens desc, r.id desc
limit 200

-- round_by_id (by_id) -> survey_round
select r.id, r.survey, r.number, s.name, s.promise, r.state, u.path as unit_path, w.name as role_name, p.name as owner_name, s.owner, s.unit, s.role, s.months, s.rotating,
	r.opens, r.closes, r.by_role, r.imported, r.mailed, r.reminders, r.link_key, r.least, r.seal_bytes, r.asked, r.answers, r.lost
from survey_round r
join survey s on s.id = r.survey
left join unit u on u.id = s.unit
left join role w on w.id = s.role
left join person p on p.id = s.owner
where r.id = :id

-- round_before (survey_round) -> by_id
-- The last closed round of the same survey before this one.
select coalesce(max(id), 0) as id from survey_round where survey = :survey and number < :number and state = 'closed'

-- round_next (survey_round) -> by_id
select coalesce(max(id), 0) as id from survey_round where survey = :survey and number = :number + 1

-- promise_add (survey_promise) -> by_id
insert into survey_action (round, what, owner, due, made, told, told_day) values (:round, :what, :owner, :due, :made, :told, :told_day) returning id

-- survey_add (survey_form) -> by_id
insert into survey (name, promise, owner, unit, role, months, rotating, made)
values (:name, :promise, :me, :unit, :role, :months, :rotating, :now) returning id

-- units_named -> survey_named
select id, path as name from unit order by path

-- roles_named -> survey_named
select id, name from role order by name, id

-- survey_listed_add (survey_listed)
insert into survey_listed (survey, person) values (:survey, :person) on conflict (survey, person) do nothing

-- survey_person_find (survey_listed) -> by_id
select id from person where email = :text or person_id = :text order by id limit 1

-- round_add (survey_round) -> by_id
insert into survey_round (survey, number, state, opens, closes, by_role, imported, least, seal_bytes, asked, answers, lost)
values (:survey, :number, 'draft', :opens, :closes, :by_role, :imported, 0, 0, 0, 0, 0) returning id

-- round_state_put (survey_round)
update survey_round set state = :state, least = :least, seal_bytes = :seal_bytes, asked = :asked, answers = :answers, lost = :lost where id = :id

-- round_days_put (survey_round)
update survey_round set opens = :opens, closes = :closes where id = :id

-- round_remove_questions (by_id)
delete from survey_question where round = :id

-- questions_of (by_id) -> survey_question
select round, place, item, kind, points, scale, outcome, reversed, sensitive, skill, text_nl, text_en, choices_nl, choices_en, licence from survey_question where round = :id order by place

-- question_add (survey_question)
insert into survey_question (round, place, item, kind, points, scale, outcome, reversed, sensitive, skill, text_nl, text_en, choices_nl, choices_en, licence)
values (:round, :place, :item, :kind, :points, :scale, :outcome, :reversed, :sensitive, :skill, :text_nl, :text_en, :choices_nl, :choices_en, :licence)

-- question_drop (survey_question_key)
delete from survey_question where round = :id and place = :place

-- skill_words (by_id) -> survey_skill_words
select name_nl, name_en from skill where id = :id

-- skills_to_ask -> survey_skill_to_ask
select id, coalesce(name_nl, name_en) as name from skill where kind = 'skill' and retired is null order by 2, 1

-- ---- Declaring ----

-- seats_asked (survey_round) -> survey_seat
-- Everybody this survey is for today, once: by the first of their employments in it.
select e.person, e.unit, e.role
from employment e join unit x on x.id = e.unit
where e.id = (select min(f.id) from employment f join unit y on y.id = f.unit
	where f.person = e.person and f.start_day <= :today and (f.end_day is null or f.end_day >= :today)
	and (:unit is null or exists (select 1 from unit t where t.id = :unit and (y.path = t.path or (y.path >= t.path || '/' and y.path < t.path || '0'))))
	and (:role is null or f.role = :role))
and (not exists (select 1 from survey_listed l where l.survey = :survey) or exists (select 1 from survey_listed l where l.survey = :survey and l.person = e.person))
order by e.person

-- asked_lately (survey_lately) -> by_id
select distinct a.person as id from survey_asked a join survey_round r on r.id = a.round
where r.opens > :day and r.state in ('open', 'closed') and r.id <> :round

-- all_units -> survey_unit_row
select id, parent, name, path from unit order by path

-- cell_add (survey_cell)
insert into survey_cell (round, cell, unit, role, people, sealing_key) values (:round, :cell, :unit, :role, :people, :sealing_key)

-- cell_by_key (survey_cell_key) -> survey_cell
select round, cell, unit, role, people, sealing_key from survey_cell where round = :round and cell = :cell

-- cells_of (by_id) -> survey_cell
select round, cell, unit, role, people, sealing_key from survey_cell where round = :id order by cell

-- cell_key_put (survey_cell)
update survey_cell set sealing_key = :sealing_key where round = :round and cell = :cell

-- view_add (survey_view)
insert into survey_view (round, unit, parent, name, path, teams, people) values (:round, :unit, :parent, :name, :path, :teams, :people)

-- views_of (by_id) -> survey_view
select round, unit, parent, name, path, teams, people from survey_view where round = :id order by path

-- asked_add (survey_asked)
insert into survey_asked (round, person, cell, link, entry, part) values (:round, :person, :cell, null, null, 0)

-- ---- Answering ----

-- asked_by_link (survey_link_key) -> survey_asked
select round, person, cell, link, entry, part from survey_asked where link = :fingerprint or entry = :fingerprint or mailed = :fingerprint limit 1

-- asked_by_person (survey_round_person) -> survey_asked
select round, person, cell, link, entry, part from survey_asked where round = :round and person = :person

-- asked_entry_put (survey_asked)
update survey_asked set entry = :entry where round = :round and person = :person

-- asked_link_put (survey_asked)
update survey_asked set link = :link where round = :round and person = :person

-- asked_to_link (by_id) -> survey_to_link
-- Everybody asked, whether they took part or not: a link for those who did not would tell who did.
select a.round, a.person, p.name, p.email, x.path as unit_path
from survey_asked a join person p on p.id = a.person
left join survey_cell k on k.round = a.round and k.cell = a.cell
left join unit x on x.id = k.unit
where a.round = :id order by p.fold, p.id

-- receivers_of (by_id) -> survey_receiver
-- Everybody asked, whether they took part or not, in no order that says anything.
select a.person, p.name, p.email, p.language from survey_asked a join person p on p.id = a.person where a.round = :id order by a.person

-- receiver_find (survey_round_person) -> survey_receiver
select a.person, p.name, p.email, p.language from survey_asked a join person p on p.id = a.person where a.round = :round and a.person = :person

-- asked_mailed_put (survey_asked)
update survey_asked set mailed = :link where round = :round and person = :person

-- round_mail_put (survey_round)
update survey_round set mailed = :mailed, reminders = :reminders, link_key = :link_key where id = :id

-- waiting_for_me -> survey_open_for
select a.round, a.person, s.name, r.closes, k.sealing_key
from survey_asked a join survey_round r on r.id = a.round join survey s on s.id = r.survey join survey_cell k on k.round = a.round and k.cell = a.cell
where a.person = :me and a.part = 0 and r.state = 'open' and r.closes >= :today
order by r.closes, r.id limit 3

-- sealed_find (survey_sealed_key) -> survey_sealed_row
select name, round, cell, sealed from survey_sealed where name = :name

-- sealed_put (survey_sealed_row)
insert into survey_sealed (name, round, cell, sealed) values (:name, :round, :cell, :sealed{blob})
on conflict (name) do update set sealed = excluded.sealed

-- sealed_of_cell (survey_cell_key) -> survey_sealed_row
select name, round, cell, sealed from survey_sealed where round = :round and cell = :cell order by name

-- sealed_of_round (by_id) -> survey_sealed_open
select s.cell, s.sealed, k.sealing_key from survey_sealed s join survey_cell k on k.round = s.round and k.cell = s.cell
where s.round = :id and k.sealing_key is not null order by s.name

-- sealed_remove_cell (survey_cell_key)
delete from survey_sealed where round = :round and cell = :cell

-- sealed_remove_round (by_id)
delete from survey_sealed where round = :id

-- spent_add (survey_spent)
insert into survey_spent (sealing_key) values (:sealing_key) on conflict (sealing_key) do nothing

-- spent_all -> survey_spent
select sealing_key from survey_spent order by sealing_key limit 1000

-- spent_remove (survey_spent)
delete from survey_spent where sealing_key = :sealing_key

-- response_add (survey_response)
insert into survey_response (name, round, cell, given) values (:name, :round, :cell, :given)

-- comment_add (survey_comment)
insert into survey_comment (name, round, cell, place, quote, text) values (:name, :round, :cell, :place, :quote, :text)

-- asked_took_part (survey_asked)
update survey_asked set part = 1 where round = :round and person = :person

-- round_answers_count (by_id) -> count
select count(*) as count from survey_response where round = :id

-- asked_all (by_id) -> survey_asked
select round, person, cell, link, entry, part from survey_asked where round = :id order by person

-- asked_remove (by_id)
delete from survey_asked where round = :id

-- asked_again (survey_asked)
insert into survey_asked (round, person, cell, link, entry, part) values (:round, :person, :cell, null, null, :part)

-- responses_of (by_id) -> survey_response
select name, round, cell, given from survey_response where round = :id

-- responses_given (by_id) -> survey_response_text
select cell, given from survey_response where round = :id

-- responses_remove (by_id)
delete from survey_response where round = :id

-- comments_of (by_id) -> survey_comment
select name, round, cell, place, quote, text from survey_comment where round = :id order by name

-- comments_counted (by_id) -> survey_comment_count
select place, count(*) as count, sum(case when quote = 1 then 1 else 0 end) as quoted from survey_comment where round = :id group by place order by place

-- comments_shown (survey_comment_ask) -> survey_comment
-- In the order of their random names.
select name, round, cell, place, quote, text from survey_comment where round = :round and place = :place and (quote = 1 or :all = 1) order by name limit 100

-- comments_remove (by_id)
delete from survey_comment where round = :id

-- ---- Results ----

-- figure_add (survey_figure)
insert into survey_figure (round, unit, place, shown, n, people, counts, mean, sd, share) values (:round, :unit, :place, :shown, :n, :people, :counts, :mean, :sd, :share)

-- figures_of (by_id) -> survey_figure
select round, unit, place, shown, n, people, counts, mean, sd, share from survey_figure where round = :id order by unit, place

-- units_above_mine -> by_id
-- The same with all units above.
select distinct a.id
from employment e join unit u on u.id = e.unit
join unit a on u.path = a.path or (u.path >= a.path || '/' and u.path < a.path || '0')
where (e.person = :me or e.lead = :me) and e.start_day <= :today and (e.end_day is null or e.end_day >= :today) order by 1

-- units_of_mine -> by_id
-- Where I work, and where somebody works whom I lead.
select distinct unit as id from employment
where (person = :me or lead = :me) and start_day <= :today and (end_day is null or end_day >= :today) order by 1

-- ---- You said, we did ----

-- action_add (survey_action_form) -> by_id
insert into survey_action (round, place, what, owner, due, made) values (:id, :place, :what, :owner, :due, :now) returning id

-- actions_of (by_id) -> survey_action
select a.id, a.round, a.place, a.what, a.owner, p.name as owner_name, a.due, a.told, a.told_day from survey_action a left join person p on p.id = a.owner
where a.round = :id order by a.due, a.id

-- action_by_id (by_id) -> survey_action_row
select a.id, a.round, a.what, a.owner, p.name as owner_name, s.name, a.due, a.told, a.told_day
from survey_action a left join person p on p.id = a.owner join survey_round r on r.id = a.round join survey s on s.id = r.survey where a.id = :id

-- person_exists (by_id) -> count
select count(*) as count from person where id = :id

-- action_told (survey_tell_form)
update survey_action set told = :told, told_day = :today where id = :id

-- told_count (by_id) -> count
select count(*) as count from survey_action where round = :id and told is not null

-- actions_all -> survey_action_row
select a.id, a.round, a.what, a.owner, p.name as owner_name, s.name, a.due, a.told, a.told_day
from survey_action a left join person p on p.id = a.owner join survey_round r on r.id = a.round join survey s on s.id = r.survey
order by case when a.told is null then 0 else 1 end, a.told_day desc, a.due, a.id limit 200

-- owed -> survey_owed
-- Of rounds closed: how many have told nothing back yet, and how many promises are past their day.
select coalesce(max(r.id), 0) as round, coalesce(max(s.name), '') as name,
	(select count(*) from survey_round x where x.state = 'closed' and x.imported = 0 and not exists (select 1 from survey_action a where a.round = x.id and a.told is not null)) as untold,
	(select count(*) from survey_action a where a.told is null and a.due < :today) as overdue
from survey_round r join survey s on s.id = r.survey
where r.id = (select max(y.id) from survey_round y where y.state = 'closed' and ((y.imported = 0 and not exists (select 1 from survey_action a where a.round = y.id and a.told is not null))
	or exists (select 1 from survey_action a where a.round = y.id and a.told is null and a.due < :today)))

-- needs_said -> survey_need_row
select q.skill, f.round, f.unit, f.n, f.people, f.share, r.closes as day
from survey_question q join survey_round r on r.id = q.round and r.state = 'closed'
join survey_figure f on f.round = q.round and f.place = q.place and f.shown = 'shown'
where q.item = 'NODIG1' and q.skill is not null and r.id = (select max(z.round) from survey_question z join survey_round y on y.id = z.round
	where z.item = 'NODIG1' and z.skill = q.skill and y.state = 'closed')
order by q.skill, f.unit

-- people_to_own -> survey_person
select distinct p.id, p.name, p.fold from person p join employment e on e.person = p.id
where e.start_day <= :today and (e.end_day is null or e.end_day >= :today) order by p.fold, p.id limit 2000

-- ---- What is kept of people (trust/keeps.h) ----

-- surveys_asked_count (keep_person) -> count
select count(*) as count from survey_asked where person = :person

-- surveys_asked_rows (keep_person) -> survey_asked_kept
select s.name, r.opens, r.closes, a.part
from survey_asked a join survey_round r on r.id = a.round join survey s on s.id = r.survey where a.person = :person order by r.opens, r.id

-- surveys_asked_past (keep_terms) -> count
select count(*) as count from survey_asked a join survey_round r on r.id = a.round where r.state = 'closed' and r.closes < :older_day

-- surveys_asked_remove (keep_terms)
delete from survey_asked where round in (select id from survey_round where state = 'closed' and closes < :older_day)

-- surveys_asked_erase (keep_person)
delete from survey_asked where person = :person

-- surveys_listed_erase (keep_person)
delete from survey_listed where person = :person

-- surveys_promises_count (keep_person) -> count
select (select count(*) from survey_action where owner = :person) + (select count(*) from survey where owner = :person) as count

-- surveys_promises_rows (keep_person) -> survey_promise_kept
select what, due, told, told_day from survey_action where owner = :person order by due, id

-- surveys_promises_erase (keep_person)
update survey_action set owner = null where owner = :person

-- surveys_owner_erase (keep_person)
update survey set owner = null where owner = :person

-- surveys_answers_past (keep_terms) -> count
select count(*) as count from survey_response x join survey_round r on r.id = x.round where r.closes < :older_day

-- surveys_responses_remove (keep_terms)
delete from survey_response where round in (select id from survey_round where closes < :older_day)

-- surveys_comments_remove (keep_terms)
delete from survey_comment where round in (select id from survey_round where closes < :older_day)

-- scale_add (survey_scale)
insert into survey_scale (round, instrument, n, alpha, low, high, omega) values (:round, :instrument, :n, :alpha, :low, :high, :omega)

-- scales_of (by_id) -> survey_scale
select round, instrument, n, alpha, low, high, omega from survey_scale where round = :id order by instrument

-- climate_add (survey_climate)
insert into survey_climate (round, place, scale, n, teams, icc1, icc2, rwg) values (:round, :place, :scale, :n, :teams, :icc1, :icc2, :rwg)

-- climates_of (by_id) -> survey_climate
select round, place, scale, n, teams, icc1, icc2, rwg from survey_climate where round = :id order by place, scale

-- team_add (survey_team)
insert into survey_team (round, unit, scale, n, mean, rwg) values (:round, :unit, :scale, :n, :mean, :rwg)

-- teams_of (survey_unit_key) -> survey_team
select round, unit, scale, n, mean, rwg from survey_team where round = :round and unit = :unit order by scale

-- driver_add (survey_driver)
insert into survey_driver (round, number, place, scale, share, low, high, r2, n) values (:round, :number, :place, :scale, :share, :low, :high, :r2, :n)

-- drivers_of_round (by_id) -> survey_driver
select round, number, place, scale, share, low, high, r2, n from survey_driver where round = :id order by share desc, number

-- compared_add (survey_compared)
insert into survey_compared (round, unit) values (:round, :unit)

-- compared_find (survey_unit_key) -> count
select count(*) as count from survey_compared where round = :round and unit = :unit

-- seats_were_asked (by_id) -> survey_seat_asked
select a.person, k.unit from survey_asked a join survey_cell k on k.round = a.round and k.cell = a.cell where a.round = :id order by a.person

-- ---- Asked elsewhere ----

-- round_imported (survey_round)
update survey_round set state = 'closed', least = :least, asked = :asked, answers = :answers where id = :id

-- question_outcome_put (survey_question_key)
update survey_question set outcome = case when place = :place then 1 else 0 end where round = :id

-- actions_count (by_id) -> count
select count(*) as count from survey_action where round = :id

-- imported_remove_figures (by_id)
delete from survey_figure where round = :id

-- imported_remove_scales (by_id)
delete from survey_scale where round = :id

-- imported_remove_climates (by_id)
delete from survey_climate where round = :id

-- imported_remove_teams (by_id)
delete from survey_team where round = :id

-- imported_remove_drivers (by_id)
delete from survey_driver where round = :id

-- imported_remove_views (by_id)
delete from survey_view where round = :id

-- imported_remove_cells (by_id)
delete from survey_cell where round = :id

-- imported_remove_round (by_id)
delete from survey_round where id = :id

-- imported_remove_survey (by_id)
delete from survey where id = :id
