-- skill_by_id (skill_ask) -> skill_row
select id, key, kind, name_nl, name_en, description_nl, description_en, parent, owner, review_day, uri, fold, case when retired is null then 0 else 1 end as retired
from skill where id = :id

-- skill_all -> skill_row
select id, key, kind, name_nl, name_en, description_nl, description_en, parent, owner, review_day, uri, fold, case when retired is null then 0 else 1 end as retired
from skill where retired is null order by coalesce(parent, id), case when parent is null then 0 else 1 end, fold, id

-- skill_every -> skill_row
-- Retired ones too: what an import compares with.
select id, key, kind, name_nl, name_en, description_nl, description_en, parent, owner, review_day, uri, fold, case when retired is null then 0 else 1 end as retired
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
on conflict (skill, level) do update set text_nl = excluded.text_nl, text_en = excluded.text_en

-- level_load (by_id) -> level_kept
select skill * 10 + level as id, skill, level, text_nl, text_en from skill_level where skill = :id / 10 and level = :id % 10

-- level_restore (level_kept)
update skill_level set text_nl = :text_nl, text_en = :text_en where skill = :skill and level = :level

-- level_remove (by_id)
delete from skill_level where skill = :id / 10 and level = :id % 10

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

-- skill_around (by_id) -> skill_around
-- What stands around a skill: its group, its owner, and the same in ESCO.
select g.id as parent, g.name_nl, g.name_en, p.name as owner,
	(select c.id from esco_concept c join esco_release r on r.id = c.release and r.shown = 1 where c.uri = s.uri and c.kind = 'skill') as esco
from skill s left join skill g on g.id = s.parent left join person p on p.id = s.owner where s.id = :id

-- skill_version_add (skill_version)
insert into skill_version (skill, made, account, parent, owner, said) values (:skill, :made, :account, :parent, :owner, :said)

-- skill_versions (by_id) -> skill_version_row
-- What it said before each change, the latest first, with the names that still have one.
select v.made, a.name as by_name, g.name_nl as parent_nl, g.name_en as parent_en, p.name as owner, v.said
from skill_version v
	left join account a on a.id = v.account
	left join skill g on g.id = v.parent
	left join person p on p.id = v.owner
where v.skill = :id order by v.id desc limit 200

-- skill_retired_all -> skill_row
select id, key, kind, name_nl, name_en, description_nl, description_en, parent, owner, review_day, uri, fold, 1 as retired
from skill where retired is not null order by fold, id

-- skill_children (by_id) -> count
select count(*) as count from skill where parent = :id and retired is null

-- skill_restore (by_id)
update skill set retired = null where id = :id

-- starter_known -> starter_key
select key from skill where key is not null

-- ---- ESCO ----

-- esco_shown -> esco_release
-- The release that pages read; none before the first import.
select id, began, shown, concepts, relations from esco_release where shown = 1

-- esco_hidden -> esco_release
-- Releases that were never finished, and those that a newer one has replaced.
select id, began, shown, concepts, relations from esco_release where shown = 0 order by id

-- esco_stored (by_id) -> esco_concept
select release, kind, id, uri, code, reuse, knowledge, name_nl, name_en, fold, fold_nl, fold_en, description_nl, description_en
from esco_concept where release = :id

-- esco_related (by_id) -> esco_relation
select release, occupation, skill, essential from esco_relation where release = :id order by occupation, skill

-- esco_release_add (esco_release) -> by_id
insert into esco_release (began, shown, concepts, relations) values (:now, 0, :concepts, :relations) returning id

-- esco_concept_add (esco_concept)
insert into esco_concept (release, kind, id, uri, code, reuse, knowledge, name_nl, name_en, fold, fold_nl, fold_en, description_nl, description_en)
values (:release, :kind, :id, :uri, :code, :reuse, :knowledge, :name_nl, :name_en, :fold, :fold_nl, :fold_en, :description_nl, :description_en)

-- esco_relation_add (esco_relation)
insert into esco_relation (release, occupation, skill, essential) values (:release, :occupation, :skill, :essential)

-- esco_release_load (by_id) -> esco_release
-- With what there really is of it, which is all of it or it is not shown.
select r.id, r.began, r.shown, r.concepts - (select count(*) from esco_concept c where c.release = r.id) as concepts,
	r.relations - (select count(*) from esco_relation x where x.release = r.id) as relations
from esco_release r where r.id = :id

-- esco_release_show (by_id)
update esco_release set shown = case when id = :id then 1 else 0 end

-- esco_relation_clear (esco_piece)
delete from esco_relation where release = :release and occupation between :first and :last

-- esco_concept_clear (esco_piece)
delete from esco_concept where release = :release and id between :first and :last

-- esco_highest (by_id) -> by_id
select coalesce(max(id), 0) as id from esco_concept where release = :id

