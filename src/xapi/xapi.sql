-- gate_enter
-- On PostgreSQL one writes statements at a time, and sees what the one before it wrote: so `stored` never becomes visible out of order. SQLite has one writer anyway.
lock table statement_gate in exclusive mode --postgres
update statement_gate set id = 1 where id = 0 --sqlite

-- statement_last -> statement_number
select coalesce(max(stored), 0) as stored from statement

-- statement_known (statement_key) -> statement_before
-- What is known of an id: the statement itself (pointing 0), and those that pointed at it before it came.
select 0 as pointing, s.stored, s.digest, s.made, 0 as voids from statement s where s.id = :id
union all
select 1 as pointing, t.stored, '' as digest, 0 as made, t.voids from statement_target t where t.target = :id

-- statements_known (sought) -> statement_before
-- The same of many ids at once; :all is a JSON list.
select s.id, 0 as pointing, s.stored, s.digest, s.made, 0 as voids from json_each(:all) x cross join statement s on s.id = x.value --sqlite
union all --sqlite
select t.target as id, 1 as pointing, t.stored, '' as digest, 0 as made, t.voids from json_each(:all) x cross join statement_target t on t.target = x.value --sqlite
select s.id, 0 as pointing, s.stored, s.digest, s.made, 0 as voids from statement s where s.id = any (array(select json_array_elements_text(cast(:all as json)))) --postgres
union all --postgres
select t.target as id, 1 as pointing, t.stored, '' as digest, 0 as made, t.voids from statement_target t where t.target = any (array(select json_array_elements_text(cast(:all as json)))) --postgres

-- statement_put (statement_row)
insert into statement (stored, id, digest, made, version, client, seconds, voided, attachments, text)
values (:stored, :id, :digest, :made, :version, :client, :seconds, null, :attachments, :text)

-- found_put (found_row)
insert into statement_found (stored, said, actor, verb, activity, registration) values (:stored, :said, :actor, :verb, :activity, :registration)

-- found_put_later (found_row)
-- Of a large batch: to the long indexes later, many at a time. PostgreSQL writes no whole pages, and gains nothing by it.
insert into statement_waiting (stored, actor, verb, activity, registration) values (:stored, :actor, :verb, :activity, :registration) --sqlite
insert into statement_found (stored, said, actor, verb, activity, registration) values (:stored, :stored, :actor, :verb, :activity, :registration) --postgres

-- waiting_oldest -> statement_number
select coalesce(min(stored), 0) as stored from statement_waiting

-- waiting_carry
insert into statement_found (stored, said, actor, verb, activity, registration)
select stored, stored, actor, verb, activity, registration from statement_waiting order by stored

-- waiting_end
delete from statement_waiting

-- found_actor_put (found_actor_row)
insert into statement_actor (actor, wide, stored, said) values (:actor, :wide, :stored, :said) on conflict do nothing

-- found_activity_put (found_activity_row)
insert into statement_activity (activity, stored, said) values (:activity, :stored, :said) on conflict do nothing

-- target_put (target_row)
insert into statement_target (target, stored, voids) values (:target, :stored, :voids)

-- statement_voids (statement_number) -> statement_number
select stored from statement_target where stored = :stored and voids = 1 limit 1

-- statement_void (voiding)
update statement set voided = :by where stored = :stored and voided is null

-- statement_id (statement_number) -> statement_key
select id from statement where stored = :stored

-- found_copy (copying)
insert into statement_found (stored, said, actor, verb, activity, registration)
select :stored, f.said, f.actor, f.verb, f.activity, f.registration from statement_found f where f.stored = :target order by f.said limit 32
on conflict do nothing

-- found_actor_copy (copying)
insert into statement_actor (actor, wide, stored, said)
select a.actor, a.wide, :stored, a.said from statement_actor a where a.stored = :target order by a.said limit 400
on conflict do nothing

-- found_activity_copy (copying)
insert into statement_activity (activity, stored, said)
select a.activity, :stored, a.said from statement_activity a where a.stored = :target order by a.said limit 400
on conflict do nothing

-- actor_find (actor_row) -> actor_row
select id, kind, key, name, coalesce(person, 0) as person from xapi_actor where key = :key and kind = :kind

-- actors_known (sought) -> actor_row
select a.id, a.kind, a.key, a.name, coalesce(a.person, 0) as person from json_each(:all) x cross join xapi_actor a on a.key = x.value --sqlite
select a.id, a.kind, a.key, a.name, coalesce(a.person, 0) as person from xapi_actor a where a.key = any (array(select json_array_elements_text(cast(:all as json)))) --postgres

-- verbs_known (sought) -> verb_row
select v.id, v.iri, v.display from json_each(:all) x cross join xapi_verb v on v.iri = x.value --sqlite
select v.id, v.iri, v.display from xapi_verb v where v.iri = any (array(select json_array_elements_text(cast(:all as json)))) --postgres

-- activities_known (sought) -> activity_row
select a.id, a.iri, a.definition from json_each(:all) x cross join xapi_activity a on a.iri = x.value --sqlite
select a.id, a.iri, a.definition from xapi_activity a where a.iri = any (array(select json_array_elements_text(cast(:all as json)))) --postgres

-- actor_put (actor_new)
-- Whose an identifier is: one that was recorded, or the e-mail address of a person or of their account.
insert into xapi_actor (kind, key, name, person, made) values (:kind, :key, :name, coalesce(
	(select i.person from person_identifier i where i.key = :key and i.kind = :kind),
	(select p.id from person p where p.email = :email order by p.id limit 1),
	(select a.person from account a where a.email = :email and a.person is not null order by a.id limit 1)), :now)

-- actor_name (actor_row)
update xapi_actor set name = :name where id = :id

-- verb_find (iri_row) -> verb_row
select id, iri, display from xapi_verb where iri = :iri

-- verb_put (verb_row)
insert into xapi_verb (iri, display, nl, en) values (:iri, :display, :nl, :en)

