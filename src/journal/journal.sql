-- journal_entry_add (journal_row) -> by_id
insert into journal_entry (person, version) values (:person, 1) returning id

-- journal_entry_seal (journal_row)
update journal_entry set sealed = :sealed{blob} where id = :id

-- journal_entry_change (journal_row)
-- Of the version that was read: of two tabs the second is told.
update journal_entry set sealed = :sealed{blob}, version = version + 1 where id = :id and person = :person and version = :version

-- journal_entry_load (journal_row) -> journal_row
select e.id, e.person, e.version, e.sealed, case when s.entry is null then 0 else 1 end as shared
from journal_entry e left join journal_shared s on s.entry = e.id where e.id = :id and e.person = :person

-- journal_entries (journal_row) -> journal_row
select e.id, e.person, e.version, e.sealed, case when s.entry is null then 0 else 1 end as shared
from journal_entry e left join journal_shared s on s.entry = e.id where e.person = :person order by e.id

-- journal_entries_count (journal_row) -> count
select count(*) as count from journal_entry where person = :person

-- journal_entry_remove (journal_row)
delete from journal_entry where id = :id and person = :person

-- journal_file_put (journal_row)
insert into journal_file (entry, sealed) values (:id, :sealed{blob})
on conflict (entry) do update set sealed = excluded.sealed

-- journal_file_load (journal_row) -> journal_row
select f.entry as id, f.sealed from journal_file f join journal_entry e on e.id = f.entry where f.entry = :id and e.person = :person

-- journal_file_remove (journal_row)
delete from journal_file where entry = :id

-- journal_shared_put (journal_shared)
insert into journal_shared (entry, person, unit, skill, day, kind, hours, did, learnt, next, link, statement)
values (:entry, :person, :unit, :skill, :day, :kind, :hours, :did, :learnt, :next, :link, :statement)

-- journal_shared_of (by_id) -> journal_shared
select entry, person, unit, skill, day, kind, hours, did, learnt, next, link, statement from journal_shared where entry = :id

-- journal_shared_remove (by_id)
delete from journal_shared where entry = :id

-- journal_circles -> journal_circle
-- The units in which one works today, and those above them: with whom an entry can be shared.
select distinct u.id, u.path, case when e.unit = u.id then 1 else 0 end as team
from employment e join unit mine on mine.id = e.unit
	join unit u on u.id = mine.id or (mine.path >= u.path || '/' and mine.path < u.path || '0')
where e.person = :me and e.start_day <= :today and (e.end_day is null or e.end_day >= :today)
order by u.path desc

-- journal_learnt (learnt_query) -> learnt
-- What was shared with everybody, or with a unit in which one works or leads somebody today, or one above it.
select s.entry, s.person, s.skill, s.day, s.kind, s.hours, s.did, s.learnt, s.next, s.link, p.name,
	coalesce(u.path, '') as unit_path, case when s.person = :me then 1 else 0 end as own,
	coalesce(case when :dutch = 1 then k.name_nl else k.name_en end, k.name_nl, k.name_en) as skill_name
from journal_shared s join person p on p.id = s.person
	left join unit u on u.id = s.unit left join skill k on k.id = s.skill
where (s.person = :me or s.unit is null or exists (select 1 from employment e join unit w on w.id = e.unit
		where (e.person = :me or e.lead = :me) and e.start_day <= :today and (e.end_day is null or e.end_day >= :today)
		and (w.path = u.path or (w.path >= u.path || '/' and w.path < u.path || '0'))))
	and (coalesce(:skill, 0) = 0 or s.skill = :skill)
order by s.day desc, s.entry desc limit 26 offset :skip

-- journal_prompt_load -> journal_rest
select after from journal_prompt where person = :me

-- journal_prompt_put (journal_rest)
insert into journal_prompt (person, after) values (:person, :after)
on conflict (person) do update set after = excluded.after

-- journal_of_count (keep_person) -> count
select count(*) as count from journal_entry where person = :person

-- journal_shared_of_person (keep_person) -> journal_shared
select entry, person, unit, skill, day, kind, hours, did, learnt, next, link, statement from journal_shared where person = :person order by entry

-- journal_past_count (keep_terms) -> count
select count(*) as count from journal_entry where person in (select person from departure where last_day < :left_before)

-- journal_past_file_remove (keep_terms)
delete from journal_file where entry in (select e.id from journal_entry e where e.person in (select person from departure where last_day < :left_before) limit :batch)

-- journal_past_shared_remove (keep_terms)
delete from journal_shared where entry in (select s.entry from journal_shared s where s.person in (select person from departure where last_day < :left_before) limit :batch)

-- journal_past_remove (keep_terms)
delete from journal_entry where id in (select e.id from journal_entry e where e.person in (select person from departure where last_day < :left_before)
	and not exists (select 1 from journal_file f where f.entry = e.id) and not exists (select 1 from journal_shared s where s.entry = e.id) limit :batch)

-- journal_prompt_past_remove (keep_terms)
delete from journal_prompt where person in (select person from departure where last_day < :left_before)

-- journal_file_erase (keep_person)
delete from journal_file where entry in (select id from journal_entry where person = :person)

-- journal_shared_erase (keep_person)
delete from journal_shared where person = :person

-- journal_erase (keep_person)
delete from journal_entry where person = :person

-- journal_prompt_erase (keep_person)
delete from journal_prompt where person = :person

-- ---- Counting along in groups ----

-- counted_since (keep_person) -> log_counting
select person, since from journal_counted where person = :person

-- counted_put (log_counting)
insert into journal_counted (person, since) values (:person, :since) on conflict (person) do nothing

-- counted_erase (keep_person)
delete from journal_counted where person = :person

-- counted_count (keep_person) -> count
select count(*) as count from journal_counted where person = :person

-- counted_past_count (keep_terms) -> count
select count(*) as count from journal_counted where person in (select person from departure where last_day < :left_before)

-- counted_past_remove (keep_terms)
delete from journal_counted where person in (select person from departure where last_day < :left_before)

-- journal_entries_counted (log_counting) -> journal_row
-- Sealed, of those who agreed before that day.
select e.id, e.person, e.version, e.sealed, 0 as shared
from journal_counted k join journal_entry e on e.person = k.person where k.since < :since order by e.person, e.id
