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
update employment set lead = :lead, hours = :hours, start_day = :start_day, end_day = :end_day where id = :id

-- employment_remove (by_id)
delete from employment where id = :id
