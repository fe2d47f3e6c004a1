-- units_kept -> unit_kept
select id, parent, name, path, fold from unit order by path

-- roles_kept -> role_kept
select id, name, name_en, fold, uri from role order by id

-- persons_kept -> person_kept
select id, person_id, name, email, fold, language from person order by id

-- employments_kept -> employment_kept
select id, person, unit, role, lead, hours, start_day, end_day from employment order by id

-- unit_add (unit_kept) -> by_id
insert into unit (parent, name, path, fold) values (:parent, :name, :path, :fold) returning id

-- unit_load_kept (by_id) -> unit_kept
select id, parent, name, path, fold from unit where id = :id

-- unit_restore (unit_kept)
update unit set parent = :parent, name = :name, path = :path, fold = :fold where id = :id

-- unit_remove (by_id)
delete from unit where id = :id

-- role_add (role_kept) -> by_id
insert into role (name, name_en, fold, uri) values (:name, :name_en, :fold, :uri) returning id

-- role_load_kept (by_id) -> role_kept
select id, name, name_en, fold, uri from role where id = :id

-- role_restore (role_kept)
update role set name = :name, name_en = :name_en, fold = :fold, uri = :uri where id = :id

-- role_remove (by_id)
delete from role where id = :id

-- person_highest -> by_id
select coalesce(max(id), 0) as id from person

-- persons_above (by_id) -> person_kept
select id, person_id, name, email, fold, language from person where id > :id order by id

-- person_add (person_kept)
insert into person (person_id, name, email, fold, language, made) values (:person_id, :name, :email, :fold, :language, :now)

-- person_load_kept (by_id) -> person_kept
select id, person_id, name, email, fold, language from person where id = :id

-- person_email_free (person_kept)
update person set email = null where id = :id

-- person_change (person_kept)
update person set name = :name, email = :email, fold = :fold, language = :language where id = :id

-- person_remove (by_id)
delete from person where id = :id

-- employment_highest -> by_id
select coalesce(max(id), 0) as id from employment

-- employments_above (by_id) -> employment_kept
select id, person, unit, role, lead, hours, start_day, end_day from employment where id > :id order by id

-- employment_add (employment_kept)
insert into employment (person, unit, role, lead, hours, start_day, end_day)
values (:person, :unit, :role, :lead, :hours, :start_day, :end_day)

-- employment_load_kept (by_id) -> employment_kept
select id, person, unit, role, lead, hours, start_day, end_day from employment where id = :id

-- employment_change (employment_kept)
update employment set unit = :unit, role = :role, lead = :lead, hours = :hours, start_day = :start_day, end_day = :end_day where id = :id

-- employment_remove (by_id)
delete from employment where id = :id

-- ---- Reading ----

-- unit_by_id (by_id) -> unit
select id, parent, name, path from unit where id = :id

-- unit_by_fold (text_key) -> unit
select id, parent, name, path from unit where fold = :fold

-- units_all -> unit
select id, parent, name, path from unit order by path

-- units_below (unit_query) -> unit
select x.id, x.parent, x.name, x.path
from unit u join unit x on x.path = u.path or (x.path >= u.path || '/' and x.path < u.path || '0')
where u.id = :unit
order by x.path

-- units_above (unit_query) -> unit_step
select a.id, a.name
from unit u join unit a on u.path >= a.path || '/' and u.path < a.path || '0'
where u.id = :unit
order by a.path

-- units_right_below (unit_query) -> unit_below
select x.id, x.name, (select count(distinct e.person) from employment e join unit y on y.id = e.unit
	where (y.path = x.path or (y.path >= x.path || '/' and y.path < x.path || '0'))
	and e.start_day <= :today and (e.end_day is null or e.end_day >= :today)) as people
from unit x
where x.parent = :unit
order by x.path

-- seats_today -> unit_seat
select person, unit from employment
where start_day <= :today and (end_day is null or end_day >= :today)
order by person, unit

-- members_below (unit_query) -> member
-- Everybody in the unit or below it, once: with the first of their employments there.
select p.id as person, p.person_id, p.name, e.unit, e.role, u.path as unit_path, r.name as role_name
from person p
join employment e on e.id = (select min(f.id) from employment f join unit x on x.id = f.unit
	where f.person = p.id and f.start_day <= :today and (f.end_day is null or f.end_day >= :today)
	and (:unit is null or exists (select 1 from unit t where t.id = :unit and (x.path = t.path or (x.path >= t.path || '/' and x.path < t.path || '0')))))
join unit u on u.id = e.unit
join role r on r.id = e.role
order by p.fold, p.id

-- members_first (unit_query) -> member
select p.id as person, p.person_id, p.name, e.unit, e.role, u.path as unit_path, r.name as role_name
from person p
join employment e on e.id = (select min(f.id) from employment f join unit x on x.id = f.unit
	where f.person = p.id and f.start_day <= :today and (f.end_day is null or f.end_day >= :today)
	and exists (select 1 from unit t where t.id = :unit and (x.path = t.path or (x.path >= t.path || '/' and x.path < t.path || '0'))))
