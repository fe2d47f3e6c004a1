-- audit_add (audit_line)
insert into audit (at, account, person, operation, about, request_id)
values (:now, :account, :me, :operation, :about, :request_id)

-- look_add (look_line)
insert into look (reader, subject, day, operation, at, times)
values (:reader, :subject, :today, :operation, :now, 1)
on conflict (subject, day, reader, operation) do update set times = look.times + 1, at = excluded.at

-- job_put (job_line)
insert into job (name, input, due, tries) values (:name, :input, :due, 0)
on conflict (name, input) where done is null do nothing

-- job_next (by_id) -> job_line
select id, name, input, due, tries from job where done is null and due <= :now and id > :id order by due, id limit 1

-- job_last -> by_id
select coalesce(max(id), 0) as id from job

-- job_finished (job_line)
update job set done = :now, failed = null where id = :id

-- job_failed (job_line)
update job set tries = tries + 1, due = :due, failed = :failed, done = :done where id = :id

-- answered_find (answered) -> answered
select operation, output from answered where account = :account and key = :key

-- answered_add (answered)
insert into answered (account, key, operation, output, at) values (:account, :key, :operation, :output, :now)

-- answered_old_remove (answered)
delete from answered where at < :before

-- served_put (served)
insert into served (id, url) values (1, :url) on conflict (id) do update set url = excluded.url

-- served_find -> served
select url from served where id = 1

-- installation_find -> installation
select name from installation where id = 1

-- installation_put (installation)
insert into installation (id, name) values (1, :name) on conflict (id) do nothing

-- forgotten_put (forgotten)
insert into forgotten (person, at) values (:person, :at) on conflict (person) do nothing

-- forgotten_all -> forgotten
select person, at from forgotten order by person

-- ---- Letters ----

-- letter_put (letter_line)
-- The same about the same once, whatever became of it.
insert into letter (name, input, message, state, due, tries, day) values (:name, :input, :message, 'waiting', :due, 0, :day)
on conflict (name, input) do nothing

-- letter_claim (letter_line) -> letter_line
update letter set claimed = :claimed where id = (select id from letter where state = 'waiting' and due <= :now and (claimed is null or claimed < :stale) order by due, id limit 1)
returning id, name, input, message, state, failed, due, claimed, tries, day

-- letters_unsure (letter_line)
-- Its text had begun to leave, and whoever sent it did not live to say what came of it.
update letter set state = 'unsure', claimed = null where state = 'sending' and claimed < :stale

-- letter_mark (letter_line)
update letter set state = :state, due = :due, claimed = case when :state = 'sending' then claimed else null end, tries = :tries, failed = :failed, day = :day where id = :id

-- letter_drop (letter_line)
delete from letter where id = :id

-- letters_forget (letter_line)
delete from letter where day < :day and state <> 'waiting'

-- letters_counted -> letter_count
select name, state, coalesce(failed, '') as failed, count(*) as count from letter group by name, state, coalesce(failed, '') order by name, state, count(*) desc
