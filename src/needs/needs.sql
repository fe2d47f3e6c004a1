-- What four sides say people need to learn, and signals of what comes.

-- needs_units -> need_unit
select id, parent, name, path from unit order by path

-- needs_units_lead -> by_id
-- Where somebody works whom I lead, with all units above.
select distinct a.id from employment e join unit u on u.id = e.unit
join unit a on u.path = a.path or (u.path >= a.path || '/' and u.path < a.path || '0')
where e.lead = :me and e.start_day <= :today and (e.end_day is null or e.end_day >= :today) order by 1

-- needs_units_led -> by_id
select distinct unit as id from employment where lead = :me and start_day <= :today and (end_day is null or end_day >= :today) order by 1

-- needs_skills -> need_skill_row
select id, name_nl, name_en, fold from skill where kind = 'skill' and retired is null order by fold, id

-- needs_critical -> by_id
-- The skills that decide an ambition which goes on.
select distinct k.skill as id from ambition a
join ambition_version v on v.ambition = a.id and v.number = (select max(l.number) from ambition_version l where l.ambition = a.id)
join ambition_skill k on k.version = v.id where a.ended is null order by 1

-- needs_ambitions_of (by_id) -> need_ambition
select a.id, v.name from ambition a
join ambition_version v on v.ambition = a.id and v.number = (select max(l.number) from ambition_version l where l.ambition = a.id)
join ambition_skill k on k.version = v.id where a.ended is null and k.skill = :id order by a.id

-- ---- Leads ----

-- needs_notes_counted (need_window) -> need_note_count
-- As it stood at that moment, so that no figure changes because one lead said something today.
select skill, unit, count(*) as people, coalesce(sum(case when direction = 'short' then 1 else 0 end), 0) as hits,
	coalesce(sum(case when direction = 'short' and urgency = 'now' then 1 else 0 end), 0) as urgent
from need_note where made < :until and made >= :since and (withdrawn is null or withdrawn >= :until) group by skill, unit order by skill, unit nulls first

-- needs_notes_mine -> need_note_mine
select n.id, n.skill, s.name_nl, s.name_en, u.path as unit_path, n.direction, n.urgency, n.made
from need_note n join skill s on s.id = n.skill left join unit u on u.id = n.unit
where n.lead = :me and n.withdrawn is null order by n.made desc, n.id desc

-- needs_note_end (need_note_new)
update need_note set withdrawn = :now where lead = :me and skill = :skill and withdrawn is null

-- needs_note_add (need_note_new) -> by_id
insert into need_note (skill, lead, unit, direction, urgency, made) values (:skill, :me, :unit, :direction, :urgency, :now) returning id

-- needs_note_withdraw (by_id)
update need_note set withdrawn = :now where id = :id and lead = :me and withdrawn is null

-- ---- People who left ----

-- needs_leavers_until (need_leaver_until) -> leaver_row
select id, unit, skill, quarter, reason from need_leaver where quarter < :until order by quarter, id

-- needs_leaver_add (need_leaver_new) -> by_id
insert into need_leaver (unit, quarter, reason, skill, account, made) values (:unit, :quarter, :reason, :skill, case when :account = 0 then null else :account end, :now) returning id

-- needs_leavers_mine (need_window) -> need_leaver_mine
-- What I entered lately, so that I can take a mistake out.
select l.id, l.quarter, l.reason, s.name_nl, s.name_en, u.path as unit_path, l.made
from need_leaver l left join skill s on s.id = l.skill left join unit u on u.id = l.unit
where l.account = :account and l.made >= :since order by l.id desc limit 50

-- needs_leaver_remove (by_id)
delete from need_leaver where id = :id and account = :account

-- ---- Figures ----

-- needs_figures_now -> need_figure_now
-- Of each indicator the newest month.
select i.skill, f.indicator, f.unit, f.month, f.people, f.under, f.by_person
from need_figure f join need_indicator i on i.id = f.indicator
where f.month = (select max(g.month) from need_figure g where g.indicator = f.indicator) order by f.indicator, f.unit nulls first

-- needs_indicators_of (by_id) -> need_indicator_shown
select i.name, max(f.month) as month from need_indicator i join need_figure f on f.indicator = i.id where i.skill = :id group by i.id, i.name order by i.name

-- needs_indicators -> need_indicator
select id, skill, name, fold from need_indicator order by id

-- needs_indicator_add (need_indicator) -> by_id
insert into need_indicator (skill, name, fold, made) values (:skill, :name, :fold, :now) returning id

-- needs_figures_kept -> need_figure
select id, indicator, unit, month, people, under, by_person from need_figure order by id