-- verb_change (verb_row)
update xapi_verb set display = :display, nl = :nl, en = :en where id = :id

-- activity_find (iri_row) -> activity_row
select id, iri, type, definition from xapi_activity where iri = :iri

-- activity_put (activity_row)
insert into xapi_activity (iri, type, definition, nl, en) values (:iri, :type, :definition, :nl, :en)

-- activity_change (activity_row)
update xapi_activity set type = :type, definition = :definition, nl = :nl, en = :en where id = :id

-- attachment_find (attachment_key) -> statement_by_id
select id from attachment where sha2 = :sha2

-- attachment_put (attachment_row) -> statement_by_id
insert into attachment (sha2, bytes, made) values (:sha2, :bytes{blob}, :now) returning id

-- statement_attachment_put (statement_attachment_row)
insert into statement_attachment (stored, number, attachment, type) values (:stored, :number, :attachment, :type)

-- statements_by_registration_desc (statement_filter) -> statement_text
select f.stored as stored, s.text, s.attachments from statement_found f join statement s on s.stored = f.stored
where f.registration = :registration and f.stored > :after and f.stored < :before
	and (:registration is null or f.registration = :registration)
	and (:verb = 0 or f.verb = :verb)
	and (:activity = 0 or f.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity w where w.activity = :activity and w.stored = f.stored and w.said = f.said)))
	and (:actor = 0 or f.actor = :actor or exists (select 1 from statement_actor w where w.actor = :actor and w.wide in (0, :related_actor) and w.stored = f.stored and w.said = f.said))
	and s.voided is null and (:mine = 0 or s.client = :mine)
order by stored desc limit :limit

-- statements_by_actor_desc (statement_filter) -> statement_text
select f.stored as stored, s.text, s.attachments from statement_found f join statement s on s.stored = f.stored
where f.actor = :actor and f.stored > :after and f.stored < :before
	and (:registration is null or f.registration = :registration)
	and (:verb = 0 or f.verb = :verb)
	and (:activity = 0 or f.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity w where w.activity = :activity and w.stored = f.stored and w.said = f.said)))
	and (:actor = 0 or f.actor = :actor or exists (select 1 from statement_actor w where w.actor = :actor and w.wide in (0, :related_actor) and w.stored = f.stored and w.said = f.said))
	and s.voided is null and (:mine = 0 or s.client = :mine)
union all
select d.stored as stored, s.text, s.attachments from statement_actor d join statement_found f on f.stored = d.stored and f.said = d.said join statement s on s.stored = f.stored
where d.actor = :actor and d.wide = 0 and d.stored > :after and d.stored < :before
	and (:registration is null or f.registration = :registration)
	and (:verb = 0 or f.verb = :verb)
	and (:activity = 0 or f.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity w where w.activity = :activity and w.stored = f.stored and w.said = f.said)))
	and (:actor = 0 or f.actor = :actor or exists (select 1 from statement_actor w where w.actor = :actor and w.wide in (0, :related_actor) and w.stored = f.stored and w.said = f.said))
	and s.voided is null and (:mine = 0 or s.client = :mine)
order by stored desc limit :limit

-- statements_by_actor_wide_desc (statement_filter) -> statement_text
select f.stored as stored, s.text, s.attachments from statement_found f join statement s on s.stored = f.stored
where f.actor = :actor and f.stored > :after and f.stored < :before
	and (:registration is null or f.registration = :registration)
	and (:verb = 0 or f.verb = :verb)
	and (:activity = 0 or f.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity w where w.activity = :activity and w.stored = f.stored and w.said = f.said)))
	and (:actor = 0 or f.actor = :actor or exists (select 1 from statement_actor w where w.actor = :actor and w.wide in (0, :related_actor) and w.stored = f.stored and w.said = f.said))
	and s.voided is null and (:mine = 0 or s.client = :mine)
union all
select d.stored as stored, s.text, s.attachments from statement_actor d join statement_found f on f.stored = d.stored and f.said = d.said join statement s on s.stored = f.stored
where d.actor = :actor and d.wide = 0 and d.stored > :after and d.stored < :before
	and (:registration is null or f.registration = :registration)
	and (:verb = 0 or f.verb = :verb)
	and (:activity = 0 or f.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity w where w.activity = :activity and w.stored = f.stored and w.said = f.said)))
	and (:actor = 0 or f.actor = :actor or exists (select 1 from statement_actor w where w.actor = :actor and w.wide in (0, :related_actor) and w.stored = f.stored and w.said = f.said))
	and s.voided is null and (:mine = 0 or s.client = :mine)
union all
select d.stored as stored, s.text, s.attachments from statement_actor d join statement_found f on f.stored = d.stored and f.said = d.said join statement s on s.stored = f.stored
where d.actor = :actor and d.wide = 1 and d.stored > :after and d.stored < :before
	and (:registration is null or f.registration = :registration)
	and (:verb = 0 or f.verb = :verb)
	and (:activity = 0 or f.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity w where w.activity = :activity and w.stored = f.stored and w.said = f.said)))
	and (:actor = 0 or f.actor = :actor or exists (select 1 from statement_actor w where w.actor = :actor and w.wide in (0, :related_actor) and w.stored = f.stored and w.said = f.said))
	and s.voided is null and (:mine = 0 or s.client = :mine)
order by stored desc limit :limit

-- statements_by_activity_desc (statement_filter) -> statement_text
select f.stored as stored, s.text, s.attachments from statement_found f join statement s on s.stored = f.stored
where f.activity = :activity and f.stored > :after and f.stored < :before
	and (:registration is null or f.registration = :registration)
	and (:verb = 0 or f.verb = :verb)
	and (:activity = 0 or f.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity w where w.activity = :activity and w.stored = f.stored and w.said = f.said)))
	and (:actor = 0 or f.actor = :actor or exists (select 1 from statement_actor w where w.actor = :actor and w.wide in (0, :related_actor) and w.stored = f.stored and w.said = f.said))
	and s.voided is null and (:mine = 0 or s.client = :mine)