-- esco_release_clear (by_id)
delete from esco_release where id = :id and shown = 0

-- esco_page (esco_search) -> esco_hit
-- First what begins with the words as typed, then where one of its words does, then the rest; by name in the reader's language.
-- fold stands in the index, so that the rows themselves are read only where it matches.
select c.id, c.kind, c.uri, c.code, c.reuse, c.knowledge, c.name_nl, c.name_en, s.id as skill, f.found
from (select m.kind, m.id, m.release, m.fold, count(*) over () as found
	from (select release, kind, id, case when :dutch = 1 then coalesce(fold_nl, fold_en) else coalesce(fold_en, fold_nl) end as fold
		from esco_concept
		where release = (select id from esco_release where shown = 1) and kind = :kind and fold <> ''
		and instr(fold, :one) > 0 and (:two is null or instr(fold, :two) > 0) and (:three is null or instr(fold, :three) > 0)) m --sqlite
		and strpos(fold, :one) > 0 and (:two is null or strpos(fold, :two) > 0) and (:three is null or strpos(fold, :three) > 0)) m --postgres
	order by case when m.fold like :starts escape '\' then 0 when m.fold like :inside escape '\' then 1 else 2 end, m.fold nulls last, m.id
	limit 25 offset :skip) f
join esco_concept c on c.release = f.release and c.kind = f.kind and c.id = f.id
left join skill s on s.uri = c.uri and s.retired is null
order by case when f.fold like :starts escape '\' then 0 when f.fold like :inside escape '\' then 1 else 2 end, f.fold nulls last, c.id

-- esco_concept_load (esco_key) -> esco_concept
select release, kind, id, uri, code, reuse, knowledge, name_nl, name_en, fold, fold_nl, fold_en, description_nl, description_en
from esco_concept where release = (select id from esco_release where shown = 1) and kind = :kind and id = :id

-- esco_skills_of (by_id) -> esco_line
-- What an occupation needs: essential first, then what one does before what one knows, and what serves many occupations before what serves few.
select c.id, c.uri, c.knowledge, c.reuse, c.name_nl, c.name_en, x.essential, s.id as skill
from esco_relation x
join esco_concept c on c.release = x.release and c.kind = 'skill' and c.id = x.skill
left join skill s on s.uri = c.uri and s.retired is null
where x.release = (select id from esco_release where shown = 1) and x.occupation = :id and coalesce(c.name_nl, c.name_en) is not null
order by x.essential desc, c.knowledge, case c.reuse when 'cross-sector' then 0 when 'sector-specific' then 1 when 'transversal' then 2 else 3 end,
	coalesce(c.fold_en, c.fold_nl) nulls last, c.id

-- esco_occupations_of (by_id) -> esco_line
select c.id, c.uri, c.knowledge, c.reuse, c.name_nl, c.name_en, x.essential, null as skill --sqlite
select c.id, c.uri, c.knowledge, c.reuse, c.name_nl, c.name_en, x.essential, null::bigint as skill --postgres
from esco_relation x
join esco_concept c on c.release = x.release and c.kind = 'occupation' and c.id = x.occupation
where x.release = (select id from esco_release where shown = 1) and x.skill = :id and coalesce(c.name_nl, c.name_en) is not null
order by x.essential desc, coalesce(c.fold_nl, c.fold_en) nulls last, c.id
limit 12

-- esco_picked (esco_pick) -> esco_picked
-- The skills whose numbers stand in the text, as ",12,40,", with what is known of them.
select c.id, c.uri, c.name_nl, c.name_en, c.description_nl, c.description_en, s.id as skill,
	case when s.retired is null then 0 else 1 end as retired, x.skill as related, coalesce(x.essential, 0) as essential
from esco_concept c
left join skill s on s.uri = c.uri
left join esco_relation x on x.release = c.release and x.occupation = :occupation and x.skill = c.id
where c.release = (select id from esco_release where shown = 1) and c.kind = 'skill' and :ids like '%,' || c.id || ',%' escape '\'

-- skill_groups -> esco_option
select id, name_nl, name_en from skill where kind = 'group' and retired is null order by fold

-- skill_revive (by_id)
update skill set retired = null where id = :id and retired is not null

-- role_skill_offer (profile_row)
-- What a role asks already stays as somebody decided it.
insert into role_skill (role, skill, level, importance) values (:role, :skill, :level, :importance) on conflict (role, skill) do nothing

-- skills_owned_count (keep_person) -> count
select count(*) as count from skill where owner = :person

-- skills_owned (keep_person) -> kept_ownership
select coalesce(name_nl, name_en) as skill, review_day from skill where owner = :person order by fold

-- skills_owner_erase (keep_person)
update skill set owner = null where owner = :person
