-- skill_by_id (skill_ask) -> skill_row
select id, key, kind, name_nl, name_en, description_nl, description_en, parent, owner, review_day, uri, case when retired is null then 0 else 1 end as retired
from skill where id = :id

-- skill_all -> skill_row
select id, key, kind, name_nl, name_en, description_nl, description_en, parent, owner, review_day, uri, case when retired is null then 0 else 1 end as retired
from skill where retired is null order by coalesce(parent, id), case when parent is null then 0 else 1 end, fold, id

-- skill_every -> skill_row
-- Retired ones too: what an import compares with.
select id, key, kind, name_nl, name_en, description_nl, description_en, parent, owner, review_day, uri, case when retired is null then 0 else 1 end as retired
from skill order by id

-- level_of (by_id) -> level_row
select skill, level, text_nl, text_en from skill_level where skill = :id order by level

-- level_every -> level_row
select skill, level, text_nl, text_en from skill_level order by skill, level

-- role_skill_all -> role_skill
select role, skill, level, importance from role_skill order by role, importance desc, skill

-- role_skill_of_role (by_id) -> profile_line
select p.role, p.skill, p.level, p.importance, s.name_nl, s.name_en
from role_skill p join skill s on s.id = p.skill
where p.role = :id and s.retired is null order by p.importance desc, s.fold

-- role_skill_of_skill (by_id) -> need_line
-- Who needs a skill: roles with how many people hold them today.
select p.role, p.level, p.importance, r.name, r.name_en, (select count(distinct e.person) from employment e
	where e.role = p.role and e.start_day <= :today and (e.end_day is null or e.end_day >= :today)) as people
from role_skill p join role r on r.id = p.role
where p.skill = :id order by people desc, r.fold

-- skill_add (skill_row) -> by_id
insert into skill (key, parent, kind, name_nl, name_en, fold, description_nl, description_en, owner, review_day, uri, made)
values (:key, :parent, :kind, :name_nl, :name_en, :fold, :description_nl, :description_en, :owner, :review_day, :uri, :now)
returning id

-- skill_set (skill_row)
update skill set parent = :parent, name_nl = :name_nl, name_en = :name_en, fold = :fold, description_nl = :description_nl,
	description_en = :description_en, owner = :owner, review_day = :review_day, uri = :uri, retired = null
where id = :id

-- skill_remove (by_id)
delete from skill where id = :id

-- skill_retire (by_id)
update skill set retired = :now where id = :id

-- skill_review (review_row)
update skill set review_day = :review_day, owner = :owner where id = :id

-- level_put (level_row)
insert into skill_level (skill, level, text_nl, text_en) values (:skill, :level, :text_nl, :text_en)
on conflict (skill, level) do update set text_nl = coalesce(excluded.text_nl, skill_level.text_nl), text_en = coalesce(excluded.text_en, skill_level.text_en)

-- levels_remove (by_id)
delete from skill_level where skill = :id

-- role_skill_load (by_id) -> profile_row
select role * 100000000 + skill as id, role, skill, level, importance from role_skill where role = :id / 100000000 and skill = :id % 100000000

-- role_skill_put (profile_row)
insert into role_skill (role, skill, level, importance) values (:role, :skill, :level, :importance)
on conflict (role, skill) do update set level = excluded.level, importance = excluded.importance

-- role_skill_remove (by_id)
delete from role_skill where role = :id / 100000000 and skill = :id % 100000000

-- role_skill_remove_one (role_skill)
delete from role_skill where role = :role and skill = :skill

-- profile_roles -> role_named
select id, name, name_en, fold from role order by fold

-- profile_role_add (role_named) -> by_id
insert into role (name, name_en, fold) values (:name, :name_en, :fold) returning id

-- profile_role (by_id) -> role_named
select id, name, name_en, fold from role where id = :id

-- role_people -> role_count
-- Every role with the people who hold it today and the lines of its profile.
select r.id, r.name, r.name_en, (select count(distinct e.person) from employment e where e.role = r.id and e.start_day <= :today
	and (e.end_day is null or e.end_day >= :today)) as people,
	(select count(*) from role_skill p where p.role = r.id) as skills
from role r order by r.fold

-- skill_owners -> person_key
select id, person_id, name, fold from person order by id

-- skill_needed -> skill_need
-- How many roles and people need each skill today.
select p.skill, count(distinct p.role) as roles, count(distinct e.person) as people
from role_skill p left join employment e on e.role = p.role and e.start_day <= :today and (e.end_day is null or e.end_day >= :today)
group by p.skill

-- skill_owner (by_id) -> person_key
select p.id, p.person_id, p.name, p.fold from skill s join person p on p.id = s.owner where s.id = :id


-- starter_known -> starter_key
select key from skill where key is not null