-- needs_figure_add (need_figure) -> by_id
insert into need_figure (indicator, unit, month, people, under, by_person) values (:indicator, :unit, :month, :people, :under, :by_person) returning id

-- needs_figure_change (need_figure)
update need_figure set people = :people, under = :under, by_person = :by_person where id = :id

-- needs_figure_load (by_id) -> need_figure
select id, indicator, unit, month, people, under, by_person from need_figure where id = :id

-- needs_figure_restore (need_figure)
update need_figure set people = :people, under = :under, by_person = :by_person, month = :month, unit = :unit, indicator = :indicator where id = :id

-- needs_figure_remove (by_id)
delete from need_figure where id = :id

-- needs_skill_keys -> need_skill_key
select id, key, name_nl, name_en, uri from skill where retired is null and kind = 'skill' order by fold

-- needs_seats -> need_seat
-- Where everybody works or worked, to find somebody's unit in a month.
select p.person_id, e.unit, e.start_day, e.end_day from employment e join person p on p.id = e.person order by p.person_id, e.start_day, e.id

-- ---- Weights ----

-- needs_policy_now -> need_policy
select p.id, p.survey_weight, p.survey_from, p.figures_weight, p.figures_from, p.leavers_weight, p.leavers_from, p.leads_weight, p.leads_from, p.reason,
	coalesce(a.name, '') as account_name, p.made
from need_policy p left join account a on a.id = p.account order by p.id desc limit 1

-- needs_policies -> need_policy
select p.id, p.survey_weight, p.survey_from, p.figures_weight, p.figures_from, p.leavers_weight, p.leavers_from, p.leads_weight, p.leads_from, p.reason,
	coalesce(a.name, '') as account_name, p.made
from need_policy p left join account a on a.id = p.account order by p.id desc limit 100

-- needs_policy_add (need_policy) -> by_id
insert into need_policy (survey_weight, survey_from, figures_weight, figures_from, leavers_weight, leavers_from, leads_weight, leads_from, reason, account, made)
values (:survey_weight, :survey_from, :figures_weight, :figures_from, :leavers_weight, :leavers_from, :leads_weight, :leads_from, :reason,
	case when :account = 0 then null else :account end, :now) returning id

-- ---- Signals ----

-- signals_all -> signal_row
select s.id, s.title, s.source, s.since, s.review_day, s.offer, s.offer_link, s.follower, p.name as follower_name, s.ended, s.what, s.link
from signal s left join person p on p.id = s.follower
order by case when s.ended is null then 0 else 1 end, s.review_day, s.id limit 500

-- signal_by_id (by_id) -> signal_row
select s.id, s.title, s.source, s.since, s.review_day, s.offer, s.offer_link, s.follower, p.name as follower_name, s.ended, s.what, s.link
from signal s left join person p on p.id = s.follower where s.id = :id

-- signal_skills_all -> signal_skill_row
select k.signal, k.skill, s.name_nl, s.name_en, k.way from signal_skill k join skill s on s.id = k.skill order by k.signal, k.way desc, s.fold, k.skill

-- signal_skills_of (by_id) -> signal_skill_row
select k.signal, k.skill, s.name_nl, s.name_en, k.way from signal_skill k join skill s on s.id = k.skill where k.signal = :id order by k.way desc, s.fold, k.skill

-- signals_of_skill (by_id) -> signal_row
select s.id, s.title, s.source, s.since, s.review_day, s.follower, p.name as follower_name, s.ended, k.way as way
from signal_skill k join signal s on s.id = k.signal left join person p on p.id = s.follower where k.skill = :id and s.ended is null order by s.since desc, s.id

-- signals_running -> signal_ahead
select k.skill, k.way, s.id as signal, s.title from signal_skill k join signal s on s.id = k.signal where s.ended is null order by s.id, k.skill

-- signal_ahead_of (by_id) -> need_ahead
-- The ambitions whose horizon one can look ahead to, that ask a skill of this signal.
select distinct a.id, v.name from signal_skill g join ambition_skill k on k.skill = g.skill
join ambition_version v on v.id = k.version
join ambition a on a.id = v.ambition and a.ended is null and v.number = (select max(l.number) from ambition_version l where l.ambition = a.id)
where g.signal = :id order by a.id

-- signal_add_row (signal_row) -> by_id
insert into signal (title, what, source, link, follower, since, review_day, offer, offer_link, account, made)
values (:title, :what, :source, :link, :follower, :since, :review_day, :offer, :offer_link, case when :account = 0 then null else :account end, :now) returning id

-- signal_change_row (signal_row)
update signal set title = :title, what = :what, source = :source, link = :link, follower = :follower, since = :since, review_day = :review_day,
	offer = :offer, offer_link = :offer_link where id = :id

-- signal_skills_remove (by_id)
delete from signal_skill where signal = :id