order by stored desc limit :limit

-- statements_by_activity_wide_desc (statement_filter) -> statement_text
select f.stored as stored, s.text, s.attachments from statement_found f join statement s on s.stored = f.stored
where f.activity = :activity and f.stored > :after and f.stored < :before
	and (:registration is null or f.registration = :registration)
	and (:verb = 0 or f.verb = :verb)
	and (:activity = 0 or f.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity w where w.activity = :activity and w.stored = f.stored and w.said = f.said)))
	and (:actor = 0 or f.actor = :actor or exists (select 1 from statement_actor w where w.actor = :actor and w.wide in (0, :related_actor) and w.stored = f.stored and w.said = f.said))
	and s.voided is null and (:mine = 0 or s.client = :mine)
union all
select d.stored as stored, s.text, s.attachments from statement_activity d join statement_found f on f.stored = d.stored and f.said = d.said join statement s on s.stored = f.stored
where d.activity = :activity and d.stored > :after and d.stored < :before
	and (:registration is null or f.registration = :registration)
	and (:verb = 0 or f.verb = :verb)
	and (:activity = 0 or f.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity w where w.activity = :activity and w.stored = f.stored and w.said = f.said)))
	and (:actor = 0 or f.actor = :actor or exists (select 1 from statement_actor w where w.actor = :actor and w.wide in (0, :related_actor) and w.stored = f.stored and w.said = f.said))
	and s.voided is null and (:mine = 0 or s.client = :mine)
order by stored desc limit :limit

-- statements_by_verb_desc (statement_filter) -> statement_text
select f.stored as stored, s.text, s.attachments from statement_found f join statement s on s.stored = f.stored
where f.verb = :verb and f.stored > :after and f.stored < :before
	and (:registration is null or f.registration = :registration)
	and (:verb = 0 or f.verb = :verb)
	and (:activity = 0 or f.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity w where w.activity = :activity and w.stored = f.stored and w.said = f.said)))
	and (:actor = 0 or f.actor = :actor or exists (select 1 from statement_actor w where w.actor = :actor and w.wide in (0, :related_actor) and w.stored = f.stored and w.said = f.said))
	and s.voided is null and (:mine = 0 or s.client = :mine)
order by stored desc limit :limit

-- statements_by_time_desc (statement_filter) -> statement_text
select s.stored, s.text, s.attachments from statement s
where s.stored > :after and s.stored < :before and s.voided is null and (:mine = 0 or s.client = :mine)
order by s.stored desc limit :limit

-- statements_by_registration_asc (statement_filter) -> statement_text
select f.stored as stored, s.text, s.attachments from statement_found f join statement s on s.stored = f.stored
where f.registration = :registration and f.stored > :after and f.stored < :before
	and (:registration is null or f.registration = :registration)
	and (:verb = 0 or f.verb = :verb)
	and (:activity = 0 or f.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity w where w.activity = :activity and w.stored = f.stored and w.said = f.said)))
	and (:actor = 0 or f.actor = :actor or exists (select 1 from statement_actor w where w.actor = :actor and w.wide in (0, :related_actor) and w.stored = f.stored and w.said = f.said))
	and s.voided is null and (:mine = 0 or s.client = :mine)
order by stored asc limit :limit

-- statements_by_actor_asc (statement_filter) -> statement_text
select f.stored as stored, s.text, s.attachments from statement_found f join statement s on s.stored = f.stored
where f.actor = :actor and f.stored > :after and f.stored < :before
	and (:registration is null or f.registration = :registration)
	and (:verb = 0 or f.verb = :verb)
	and (:activity = 0 or f.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity w where w.activity = :activity and w.stored = f.stored and w.said = f.said)))
	and (:actor = 0 or f.actor = :actor or exists (select 1 from statement_actor w where w.actor = :actor and w.wide in (0, :related_actor) and w.stored = f.stored and w.said = f.said))
	and s.voided is null and (:mine = 0 or s.client = :mine)
union all
select d.stored as stored, s.text, s.attachments from statement_actor d join statement_found f on f.stored = d.stored and f.said = d.said join statement s on s.stored = f.stored
where d.actor = :actor and d.wide = 0 and d.stored > :after and d.stored < :before
	and (:registration is null or f.registration = :registration)
	and (:verb = 0 or f.verb = :verb)
	and (:activity = 0 or f.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity w where w.activity = :activity and w.stored = f.stored and w.said = f.said)))
	and (:actor = 0 or f.actor = :actor or exists (select 1 from statement_actor w where w.actor = :actor and w.wide in (0, :related_actor) and w.stored = f.stored and w.said = f.said))
	and s.voided is null and (:mine = 0 or s.client = :mine)
order by stored asc limit :limit

-- statements_by_actor_wide_asc (statement_filter) -> statement_text
select f.stored as stored, s.text, s.attachments from statement_found f join statement s on s.stored = f.stored
where f.actor = :actor and f.stored > :after and f.stored < :before
	and (:registration is null or f.registration = :registration)
	and (:verb = 0 or f.verb = :verb)
	and (:activity = 0 or f.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity w where w.activity = :activity and w.stored = f.stored and w.said = f.said)))
	and (:actor = 0 or f.actor = :actor or exists (select 1 from statement_actor w where w.actor = :actor and w.wide in (0, :related_actor) and w.stored = f.stored and w.said = f.said))
	and s.voided is null and (:mine = 0 or s.client = :mine)
union all
select d.stored as stored, s.text, s.attachments from statement_actor d join statement_found f on f.stored = d.stored and f.said = d.said join statement s on s.stored = f.stored
where d.actor = :actor and d.wide = 0 and d.stored > :after and d.stored < :before
	and (:registration is null or f.registration = :registration)
	and (:verb = 0 or f.verb = :verb)
	and (:activity = 0 or f.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity w where w.activity = :activity and w.stored = f.stored and w.said = f.said)))
	and (:actor = 0 or f.actor = :actor or exists (select 1 from statement_actor w where w.actor = :actor and w.wide in (0, :related_actor) and w.stored = f.stored and w.said = f.said))
	and s.voided is null and (:mine = 0 or s.client = :mine)
