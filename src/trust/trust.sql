-- setting_now (setting_key) -> setting_value
select value from setting where name = :name order by id desc limit 1

-- bases_now_count (purpose) -> count
select count(*) as count from basis where purpose = :purpose and ended is null

-- bases_all -> basis
select b.id, b.purpose, b.kind, b.day, b.document, b.scope, b.made, b.ended, a.name as recorder
from basis b left join account a on a.id = b.account order by b.purpose, b.id desc

-- basis_end (basis_form)
update basis set ended = :now where purpose = :purpose and ended is null

-- basis_add (basis_form)
insert into basis (purpose, kind, day, document, scope, account, made) values (:purpose, :kind, :day, :document, :scope, :account, :now)

-- settings_all -> setting_version
select name, value, since from setting order by name, id desc

-- setting_add (setting_version)
insert into setting (name, value, since, proposal) values (:name, :value, :now, :proposal)

-- proposals_all -> proposal
select p.id, p.setting, p.before, p.after, p.why, p.made, p.decision, p.decided, p.document, a.name as proposer, d.name as decider_name, p.account as by_account
from proposal p left join account a on a.id = p.account left join account d on d.id = p.decider
order by case when p.decided is null then 0 else 1 end, p.id desc limit 100

-- proposal_by_id (by_id) -> proposal
select p.id, p.setting, p.before, p.after, p.why, p.made, p.decision, p.decided, p.document, a.name as proposer, p.account as by_account
from proposal p left join account a on a.id = p.account where p.id = :id

-- setting_decided_count (proposal_form) -> count
select count(*) as count from setting where name = :setting

-- proposal_add (proposal_form) -> by_id
insert into proposal (setting, before, after, why, account, made) values (:setting, :before, :after, :why, :account, :now) returning id

-- proposal_decide (decision_form)
update proposal set decision = :decision, decided = :now, decider = :account, document = :document where id = :id and decided is null

-- looks_at_me -> look_at_me
select coalesce(p.name, (select c.name from xapi_client c where l.reader = 0 and l.operation = 'xapi_statements_get:' || cast(c.id as text))) as reader_name, l.day, l.times, l.operation from look l left join person p on p.id = l.reader
where l.subject = :me order by l.day desc, l.at desc limit 100

-- audit_counts (audit_query) -> audit_count
select operation, count(*) as times, count(distinct account) as accounts from audit where at >= :since group by operation order by times desc, operation

-- look_counts (audit_query) -> look_count
select operation, sum(times) as times, count(distinct reader) as readers, count(distinct subject) as subjects
from look where at >= :since group by operation order by times desc, operation

-- proposals_open_count -> count
select count(*) as count from proposal where decided is null

-- term_proposals_open -> proposal
select p.id, p.setting, p.before, p.after, p.why, p.made, a.name as proposer, p.account as by_account
from proposal p left join account a on a.id = p.account where p.decided is null order by p.id limit 500

-- sweep_add (swept)
insert into sweep (day, kind, removed, at) values (:today, :kind, :removed, :now)

-- sweeps_last -> sweep_row
-- The last fourteen days on which a sweep ran, kinds that lost nothing left out but counted as a run.
select day, kind, sum(removed) as removed from sweep
where day in (select distinct day from sweep order by day desc limit 14) group by day, kind order by day desc, kind

-- ---- The person and whether they work here ----

-- keep_person_by_id (by_id) -> keep_person
select p.id as person, a.id as their_account, p.person_id, p.name, p.email, 0 as number
from person p left join account a on a.person = p.id where p.id = :id

-- works_here_count (by_id) -> count
select count(*) as count from person p where p.id = :id and not exists (select 1 from departure d where d.person = p.id and d.last_day < :today)

-- ---- Kinds: directory ----

-- directory_count (keep_person) -> count
select 1 + count(*) as count from employment where person = :person

-- directory_person (keep_person) -> kept_person
select person_id as number, name, email, language, made from person where id = :person

-- directory_employments (keep_person) -> kept_employment
select u.path as unit, r.name as role, l.name as lead, e.hours, e.start_day, e.end_day
from employment e join unit u on u.id = e.unit join role r on r.id = e.role left join person l on l.id = e.lead
where e.person = :person order by e.start_day, e.id

-- departed_count (keep_terms) -> count
select count(*) as count from departure where last_day < :left_before

-- departed_some (keep_terms) -> departed
select d.person from departure d where d.last_day < :left_before order by d.person limit 21

-- leads_erase (keep_person)
update employment set lead = null where lead = :person

-- employments_erase (keep_person)
delete from employment where person = :person

-- person_erase (keep_person)
delete from person where id = :person

-- ---- Kinds: account, signing in ----

-- account_count (keep_person) -> count
select count(*) as count from account where id = :their_account

-- account_of (keep_person) -> kept_account
select email, name, language, made, closed from account where id = :their_account

-- tokens_erase (keep_person)
delete from token where account = :their_account