join unit u on u.id = e.unit
join role r on r.id = e.role
order by p.fold, p.id
limit 50

-- members_count (unit_query) -> count
select count(distinct e.person) as count
from unit t join unit x on x.path = t.path or (x.path >= t.path || '/' and x.path < t.path || '0')
join employment e on e.unit = x.id
where t.id = :unit and e.start_day <= :today and (e.end_day is null or e.end_day >= :today)

-- members_led (by_id) -> member
select p.id as person, p.person_id, p.name, e.unit, e.role, u.path as unit_path, r.name as role_name
from person p
join employment e on e.id = (select min(f.id) from employment f
	where f.person = p.id and f.lead = :id and f.start_day <= :today and (f.end_day is null or f.end_day >= :today))
join unit u on u.id = e.unit
join role r on r.id = e.role
order by p.fold, p.id

-- person_by_id (by_id) -> person
select id, person_id, name, email, language from person where id = :id

-- person_by_number (text_key) -> person
select id, person_id, name, email, language from person where person_id = :text

-- person_by_email_or_fold (text_key) -> person
-- The address decides; a name only among people without one.
select id, person_id, name, email, language from person
where email = :text or (:text = '' and email is null and fold = :fold)
order by id limit 1

-- employments_of (by_id) -> employment
select e.id, e.person, e.unit, e.role, e.lead, e.hours, e.start_day, e.end_day, u.name as unit_name, u.path as unit_path, r.name as role_name, l.name as lead_name
from employment e
join unit u on u.id = e.unit
join role r on r.id = e.role
left join person l on l.id = e.lead
where e.person = :id
order by case when e.end_day is null then 0 else 1 end, e.end_day desc, e.start_day desc, e.id

-- employment_by_id (by_id) -> employment
select e.id, e.person, e.unit, e.role, e.lead, e.hours, e.start_day, e.end_day, u.name as unit_name, u.path as unit_path, r.name as role_name, l.name as lead_name
from employment e
join unit u on u.id = e.unit
join role r on r.id = e.role
left join person l on l.id = e.lead
where e.id = :id

-- persons_named (text_key) -> person
-- Whom somebody means by a number or a name.
select id, person_id, name, email, language from person where person_id = :text or fold = :fold order by case when person_id = :text then 0 else 1 end, id limit 3

-- role_names -> work_role
select id, name, name_en from role order by fold

-- employments_of_today (by_id) -> employment
select e.id, e.person, e.unit, e.role, e.lead, e.hours, e.start_day, e.end_day, u.name as unit_name, u.path as unit_path, r.name as role_name, l.name as lead_name
from employment e
join unit u on u.id = e.unit
join role r on r.id = e.role
left join person l on l.id = e.lead
where e.person = :id and e.start_day <= :today and (e.end_day is null or e.end_day >= :today)
order by e.start_day desc, e.id

-- person_leads_count (pair) -> count
select count(*) as count from employment
where person = :person and lead = :lead and start_day <= :today and (end_day is null or end_day >= :today)

-- colleagues_like (colleague_query) -> colleague
select p.id as person, p.name, u.path as unit_path, r.name as role_name
from person p
join employment e on e.id = (select min(f.id) from employment f
	where f.person = p.id and f.start_day <= :today and (f.end_day is null or f.end_day >= :today))
join unit u on u.id = e.unit
join role r on r.id = e.role
where p.fold like :like escape '\'
order by p.fold, p.id
limit 10

-- people_count (people_query) -> people_total
select count(distinct e.person) as people, count(distinct e.unit) as teams
from person p
join employment e on e.person = p.id
join unit x on x.id = e.unit
where p.fold like :like escape '\'
and (:left = 1 or (e.start_day <= :today and (e.end_day is null or e.end_day >= :today)))
and (:unit is null or exists (select 1 from unit t where t.id = :unit and (x.path = t.path or (x.path >= t.path || '/' and x.path < t.path || '0'))))

-- people_page (people_query) -> people_entry
-- Once each: by the employment of today that began first, else the last one.
select p.id, p.name, u.path as unit_path, r.name as role_name, e.unit, e.end_day
from person p
join employment e on e.id = (select f.id from employment f join unit x on x.id = f.unit
	where f.person = p.id
	and (:left = 1 or (f.start_day <= :today and (f.end_day is null or f.end_day >= :today)))
	and (:unit is null or exists (select 1 from unit t where t.id = :unit and (x.path = t.path or (x.path >= t.path || '/' and x.path < t.path || '0'))))
	order by case when f.end_day is null then 0 else 1 end, f.end_day desc, f.id limit 1)
join unit u on u.id = e.unit
join role r on r.id = e.role
where p.fold like :like escape '\'
order by p.fold, p.id
limit 50 offset :skip