union all
select d.stored as stored, s.text, s.attachments from statement_actor d join statement_found f on f.stored = d.stored and f.said = d.said join statement s on s.stored = f.stored
where d.actor = :actor and d.wide = 1 and d.stored > :after and d.stored < :before
	and (:registration is null or f.registration = :registration)
	and (:verb = 0 or f.verb = :verb)
	and (:activity = 0 or f.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity w where w.activity = :activity and w.stored = f.stored and w.said = f.said)))
	and (:actor = 0 or f.actor = :actor or exists (select 1 from statement_actor w where w.actor = :actor and w.wide in (0, :related_actor) and w.stored = f.stored and w.said = f.said))
	and s.voided is null and (:mine = 0 or s.client = :mine)
order by stored asc limit :limit

-- statements_by_activity_asc (statement_filter) -> statement_text
select f.stored as stored, s.text, s.attachments from statement_found f join statement s on s.stored = f.stored
where f.activity = :activity and f.stored > :after and f.stored < :before
	and (:registration is null or f.registration = :registration)
	and (:verb = 0 or f.verb = :verb)
	and (:activity = 0 or f.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity w where w.activity = :activity and w.stored = f.stored and w.said = f.said)))
	and (:actor = 0 or f.actor = :actor or exists (select 1 from statement_actor w where w.actor = :actor and w.wide in (0, :related_actor) and w.stored = f.stored and w.said = f.said))
	and s.voided is null and (:mine = 0 or s.client = :mine)
order by stored asc limit :limit

-- statements_by_activity_wide_asc (statement_filter) -> statement_text
select f.stored as stored, s.text, s.attachments from statement_found f join statement s on s.stored = f.stored
where f.activity = :activity and f.stored > :after and f.stored < :before
	and (:registration is null or f.registration = :registration)
	and (:verb = 0 or f.verb = :verb)
	and (:activity = 0 or f.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity w where w.activity = :activity and w.stored = f.stored and w.said = f.said)))
	and (:actor = 0 or f.actor = :actor or exists (select 1 from statement_actor w where w.actor = :actor and w.wide in (0, :related_actor) and w.stored = f.stored and w.said = f.said))
	and s.voided is null and (:mine = 0 or s.client = :mine)
union all
select d.stored as stored, s.text, s.attachments from statement_activity d join statement_found f on f.stored = d.stored and f.said = d.said join statement s on s.stored = f.stored
where d.activity = :activity and d.stored > :after and d.stored < :before
	and (:registration is null or f.registration = :registration)
	and (:verb = 0 or f.verb = :verb)
	and (:activity = 0 or f.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity w where w.activity = :activity and w.stored = f.stored and w.said = f.said)))
	and (:actor = 0 or f.actor = :actor or exists (select 1 from statement_actor w where w.actor = :actor and w.wide in (0, :related_actor) and w.stored = f.stored and w.said = f.said))
	and s.voided is null and (:mine = 0 or s.client = :mine)
order by stored asc limit :limit

-- statements_by_verb_asc (statement_filter) -> statement_text
select f.stored as stored, s.text, s.attachments from statement_found f join statement s on s.stored = f.stored
where f.verb = :verb and f.stored > :after and f.stored < :before
	and (:registration is null or f.registration = :registration)
	and (:verb = 0 or f.verb = :verb)
	and (:activity = 0 or f.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity w where w.activity = :activity and w.stored = f.stored and w.said = f.said)))
	and (:actor = 0 or f.actor = :actor or exists (select 1 from statement_actor w where w.actor = :actor and w.wide in (0, :related_actor) and w.stored = f.stored and w.said = f.said))
	and s.voided is null and (:mine = 0 or s.client = :mine)
order by stored asc limit :limit

-- statements_by_time_asc (statement_filter) -> statement_text
select s.stored, s.text, s.attachments from statement s
where s.stored > :after and s.stored < :before and s.voided is null and (:mine = 0 or s.client = :mine)
order by s.stored asc limit :limit

-- statements_waiting_desc (statement_filter) -> statement_text
select w.stored, s.text, s.attachments from statement_waiting w join statement s on s.stored = w.stored
where w.stored > :after and w.stored < :before
	and (:registration is null or w.registration = :registration)
	and (:verb = 0 or w.verb = :verb)
	and (:activity = 0 or w.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity x where x.activity = :activity and x.stored = w.stored and x.said = w.stored)))
	and (:actor = 0 or w.actor = :actor or exists (select 1 from statement_actor x where x.actor = :actor and x.wide in (0, :related_actor) and x.stored = w.stored and x.said = w.stored))
	and s.voided is null and (:mine = 0 or s.client = :mine)
order by w.stored desc limit :limit

-- statements_waiting_asc (statement_filter) -> statement_text
select w.stored, s.text, s.attachments from statement_waiting w join statement s on s.stored = w.stored
where w.stored > :after and w.stored < :before
	and (:registration is null or w.registration = :registration)
	and (:verb = 0 or w.verb = :verb)
	and (:activity = 0 or w.activity = :activity or (:related_activity = 1 and exists (select 1 from statement_activity x where x.activity = :activity and x.stored = w.stored and x.said = w.stored)))
	and (:actor = 0 or w.actor = :actor or exists (select 1 from statement_actor x where x.actor = :actor and x.wide in (0, :related_actor) and x.stored = w.stored and x.said = w.stored))
	and s.voided is null and (:mine = 0 or s.client = :mine)
order by w.stored asc limit :limit

-- statement_by_id (statement_one) -> statement_text
-- One by its id: that counts (voided 0), or that was voided (voided 1).
select s.stored, s.text, s.attachments from statement s
where s.id = :id and (case when s.voided is null then 0 else 1 end) = :voided and (:mine = 0 or s.client = :mine)

