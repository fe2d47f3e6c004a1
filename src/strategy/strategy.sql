-- gap_units -> gap_unit
select id, parent, name, path from unit order by path

-- gap_roles -> gap_role
select id, name, name_en from role order by fold

-- gap_jobs (day_of) -> job_row
select person, unit, role, lead, hours, start_day from employment
where start_day <= :day and (end_day is null or end_day >= :day) order by person, id

-- gap_asked -> gap_asked_row
select skill, role, level, importance from role_skill

-- gap_rated -> by_id
-- The skills of which anything is known of anybody.
select s.id from skill s where exists (select 1 from estimate e where e.skill = s.id and e.known > 0)

-- gap_wanted -> wanted
-- The skills of the latest version of every ambition that goes on.
select v.ambition, k.skill, k.weight, k.target_level, k.people_needed, k.unit
from ambition a
	join ambition_version v on v.ambition = a.id and v.number = (select max(l.number) from ambition_version l where l.ambition = a.id)
	join ambition_skill k on k.version = v.id
where a.ended is null
order by v.ambition, k.weight desc, k.skill

-- team_sees -> team_pair
-- Whom I lead today in a role that asks a skill of an ambition, or who has no role that asks it: as sight.c of ratings has it.
select distinct e.person, w.skill
from employment e
	join (select distinct k.skill from ambition a
		join ambition_version v on v.ambition = a.id and v.number = (select max(l.number) from ambition_version l where l.ambition = a.id)
		join ambition_skill k on k.version = v.id
		where a.ended is null) w on exists (select 1 from role_skill rs where rs.role = e.role and rs.skill = w.skill)
	or not exists (select 1 from employment o join role_skill rs on rs.role = o.role and rs.skill = w.skill
		where o.person = e.person and o.start_day <= :today and (o.end_day is null or o.end_day >= :today))
where e.lead = :me and e.start_day <= :today and (e.end_day is null or e.end_day >= :today)
order by e.person, w.skill

-- gap_people -> gap_name
select id, person_id, name from person order by id

-- ambition_all -> ambition
select a.id, v.id as version, v.number, v.name, v.why, v.horizon, v.owner, v.indicator, p.name as owner_name, v.made
from ambition a
	join ambition_version v on v.ambition = a.id and v.number = (select max(l.number) from ambition_version l where l.ambition = a.id)
	left join person p on p.id = v.owner
where a.ended is null
order by a.id

-- ambitions_needing (by_id) -> gap_name
-- The ambitions of now that ask this skill.
select v.ambition as id, v.name
from ambition a
	join ambition_version v on v.ambition = a.id and v.number = (select max(w.number) from ambition_version w where w.ambition = a.id)
	join ambition_skill k on k.version = v.id
where a.ended is null and k.skill = :id order by v.ambition

-- ambition_skills_of (by_id) -> ambition_skill
select skill, weight, target_level, people_needed, unit from ambition_skill where version = :id order by weight desc, skill

-- ambition_versions_of (by_id) -> version_row
select v.id, v.number, v.name, v.why, v.horizon, v.indicator, v.reason, p.name as owner_name, v.made, coalesce(a.name, '') as account_name
from ambition_version v
	left join person p on p.id = v.owner
	left join account a on a.id = v.account
where v.ambition = :id order by v.number desc limit 200

-- ambition_version_skills (by_id) -> version_skill
select k.version, k.skill, s.name_nl, s.name_en, k.weight, k.target_level, k.people_needed, u.path as unit
from ambition_version v
	join ambition_skill k on k.version = v.id
	join skill s on s.id = k.skill
	left join unit u on u.id = k.unit
where v.ambition = :id order by k.version desc, k.weight desc, k.skill

-- ambition_begin -> by_id
insert into ambition (made) values (:now) returning id

-- ambition_end (by_id)
update ambition set ended = :now where id = :id and ended is null

-- version_add (version_new) -> by_id
insert into ambition_version (ambition, number, name, fold, why, horizon, owner, indicator, reason, made, account)
values (:ambition, :number, :name, :fold, :why, :horizon, :owner, :indicator, :reason, :now, case when :account = 0 then null else :account end)
returning id

-- version_by_id (by_id) -> version_new
select id, ambition, number, name, fold, why, horizon, owner, indicator, reason from ambition_version where id = :id

-- version_set (version_new)
-- For taking an import back: a version that was there is never another, so nothing changes.
update ambition_version set name = :name where id = :id and ambition = :ambition

-- version_remove (by_id)
delete from ambition_version where id = :id

-- version_skill_add (version_skill_new)
insert into ambition_skill (version, skill, weight, target_level, people_needed, unit) values (:version, :skill, :weight, :target_level, :people_needed, :unit)

-- strategy_people -> gap_name
select id, person_id, name from person order by fold, id

-- strategy_skills -> skill_names_row
select id, key, uri, name_nl, name_en from skill where retired is null and kind = 'skill' order by fold

-- versions_built_on (by_id) -> count
-- Later versions than those an import made.
select count(*) as count from ambition_version v
	join ambition_version mine on mine.ambition = v.ambition and mine.number < v.number
	join import_change i on i.tab = 'ambition_version' and i.row = mine.id
where i.import = :id and v.id not in (select row from import_change where import = :id and tab = 'ambition_version')

-- import_skills_remove (by_id)
delete from ambition_skill where version in (select row from import_change where import = :id and tab = 'ambition_version')

-- import_versions_remove (by_id)
delete from ambition_version where id in (select row from import_change where import = :id and tab = 'ambition_version')

-- ambitions_empty_remove
delete from ambition where id not in (select ambition from ambition_version)

-- ahead_leavers (ahead_span) -> leavers
-- Of whoever worked here on that day: how many, and how many of them do not today.
select count(*) as people, coalesce(sum(case when now = 0 then 1 else 0 end), 0) as left
from (select e.person, max(case when e.start_day <= :today and (e.end_day is null or e.end_day >= :today) then 1 else 0 end) as now,
		max(case when e.start_day <= :from and (e.end_day is null or e.end_day >= :from) then 1 else 0 end) as was
	from employment e group by e.person) p
where was = 1

-- ambitions_owned_count (keep_person) -> count
select count(*) as count from ambition_version where owner = :person or account = :their_account

-- ambitions_owned (keep_person) -> kept_ambition
select name, number, made from ambition_version where owner = :person or account = :their_account order by ambition, number

-- ambitions_owner_erase (keep_person)
-- Who wrote a version is a number of an account that has lost its name.
update ambition_version set owner = null where owner = :person