-- account_erase (keep_person)
-- The number stays, with nobody behind it: what was decided for the organisation keeps an author.
update account set email = :pseudonym, name = :pseudonym, person = null, roles = 0, password = null, language = null, closed = coalesce(closed, :now)
where id = :their_account

-- sign_ins_count (keep_person) -> count
select (select count(*) from session where account = :their_account) + (select count(*) from link where account = :their_account)
	+ (select count(*) from attempt where email = lower(:email)) as count

-- sessions_of (keep_person) -> kept_session
select started, ends, agent from session where account = :their_account order by started

-- sign_ins_past_count (keep_terms) -> count
select (select count(*) from session where ends < :older) + (select count(*) from link where ends < :older) + (select count(*) from attempt where at < :older) as count

-- sessions_past_remove (keep_terms)
delete from session where ends < :older

-- links_past_remove (keep_terms)
delete from link where ends < :older

-- attempts_past_remove (keep_terms)
delete from attempt where at < :older

-- sessions_erase (keep_person)
delete from session where account = :their_account

-- links_erase (keep_person)
delete from link where account = :their_account

-- attempts_erase (keep_person)
delete from attempt where email = lower(:email) or email in (select lower(a.email) from account a where a.id = :their_account)

-- ---- Kinds: who looked, who did what ----

-- looks_count (keep_person) -> count
select (select count(*) from look where subject = :person) + (select count(*) from look where reader = :person) as count

-- looks_of (keep_person) -> kept_look
select coalesce(p.name, (select c.name from xapi_client c where l.reader = 0 and l.operation = 'xapi_statements_get:' || cast(c.id as text)), '') as name, l.day, l.operation, l.times from look l left join person p on p.id = l.reader
where l.subject = :person order by l.day desc, l.at desc

-- looks_by (keep_person) -> kept_look
-- Whom they looked at stays with those people; here only when and by what.
select '' as name, l.day, l.operation, l.times from look l where l.reader = :person order by l.day desc, l.at desc

-- looks_past_count (keep_terms) -> count
select count(*) as count from look where day < :older_day

-- looks_past_remove (keep_terms)
delete from look where day < :older_day

-- looks_erase (keep_person)
delete from look where subject = :person

-- looks_pseudonym (keep_person)
-- That somebody looked belongs to whom they looked at; who it was is gone.
update look set reader = -:number where reader = :person

-- audit_count (keep_person) -> count
select count(*) as count from audit where person = :person or account = :their_account

-- audit_of (keep_person) -> kept_act
select at, operation, about from audit where person = :person or account = :their_account order by id desc limit 20000

-- audit_past_count (keep_terms) -> count
select count(*) as count from audit where at < :older

-- audit_past_remove (keep_terms)
delete from audit where id in (select id from audit where at < :older order by at limit :batch)

-- audit_pseudonym (keep_person)
update audit set person = null where person = :person

-- ---- Kinds: decisions, requests ----

-- decisions_count (keep_person) -> count
select (select count(*) from proposal where account = :their_account or decider = :their_account) + (select count(*) from basis where account = :their_account)
	+ (select count(*) from policy where account = :their_account) + (select count(*) from fit where account = :their_account) as count

-- proposals_of (keep_person) -> kept_proposal
select setting, before, after, why, made, decision, decided from proposal where account = :their_account order by id

-- requests_count (keep_person) -> count
select (select count(*) from mistake where person = :person) + (select count(*) from erasure where person = :person) as count

-- mistakes_of (keep_person) -> kept_mistake
select kind, text, made, outcome, answer, ended from mistake where person = :person order by id

-- erasures_of (keep_person) -> kept_erasure
select asked, why, decision, decided, answer from erasure where person = :person order by id

-- requests_past_count (keep_terms) -> count
select (select count(*) from mistake where ended < :older) + (select count(*) from erasure where decided < :older and decision in ('declined', 'withdrawn')) as count

-- mistakes_past_remove (keep_terms)
delete from mistake where ended < :older

-- erasures_past_remove (keep_terms)
delete from erasure where decided < :older and decision in ('declined', 'withdrawn')

-- mistakes_erase (keep_person)
delete from mistake where person = :person

-- erasures_silence (keep_person)
update erasure set why = null, answer = null where person = :person

-- ---- Kinds: imports, jobs ----

-- import_rows_past_count (keep_terms) -> count
select (select count(*) from import_change c join import i on i.id = c.import where i.at < :older) + (select count(*) from upload where made < :older) as count

-- import_rows_past_remove (keep_terms)
delete from import_change where import in (select id from import where at < :older)

-- uploads_past_remove (keep_terms)
delete from upload where made < :older

-- import_rows_erase (keep_person)
-- What stood in a row before an import is kept as JSON; whatever names them, by number, name or address, goes.
delete from import_change where (tab in ('person', 'people') and row = :person)
	or before like '%"person":' || cast(:person as text) || ',%' escape '\' or before like '%"rater":' || cast(:person as text) || ',%' escape '\'
	or before like '%"lead":' || cast(:person as text) || ',%' escape '\'
	or before like '%"' || :person_id || '"%' escape '\' or before like '%' || :name || '%' escape '\' or lower(before) like '%' || lower(:email) || '%' escape '\'
	or (tab = 'employment' and row in (select id from employment where person = :person))