-- signal_skill_add (signal_skill_row)
insert into signal_skill (signal, skill, way) values (:signal, :skill, :way)

-- signal_review_day_put (signal_row)
update signal set review_day = :review_day where id = :id

-- signal_end_put (by_id)
update signal set ended = :today where id = :id and ended is null

-- signal_review_add (signal_review_row)
insert into signal_review (signal, person, day, text) values (:signal, case when :me = 0 then null else :me end, :today, :text)

-- signal_reviews_of (by_id) -> signal_review_row
select r.signal, r.day, r.text, p.name as by_name from signal_review r left join person p on p.id = r.person where r.signal = :id order by r.day desc, r.id desc limit 100

-- signal_told_add (signal_told_row)
insert into signal_told (signal, unit, role, text, day) values (:signal, :unit, :role, :text, :today)

-- signal_told_of (by_id) -> signal_told_row
select t.signal, t.unit, t.role, u.path as unit_path, r.name as role_name, r.name_en as role_name_en, t.text, t.day
from signal_told t left join unit u on u.id = t.unit left join role r on r.id = t.role where t.signal = :id order by t.day desc, t.id desc limit 100

-- signal_roles -> need_role
select id, name, name_en from role order by fold, id

-- signal_person_by_name (signal_who) -> by_id
select distinct p.id from person p join employment e on e.person = p.id
where (p.fold = :fold or p.person_id = :text) and e.start_day <= :today and (e.end_day is null or e.end_day >= :today) order by p.id limit 2

-- signal_owed_now -> signal_owed
select (select count(*) from signal where ended is null and follower = :me and review_day <= :today) as due,
	coalesce((select min(id) from signal where ended is null and follower = :me and review_day <= :today), 0) as signal,
	coalesce((select title from signal where id = (select min(id) from signal where ended is null and follower = :me and review_day <= :today)), '') as title,
	(select count(*) from signal s where s.ended is null and not exists (select 1 from employment e where e.person = s.follower and e.start_day <= :today and (e.end_day is null or e.end_day >= :today))) as lost,
	coalesce((select min(s.id) from signal s where s.ended is null and not exists (select 1 from employment e where e.person = s.follower and e.start_day <= :today
		and (e.end_day is null or e.end_day >= :today))), 0) as lost_signal

-- signal_news_now (signal_since) -> signal_news
-- The newest that was told to where I work or to what I am.
select t.signal, s.title, t.text from signal_told t join signal s on s.id = t.signal
where t.day >= :since and s.ended is null and exists (select 1 from employment e join unit u on u.id = e.unit
	where e.person = :me and e.start_day <= :today and (e.end_day is null or e.end_day >= :today) and (t.role is null or t.role = e.role)
	and (t.unit is null or exists (select 1 from unit a where a.id = t.unit and (u.path = a.path or (u.path >= a.path || '/' and u.path < a.path || '0')))))
order by t.day desc, t.id desc limit 1

-- ---- What is kept of people (trust/keeps.h) ----

-- needs_notes_count (keep_person) -> count
select count(*) as count from need_note where lead = :person

-- needs_notes_of (keep_person) -> need_note_kept
select coalesce(s.name_nl, s.name_en) as skill, u.path as unit, n.direction, n.urgency, n.made, n.withdrawn
from need_note n join skill s on s.id = n.skill left join unit u on u.id = n.unit where n.lead = :person order by n.made, n.id

-- needs_notes_past (keep_terms) -> count
select count(*) as count from need_note where made < :older

-- needs_notes_remove (keep_terms)
delete from need_note where id in (select id from need_note where made < :older order by id limit :batch)

-- needs_notes_erase (keep_person)
delete from need_note where lead = :person

-- needs_leavers_past (keep_terms) -> count
select count(*) as count from need_leaver where quarter < :older_day

-- needs_leavers_remove (keep_terms)
delete from need_leaver where id in (select id from need_leaver where quarter < :older_day order by id limit :batch)

-- signals_of_count (keep_person) -> count
select (select count(*) from signal where follower = :person) + (select count(*) from signal_review where person = :person) as count

-- signals_followed_of (keep_person) -> signal_kept
select title, since, review_day, ended from signal where follower = :person order by since, id

-- signal_reviews_by (keep_person) -> signal_review_kept
select s.title, r.day, r.text from signal_review r join signal s on s.id = r.signal where r.person = :person order by r.day, r.id

-- signals_erase (keep_person)
update signal set follower = null where follower = :person

-- signal_reviews_erase (keep_person)
update signal_review set person = null where person = :person

-- signals_without_follower
-- Nobody looks after these now, so they are due today.
update signal set review_day = :today where follower is null and ended is null and review_day > :today