-- attachments_of (statement_number) -> attachment_row
select t.type, a.sha2, a.bytes from statement_attachment t join attachment a on a.id = t.attachment where t.stored = :stored order by t.number

-- xapi_client_by_key (client_key) -> xapi_client_row
select id, key, name, scopes, fingerprint, previous, previous_ends, confirmed, ends, revoked from xapi_client where key = :key

-- xapi_client_load (client_key) -> xapi_client_row
select c.id, c.key, c.name, c.scopes, c.fingerprint, c.previous, c.previous_ends, c.made, c.ends, c.confirmed, c.revoked, c.purpose,
	m.name as maker, f.name as confirmer, c.made_by
from xapi_client c left join account m on m.id = c.made_by left join account f on f.id = c.confirmed_by
where c.key = :key

-- xapi_client_list -> xapi_client_row
select c.id, c.key, c.name, c.scopes, c.previous_ends, c.made, c.ends, c.confirmed, c.revoked, c.purpose,
	m.name as maker, f.name as confirmer, c.made_by
from xapi_client c left join account m on m.id = c.made_by left join account f on f.id = c.confirmed_by
order by case when c.revoked is null then 0 else 1 end, c.name, c.id limit 1000

-- xapi_client_add (client_new)
insert into xapi_client (key, name, scopes, fingerprint, made, made_by, purpose, ends)
values (:key, :name, :scopes, :fingerprint, :now, :made_by, :purpose, :ends)

-- xapi_client_confirm (client_change)
update xapi_client set confirmed = :now, confirmed_by = :account where key = :key and confirmed is null and revoked is null

-- xapi_client_rotate (client_change)
update xapi_client set previous = fingerprint, previous_ends = :previous_ends, fingerprint = :fingerprint where key = :key and revoked is null

-- xapi_client_revoke (client_change)
update xapi_client set revoked = :now, previous = null, previous_ends = null where key = :key and revoked is null

-- identifier_by_key (identifier) -> identifier
select id, person, kind, key, by_email, made from person_identifier where key = :key and kind = :kind

-- identifier_load (by_id) -> identifier
select id, person, kind, key, by_email, made from person_identifier where id = :id

-- identifiers_of_person (person_number) -> identifier
select id, person, kind, key, by_email, made from person_identifier where person = :person order by kind, key

-- identifier_put (identifier)
insert into person_identifier (person, kind, key, by_email, made) values (:person, :kind, :key, :by_email, :now) on conflict do nothing

-- identifier_end (by_id)
delete from person_identifier where id = :id

-- identifier_statements (identifier) -> count
select (select count(*) from statement_found f join xapi_actor a on a.id = f.actor where a.key = :key and a.kind = :kind and f.said = f.stored)
	+ (select count(distinct w.stored) from statement_actor w join xapi_actor a on a.id = w.actor where a.key = :key and a.kind = :kind and w.said = w.stored) as count

-- actor_join (identifier)
update xapi_actor set person = (select i.person from person_identifier i where i.key = :key and i.kind = :kind)
where key = :key and kind = :kind and person is null

-- actor_part (identifier)
update xapi_actor set person = null where key = :key and kind = :kind

-- actors_unknown (count) -> unknown_actor
select a.id, a.kind, a.key, a.name,
	(select count(*) from statement_found f where f.actor = a.id and f.said = f.stored)
	+ (select count(*) from statement_actor w where w.actor = a.id and w.said = w.stored) as statements
