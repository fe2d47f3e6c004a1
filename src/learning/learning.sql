-- learning_rules_kept -> learning_rule
select verb, type, kind, hours, name_nl, name_en from learning_rule order by id

-- learning_rule_write (learning_rule)
insert into learning_rule (verb, type, kind, hours, name_nl, name_en, changed) values (:verb, :type, :kind, :hours, :name_nl, :name_en, :now)
on conflict (verb, type) do update set kind = excluded.kind, hours = excluded.hours, name_nl = excluded.name_nl, name_en = excluded.name_en, changed = excluded.changed

-- learning_rule_remove (learning_rule)
delete from learning_rule where verb = :verb and type = :type

-- learning_rules_clear
delete from learning_rule

-- learning_units -> learning_unit
select id, parent, name, path from unit order by path

-- learning_places -> learning_place
-- Who works where today: the first of a person's rows is their main job.
select person, unit from employment where start_day <= :today and (end_day is null or end_day >= :today)
order by person, coalesce(hours, 0) desc, start_day, id

-- learning_led_units -> by_id
-- Where whoever asks leads somebody today.
select distinct unit as id from employment where lead = :me and start_day <= :today and (end_day is null or end_day >= :today) order by unit