-- uploads_erase (keep_person)
-- A file that waits for its owner's yes may name anybody, and lives a day: it can be chosen again.
delete from upload

-- jobs_past_count (keep_terms) -> count
select count(*) as count from job where done < :older

-- answers_past_count (keep_terms) -> count
select count(*) as count from answered where at < :older

-- jobs_past_remove (keep_terms)
delete from job where done < :older

-- answers_past_remove (keep_terms)
delete from answered where at < :older

-- jobs_erase (keep_person)
delete from job where done is not null and (input like '%' || :name || '%' escape '\' or lower(input) like '%' || lower(:email) || '%' escape '\')

-- answers_erase (keep_person)
delete from answered where account = :their_account or output like '%' || :name || '%' escape '\' or output like '%"' || :person_id || '"%' escape '\' or lower(output) like '%' || lower(:email) || '%' escape '\'

-- ---- Erasing ----

-- erasure_by_term (keep_person) -> keep_person
insert into erasure (person, their_account, everything, asked, by_self, decision, decided, pseudonym)
values (:person, :their_account, 1, :now, 0, 'term', :now, :pseudonym)
returning id as number, person, their_account, :person_id as person_id, :name as name, :email as email, pseudonym

-- erasure_open_of (erasure) -> by_id
select id from erasure where person = :person and decided is null

-- erasure_add (erasure) -> by_id
insert into erasure (person, their_account, everything, asked, asker, by_self, why)
values (:person, :their_account, :everything, :now, case when :account = 0 then null else :account end, :by_self, :why) returning id

-- erasure_take_back
update erasure set decision = 'withdrawn', decided = :now where person = :me and decided is null and by_self = 1

-- keep_person_find (erasure_for) -> by_id
select id from person where person_id = :who or lower(email) = lower(:who) or name = :who order by id limit 1

-- erasures_all -> erasure
select e.id, e.person, e.their_account, e.everything, e.by_self, e.asked, e.decided, e.asker as asker_account, p.name, a.name as asker, d.name as decider_name,
	e.why, e.decision, e.answer, e.pseudonym
from erasure e left join person p on p.id = e.person left join account a on a.id = e.asker left join account d on d.id = e.decider
order by e.id desc limit 200

-- erasure_by_id (by_id) -> erasure
select e.id, e.person, e.their_account, e.everything, e.by_self, e.asked, e.decided, e.asker as asker_account, p.name, a.name as asker, d.name as decider_name,
	e.why, e.decision, e.answer, e.pseudonym
from erasure e left join person p on p.id = e.person left join account a on a.id = e.asker left join account d on d.id = e.decider where e.id = :id

-- erasure_decide (erasure_decision)
update erasure set decision = :decision, decided = :now, decider = case when :account = 0 then null else :account end, answer = :answer
where id = :id and decided is null

-- erasure_done (erasure)
update erasure set pseudonym = :pseudonym, everything = :everything where id = :id

-- administrators_beside (keep_person) -> count
select count(*) as count from account where closed is null and roles >= 64 and (:their_account is null or id <> :their_account)

-- erasures_open_count -> count
select count(*) as count from erasure where decided is null

-- mistakes_open_count -> count
select count(*) as count from mistake where ended is null

-- ---- What is recorded about me ----

-- about_looks -> about_look
select x.name, max(x.day) as day from (
	select coalesce(p.name, (select c.name from xapi_client c where l.reader = 0 and l.operation = 'xapi_statements_get:' || cast(c.id as text)), '') as name, l.reader, l.day
	from look l left join person p on p.id = l.reader where l.subject = :me) x
group by x.reader, x.name order by max(x.day) desc limit 5

-- about_erasure_open -> about_request
select asked, why from erasure where person = :me and decided is null limit 1

-- mistakes_mine -> mistake
select id, person, kind, text, made, outcome, answer, ended from mistake where person = :me order by id desc limit 20

-- mistakes_open_mine -> count
select count(*) as count from mistake where person = :me and ended is null

-- mistake_add (mistake_form)
insert into mistake (person, kind, text, made) values (:me, :kind, :text, :now)

-- mistakes_all -> mistake
select m.id, m.person, m.kind, m.text, m.made, m.outcome, m.answer, m.ended, p.name from mistake m join person p on p.id = m.person
order by case when m.ended is null then 0 else 1 end, m.id desc limit 200

-- mistake_by_id (by_id) -> mistake
select id, person, kind, text, made, outcome, answer, ended from mistake where id = :id

-- mistake_end (mistake_reply)
update mistake set outcome = :outcome, answer = :answer, ended = :now, account = case when :account = 0 then null else :account end where id = :id and ended is null