from xapi_actor a
where a.person is null and not (a.kind = 'account' and (a.key = 'urn:wijzer wijzer' or a.key like 'urn:wijzer:eras%' escape '\'))
	and not exists (select 1 from xapi_client c where a.kind = 'account' and substr(a.key, length(a.key) - length(c.key), length(c.key) + 1) = ' ' || c.key)
order by statements desc, a.id limit :count

-- addresses_forget
-- An address that is nobody's any more joins nothing new; what it joined stays joined.
delete from person_identifier where by_email = 1 and kind = 'mbox'
	and not exists (select 1 from person p where p.id = person_identifier.person and 'mailto:' || p.email = person_identifier.key)
	and not exists (select 1 from account a where a.person = person_identifier.person and 'mailto:' || a.email = person_identifier.key)

-- addresses_new -> address_row
select x.person, x.email from (
	select p.id as person, p.email as email from person p where p.email is not null
	union select a.person as person, a.email as email from account a where a.person is not null) x
where not exists (select 1 from person_identifier i where i.kind = 'mbox' and i.key = 'mailto:' || x.email)
order by x.person limit 100000

-- addresses_of_person (person_number) -> address_row
select x.person, x.email from (
	select p.id as person, p.email as email from person p where p.id = :person and p.email is not null
	union select a.person as person, a.email as email from account a where a.person = :person) x

-- statements_of_person (person_lines) -> statement_line
select s.stored, s.id, s.made, v.iri as verb, coalesce(case when :english = 1 then v.en else v.nl end, v.en, v.nl) as verb_name,
	a.iri as activity, coalesce(case when :english = 1 then a.en else a.nl end, a.en, a.nl) as activity_name, a.type as activity_type,
	s.seconds, s.client, case when s.voided is null then 0 else 1 end as voided, x.acting, s.text
from (
	select stored, max(acting) as acting from (
		select f.stored, 1 as acting from xapi_actor w join statement_found f on f.actor = w.id
		where w.person = :person and f.said = f.stored and f.stored < :before
		union all
		select d.stored, 0 as acting from xapi_actor w join statement_actor d on d.actor = w.id and d.wide in (0, 1)
		where w.person = :person and d.said = d.stored and d.stored < :before) all_of_them
	group by stored order by stored desc limit :limit) x
	join statement s on s.stored = x.stored
	join statement_found f on f.stored = s.stored and f.said = s.stored
	join xapi_verb v on v.id = f.verb
	left join xapi_activity a on a.id = f.activity
order by s.stored desc

-- statements_of_person_count (person_number) -> count
select count(*) as count from (
	select f.stored from xapi_actor w join statement_found f on f.actor = w.id where w.person = :person and f.said = f.stored
	union
	select d.stored from xapi_actor w join statement_actor d on d.actor = w.id and d.wide in (0, 1) where w.person = :person and d.said = d.stored) x

-- learning_of_person (learning_span) -> learning_done
select verb, activity_type, kind, count(*) as count, count(seconds) as timed, coalesce(sum(seconds), 0.0) as seconds, coalesce(sum(seconds * seconds), 0.0) as squares from (
	select v.iri as verb, a.type as activity_type, case when s.seconds > 43200 then 43200.0 else s.seconds end as seconds,
		(select min(substr(k.iri, 17)) from statement_activity d join xapi_activity k on k.id = d.activity where d.stored = s.stored and d.said = s.stored
			and k.iri >= 'urn:wijzer:kind:' and k.iri < 'urn:wijzer:kind;') as kind
	from xapi_actor w join statement_found f on f.actor = w.id
		join statement s on s.stored = f.stored
		join xapi_verb v on v.id = f.verb
		left join xapi_activity a on a.id = f.activity
	where w.person = :person and f.said = f.stored and s.stored >= :stored and s.voided is null and s.made >= :from and s.made < :until) x
group by verb, activity_type, kind order by seconds desc, verb

-- learning_of_all (learning_span) -> learning_done
select person, verb, activity_type, kind, count(*) as count, count(seconds) as timed, coalesce(sum(seconds), 0.0) as seconds, coalesce(sum(seconds * seconds), 0.0) as squares from (
	select w.person, v.iri as verb, a.type as activity_type, case when s.seconds > 43200 then 43200.0 else s.seconds end as seconds,
		(select min(substr(k.iri, 17)) from statement_activity d join xapi_activity k on k.id = d.activity where d.stored = s.stored and d.said = s.stored
			and k.iri >= 'urn:wijzer:kind:' and k.iri < 'urn:wijzer:kind;') as kind
	from statement s join statement_found f on f.stored = s.stored and f.said = s.stored
		join xapi_actor w on w.id = f.actor
		join xapi_verb v on v.id = f.verb
		left join xapi_activity a on a.id = f.activity
	where w.person is not null and s.stored >= :stored and s.voided is null and s.made >= :from and s.made < :until) x
group by person, verb, activity_type, kind order by person, verb, activity_type, kind

-- document_find (document_place) -> document_row
select type, bytes, etag, changed from xapi_document
where kind = :kind and agent = :agent and agent_kind = :agent_kind and activity = :activity and registration = :registration and name = :name

-- document_write (document_row)
insert into xapi_document (kind, activity, agent_kind, agent, registration, name, type, bytes, etag, changed, client)
values (:kind, :activity, :agent_kind, :agent, :registration, :name, :type, :bytes{blob}, :etag, :changed, :client)
on conflict (kind, agent, agent_kind, activity, registration, name)
do update set type = excluded.type, bytes = excluded.bytes, etag = excluded.etag, changed = excluded.changed, client = excluded.client

-- document_ids (document_place) -> document_row
-- Of any registration when none is named; one id once.
select name, max(changed) as changed from xapi_document
where kind = :kind and agent = :agent and agent_kind = :agent_kind and activity = :activity
	and (:registration = '' or registration = :registration) and (cast(:since as bigint) is null or changed > :since) --postgres
	and (:registration = '' or registration = :registration) and (:since is null or changed > :since) --sqlite
group by name order by name limit 10000

-- document_remove (document_place)
delete from xapi_document
where kind = :kind and agent = :agent and agent_kind = :agent_kind and activity = :activity and registration = :registration and name = :name

-- documents_remove (document_place)
delete from xapi_document
where kind = :kind and agent = :agent and agent_kind = :agent_kind and activity = :activity and (:registration = '' or registration = :registration)

-- actors_of_one (actor_row) -> actor_row
select b.kind, b.key, b.name from xapi_actor a join xapi_actor b on b.id = a.id or (a.person is not null and b.person = a.person)
where a.key = :key and a.kind = :kind order by b.id limit 100

-- came_add (came_row)
insert into xapi_day (client, day, verb, times) values (:client, :today, :verb, :times)
on conflict (client, day, verb) do update set times = xapi_day.times + excluded.times

-- refused_add (refused_row)
insert into xapi_refused (client, day, reason, times, at) values (:client, :today, :reason, 1, :now)
on conflict (client, day, reason) do update set times = xapi_refused.times + 1, at = excluded.at

-- record_sources (record_query) -> record_source
select x.client, c.name, sum(x.times) as came, sum(x.wrong) as refused, max(x.last) as last
from (select client, sum(times) as times, 0 as wrong, max(day) as last from xapi_day where day >= :from group by client
	union all select client, 0 as times, sum(times) as wrong, null as last from xapi_refused where day >= :from group by client) x
	left join xapi_client c on c.id = x.client
group by x.client, c.name order by came desc, x.client limit 200

-- record_verbs (record_query) -> record_verb
select d.verb, v.nl, v.en, sum(d.times) as came from xapi_day d left join xapi_verb v on v.iri = d.verb
where d.day >= :from group by d.verb, v.nl, v.en order by came desc, d.verb limit 12

-- record_days (record_query) -> record_day
select day, sum(times) as came from xapi_day where day >= :from group by day order by day

-- record_refusals (record_query) -> record_refusal
select r.client, c.name, r.reason, sum(r.times) as times, max(r.at) as at from xapi_refused r left join xapi_client c on c.id = r.client
where r.day >= :from group by r.client, c.name, r.reason order by max(r.at) desc limit 50

-- join_person (join_query) -> join_person
select id, name from person where lower(email) = lower(:who) or person_id = :who order by id limit 1

-- tool_put (tool_row) -> by_id
insert into xapi_client (key, name, scopes, fingerprint, made, confirmed) values (:key, :name, :scopes, :fingerprint, :now, null) returning id

-- tool_by_id (by_id) -> tool_row
select key, name from xapi_client where id = :id

-- tool_refused (tool_refusal)
insert into xapi_refused (client, day, reason, times, at) values (:client, :today, :reason, :times, :now)
on conflict (client, day, reason) do update set times = xapi_refused.times + excluded.times, at = excluded.at

-- ---- Erasing ----

-- identities_of (keep_person) -> actor_row
-- By what somebody is known: what came by it, whatever the case of an address, and what was joined to them.
select a.id, a.kind, a.key, a.name, :person as person from xapi_actor a
where a.person = :person or (a.person is null and a.kind = 'mbox' and lower(a.key) in (
	select 'mailto:' || lower(p.email) from person p where p.id = :person union select 'mailto:' || lower(b.email) from account b where b.id = :their_account))
union
select coalesce(a.id, 0) as id, i.kind, i.key, a.name, :person as person
from person_identifier i left join xapi_actor a on a.key = i.key and a.kind = i.kind where i.person = :person
order by id

-- addresses_of_kept (keep_person) -> actor_row
select 0 as id, 'mbox' as kind, x.email as key, '' as name, :person as person from (
	select p.email from person p where p.id = :person and p.email is not null union select a.email from account a where a.id = :their_account) x

-- erasing_put (erasing)
insert into xapi_erasing (number, actor, instead, kind, key, pseudonym) values (:number, :actor, :instead, :kind, :key, :pseudonym)

-- erasing_of (erasing_part) -> erasing
select number, actor, instead, kind, key, pseudonym from xapi_erasing where number = :number order by id

-- erasing_actor_hide (actor_row)
update xapi_actor set kind = 'account', key = 'urn:wijzer:erasing ' || cast(id as text), name = null, person = null where id = :id

-- erasing_found (erasing_part) -> erasing_row
select x.stored, x.said, x.wide, x.actor, x.instead from (
	select f.stored, f.said, -1 as wide, e.actor, e.instead from xapi_erasing e join statement_found f on f.actor = e.actor where e.number = :number and e.actor > 0
	union all
	select w.stored, w.said, w.wide, e.actor, e.instead from xapi_erasing e join statement_actor w on w.actor = e.actor where e.number = :number and e.actor > 0) x
limit :limit

-- erasing_statement (statement_number) -> erasing_text
select stored, version, text, attachments from statement where stored = :stored

-- erasing_statements (erasing_part) -> erasing_text
select stored, version, text, attachments from statement where stored > :after and stored <= :until order by stored limit :limit

-- statement_change (statement_changed)
update statement set text = :text, digest = :digest where stored = :stored

-- erasing_found_change (erasing_row)
update statement_found set actor = :instead where stored = :stored and said = :said and actor = :actor

-- erasing_actor_change (erasing_row)
insert into statement_actor (actor, wide, stored, said)
select :instead, w.wide, w.stored, w.said from statement_actor w where w.actor = :actor and w.wide = :wide and w.stored = :stored and w.said = :said
on conflict do nothing

-- erasing_actor_remove (erasing_row)
delete from statement_actor where actor = :actor and wide = :wide and stored = :stored and said = :said

-- statement_attachment_remove (statement_file_gone)
delete from statement_attachment where stored = :stored and attachment in (select id from attachment where sha2 = :sha2)

-- attachment_unused_remove (statement_file_gone)
delete from attachment where sha2 = :sha2 and not exists (select 1 from statement_attachment t where t.attachment = attachment.id)

-- statement_attachments_count (statement_number)
update statement set attachments = (select count(*) from statement_attachment t where t.stored = :stored) where stored = :stored

-- erasing_activities (erasing_part) -> erasing_activity
select id, iri, definition, nl, en from xapi_activity where id > :after order by id limit :limit

-- erasing_activity_change (erasing_activity)
update xapi_activity set iri = :iri, definition = :definition, nl = :nl, en = :en where id = :id

-- erasing_documents (erasing_part) -> erasing_document
select id, type, bytes, etag from xapi_document where id > :after order by id limit :limit

-- erasing_document_change (erasing_document)
update xapi_document set bytes = :bytes{blob}, etag = :etag where id = :id

-- documents_of_actor_remove (actor_row)
delete from xapi_document where agent_kind = :kind and (agent = :key or (:kind = 'mbox' and lower(agent) = lower(:key)))

-- erasing_left (erasing_part) -> count
select count(*) as count from xapi_erasing e where e.number = :number and e.actor > 0 and (exists (select 1 from statement_found f where f.actor = e.actor)
	or exists (select 1 from statement_actor w where w.actor = e.actor))

-- erasing_actors_remove (erasing_part)
delete from xapi_actor where id in (select e.actor from xapi_erasing e where e.number = :number and e.actor > 0)

-- erasing_remove (erasing_part)
delete from xapi_erasing where number = :number

-- ---- Keeping ----

-- record_count (keep_person) -> count
select count(*) as count from (
	select f.stored from xapi_actor w join statement_found f on f.actor = w.id where w.person = :person and f.said = f.stored
	union
	select d.stored from xapi_actor w join statement_actor d on d.actor = w.id and d.wide in (0, 1) where w.person = :person and d.said = d.stored) x

-- record_past (keep_terms) -> count
-- A statement is used when it comes, and when another points at it. At most a million are counted.
select count(*) as count from (select 1 as one from statement s where s.stored < cast(:unused as bigint) * 1000
	and not exists (select 1 from statement_target t where t.target = s.id and t.stored >= cast(:unused as bigint) * 1000) limit 1000000) x

-- record_past_some (keep_terms) -> past_statement
select s.stored, s.id, s.attachments from statement s where s.stored < cast(:unused as bigint) * 1000
	and not exists (select 1 from statement_target t where t.target = s.id and t.stored >= cast(:unused as bigint) * 1000) order by s.stored limit 500

-- past_pointed_remove (past_statement)
-- Who pointed at it is found by it no more.
delete from statement_found where said = :stored and stored in (select t.stored from statement_target t where t.target = :id)

-- past_pointed_actors_remove (past_statement)
delete from statement_actor where said = :stored and stored in (select t.stored from statement_target t where t.target = :id)

-- past_pointed_activities_remove (past_statement)
delete from statement_activity where said = :stored and stored in (select t.stored from statement_target t where t.target = :id)

-- past_found_remove (past_statement)
delete from statement_found where stored = :stored

-- past_actors_remove (past_statement)
delete from statement_actor where stored = :stored

-- past_activities_remove (past_statement)
delete from statement_activity where stored = :stored

-- past_targets_remove (past_statement)
delete from statement_target where stored = :stored

-- past_files_of (past_statement) -> attachment_key
select a.sha2 from statement_attachment t join attachment a on a.id = t.attachment where t.stored = :stored

-- past_statement_remove (past_statement)
delete from statement where stored = :stored

-- actors_unused_remove (keep_terms)
-- Nobody is spoken of by them any more. What is joined to a person stands in person_identifier, and stays there.
delete from xapi_actor where id in (select a.id from xapi_actor a where a.made < :unused
	and not exists (select 1 from statement_found f where f.actor = a.id) and not exists (select 1 from statement_actor w where w.actor = a.id)
	and not exists (select 1 from xapi_erasing e where e.actor = a.id or e.instead = a.id) order by a.id limit :batch)

-- documents_count (keep_person) -> count
select count(*) as count from (
	select kind, key from xapi_actor where person = :person
	union select kind, key from person_identifier where person = :person
	union select 'mbox' as kind, 'mailto:' || lower(:email) as key) k
	join xapi_document d on d.agent = k.key and d.agent_kind = k.kind

-- documents_past (keep_terms) -> count
select count(*) as count from xapi_document where changed < :unused and agent <> ''

-- documents_past_remove (keep_terms)
delete from xapi_document where id in (select id from xapi_document where changed < :unused and agent <> '' order by id limit :batch)

-- identifiers_count (keep_person) -> count
select count(*) as count from person_identifier where person = :person

-- identifiers_kept (keep_person) -> kept_identifier
select kind, key, by_email, made from person_identifier where person = :person order by kind, key

-- identifiers_erase (keep_person)
delete from person_identifier where person = :person

-- clients_count (keep_person) -> count
select count(*) as count from xapi_client where made_by = :their_account or confirmed_by = :their_account

-- clients_kept (keep_person) -> kept_client
select name, purpose, made, confirmed, coalesce(revoked, ends) as ended from xapi_client where made_by = :their_account or confirmed_by = :their_account order by id

-- clients_past (keep_terms) -> count
select count(*) as count from xapi_client c where coalesce(c.revoked, c.ends) < :unused and not exists (select 1 from xapi_day d where d.client = c.id and d.day >= :unused_day)

-- clients_past_remove (keep_terms)
delete from xapi_client where coalesce(revoked, ends) < :unused and not exists (select 1 from xapi_day d where d.client = xapi_client.id and d.day >= :unused_day)

-- ---- What was recorded about me ----

-- export_actors (keep_person) -> actor_row
select id, kind, key, name, :person as person from xapi_actor where person = :person order by id

-- export_acting (export_place) -> export_statement
select s.stored, s.made, v.iri as verb, coalesce(case when :english = 1 then v.en else v.nl end, v.en, v.nl) as verb_name, a.iri as activity,
	coalesce(case when :english = 1 then a.en else a.nl end, a.en, a.nl) as activity_name, s.seconds, s.client, case when s.voided is null then 0 else 1 end as voided, 1 as acting, s.text
from statement_found f join statement s on s.stored = f.stored join xapi_verb v on v.id = f.verb left join xapi_activity a on a.id = f.activity
where f.actor = :actor and f.stored > :after and f.said = f.stored order by f.stored limit :limit

-- export_named (export_place) -> export_statement
-- Each once: not where they act, and of several mentions the first.
select s.stored, s.made, v.iri as verb, coalesce(case when :english = 1 then v.en else v.nl end, v.en, v.nl) as verb_name, a.iri as activity,
	coalesce(case when :english = 1 then a.en else a.nl end, a.en, a.nl) as activity_name, s.seconds, s.client, case when s.voided is null then 0 else 1 end as voided, 0 as acting, s.text
from statement_actor d join statement_found f on f.stored = d.stored and f.said = d.said join statement s on s.stored = f.stored
	join xapi_verb v on v.id = f.verb left join xapi_activity a on a.id = f.activity
where d.actor = :actor and d.wide = :wide and d.stored > :after and d.said = d.stored
	and not exists (select 1 from xapi_actor w where w.id = f.actor and w.person = :person)
	and not exists (select 1 from statement_actor o join xapi_actor w on w.id = o.actor where o.stored = d.stored and o.said = d.stored and w.person = :person
		and (o.actor < d.actor or (o.actor = d.actor and o.wide < d.wide)))
order by d.stored limit :limit

-- export_documents_of (export_document_place) -> export_document
select id, kind, activity, registration, name, type, changed, bytes from xapi_document
where agent_kind = :agent_kind and (agent = :agent or (:agent_kind = 'mbox' and lower(agent) = lower(:agent))) and id > :after order by id limit :limit

-- client_names -> client_name
select id, name from xapi_client order by id limit 5000

-- tools_looking -> tool_look
select c.name, l.day, l.times from look l join xapi_client c on l.operation = 'xapi_statements_get:' || cast(c.id as text)
where l.subject = :me and l.reader = 0 order by l.day desc, c.name limit 50

-- tool_looked_today (tool_looked) -> count
select count(*) as count from look where subject = :person and day = :today and reader = 0 and operation = :operation

-- actor_whose (actor_row) -> person_number
select person from xapi_actor where id = :id and person is not null
