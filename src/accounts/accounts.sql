-- account_by_session (credential) -> asker_row
-- LEAD (2) is never stored: it follows from leading somebody today. Whoever left has one role for a while, to take along what is theirs (128), and then none (-1).
select a.id as account, a.person, a.name, a.language, case
	when a.person is null or not exists (select 1 from employment e where e.person = a.person)
		or exists (select 1 from employment e where e.person = a.person and (e.end_day is null or e.end_day >= :today)) then a.roles
			+ case when a.person is not null then 1 else 0 end
			+ coalesce((select 2 from employment e where e.lead = a.person and e.start_day <= :today
				and (e.end_day is null or e.end_day >= :today) order by e.end_day limit 1), 0)
	when exists (select 1 from employment e where e.person = a.person and e.end_day >= :leaver_since) then 128
	else -1 end as roles
from session s join account a on a.id = s.account
where s.fingerprint = :fingerprint and s.ends > :now and a.closed is null

-- account_by_token (credential) -> asker_row
select a.id as account, a.person, a.name, a.language, case
	when a.person is null or not exists (select 1 from employment e where e.person = a.person)
		or exists (select 1 from employment e where e.person = a.person and (e.end_day is null or e.end_day >= :today)) then a.roles
			+ case when a.person is not null then 1 else 0 end
			+ coalesce((select 2 from employment e where e.lead = a.person and e.start_day <= :today
				and (e.end_day is null or e.end_day >= :today) order by e.end_day limit 1), 0)
	when exists (select 1 from employment e where e.person = a.person and e.end_day >= :leaver_since) then 128
	else -1 end as roles
from token t join account a on a.id = t.account
where t.fingerprint = :fingerprint and t.ends > :now and a.closed is null

-- account_by_email (credential) -> asker_row
select a.id as account, a.person, a.name, a.language, a.password, a.demo, case
	when a.person is null or not exists (select 1 from employment e where e.person = a.person)
		or exists (select 1 from employment e where e.person = a.person and (e.end_day is null or e.end_day >= :today)) then a.roles
			+ case when a.person is not null then 1 else 0 end
			+ coalesce((select 2 from employment e where e.lead = a.person and e.start_day <= :today
				and (e.end_day is null or e.end_day >= :today) order by e.end_day limit 1), 0)
	when exists (select 1 from employment e where e.person = a.person and e.end_day >= :leaver_since) then 128
	else -1 end as roles
from account a
where a.email = :email and a.closed is null

-- account_by_link (credential) -> asker_row
select a.id as account, a.person, a.name, a.language, a.password, a.roles
from link l join account a on a.id = l.account
where l.fingerprint = :fingerprint and l.used is null and l.ends > :now and a.closed is null

-- link_use (credential)
update link set used = :now where fingerprint = :fingerprint and used is null

-- link_add (new_secret)
insert into link (fingerprint, account, made, ends, by_account, notice) values (:fingerprint, :for_account, :now, :ends, :account,
	(select case when a.password is null then 0 else 1 end from account a where a.id = :for_account))

-- link_news -> link_news
-- Links that others made into an account of one's own that had a password already.
select l.made, l.used, l.ends, b.name as by_name
from link l left join account b on b.id = l.by_account
where l.account = :account and l.notice = 1 and (l.by_account is null or l.by_account <> :account)
order by l.made desc limit 20

-- session_add (new_secret)
insert into session (fingerprint, account, started, ends, agent) values (:fingerprint, :for_account, :now, :ends, :agent)

-- session_end (credential)
delete from session where fingerprint = :fingerprint

-- sessions_end (by_id)
delete from session where account = :id

-- sessions_end_others (credential)
delete from session where account = :account and fingerprint <> :fingerprint

-- sessions_old_remove
delete from session where ends <= :now

-- session_list -> session_row
select fingerprint, started, ends, agent from session where account = :account and ends > :now order by started desc

-- token_add (new_secret)
insert into token (fingerprint, account, made, ends, label) values (:fingerprint, :for_account, :now, :ends, :agent)

-- token_list -> token_row
-- Named by the beginning of its fingerprint, which opens nothing.
select substr(t.fingerprint, 1, 12) as name, t.label, t.made, t.ends, a.email, a.name as owner
from token t join account a on a.id = t.account
where t.account = :account and t.ends > :now order by t.made desc, t.fingerprint

-- token_list_all -> token_row
select substr(t.fingerprint, 1, 12) as name, t.label, t.made, t.ends, a.email, a.name as owner
from token t join account a on a.id = t.account
where t.ends > :now order by a.name, t.made desc, t.fingerprint limit 500

-- token_end (token_name)
delete from token where substr(fingerprint, 1, 12) = :name and account = :account

-- token_end_any (token_name)
delete from token where substr(fingerprint, 1, 12) = :name

-- attempts_count (attempt) -> attempts
select (select count(*) from attempt where email = :email and address = :address and at > :since) as here,
	(select count(*) from attempt where address = :address and at > :since) as from_address

-- attempt_add (attempt)
insert into attempt (email, address, at) values (:email, :address, :now)

-- attempts_forget (attempt)
delete from attempt where (email = :email and address = :address) or at <= :since

-- password_set (password_row)
update account set password = :password where id = :account

-- language_set (language_row)
update account set language = :language where id = :account

-- account_add (account) -> by_id
insert into account (email, name, person, roles, demo, made)
values (:email, :name, :person, :roles, :demo, :now)
on conflict (email) do nothing
returning id

-- account_roles_set (account)
update account set roles = :roles, name = :name where id = :id

-- account_person_by_email (credential) -> by_id
select id from person where lower(email) = :email

-- account_list (account_page) -> account
select a.id, a.email, a.name, a.person, a.roles, a.demo, a.made, a.closed,
	case when a.password is null then 0 else 1 end as has_password
from account a
where cast(:find as text) is null or a.email like :like escape '!' or lower(a.name) like :like escape '!'
order by a.name, a.id limit 101 offset :skip

-- account_by_id (by_id) -> account
select a.id, a.email, a.name, a.person, a.roles, a.demo, a.made, a.closed,
	case when a.password is null then 0 else 1 end as has_password
from account a where a.id = :id

-- account_close (by_id)
update account set closed = :now where id = :id and closed is null

-- account_open (by_id)
update account set closed = null where id = :id

-- demo_accounts -> account
select a.id, a.email, a.name, a.person, a.demo, a.made,
	a.roles + case when exists (select 1 from employment e where e.lead = a.person and e.end_day is null) then 2 else 0 end as roles
from account a where a.demo = 1 order by a.id

-- invited_people (by_id) -> account
-- Everybody who works in this unit or below it today and has an address; not whose account is in use, or may do more than
-- a person may: a link opens it, and it is somebody else who hands it out.
select distinct p.id as person, lower(p.email) as email, p.name, a.id
from employment e join person p on p.id = e.person join unit u on u.id = e.unit
	join unit top on top.id = :id
	left join account a on a.person = p.id
where (u.id = top.id or substr(u.path, 1, length(top.path) + 1) = top.path || '/')
	and e.start_day <= :today and (e.end_day is null or e.end_day >= :today)
	and p.email is not null
	and (a.id is null or (a.password is null and a.roles = 0 and a.closed is null
		and not exists (select 1 from link l where l.account = a.id and l.used is not null)))
order by p.name

-- administrators_count -> count
select count(*) as count from account where closed is null and (roles & 64) <> 0

-- leaver_last_day -> leaver
select last_day from departure where person = :me and last_day < :today
