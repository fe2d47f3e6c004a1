-- today_mine (mine) -> mine
-- What waits for this person, in one question: how many, and of the first who and what.
select (select count(*) from review v join rating r on r.id = v.rating where v.ended is null and r.rater = :me and r.withdrawn is null) as reviews,
	(select p.name from review v join rating r on r.id = v.rating join person p on p.id = r.person
		where v.ended is null and r.rater = :me and r.withdrawn is null order by v.asked, v.id limit 1) as review_person,
	(select r.person from review v join rating r on r.id = v.rating
		where v.ended is null and r.rater = :me and r.withdrawn is null order by v.asked, v.id limit 1) as review_of,
	(select count(*) from request q where q.asked = :me and q.ended is null) as requests,
	(select p.name from request q join person p on p.id = q.asker where q.asked = :me and q.ended is null order by q.made, q.id limit 1) as request_person,
	(select q.id from request q where q.asked = :me and q.ended is null order by q.made, q.id limit 1) as request_id,
	(select count(*) from rating r where r.person = :me and r.source <> 'self' and r.withdrawn is null and r.made > :since
		and not exists (select 1 from rating_view v where v.rating = r.id)) as news,
	(select r.skill from rating r where r.person = :me and r.source <> 'self' and r.withdrawn is null and r.made > :since
		and not exists (select 1 from rating_view v where v.rating = r.id) order by r.made desc, r.id desc limit 1) as news_skill,
	(select count(distinct p.skill) from employment e join role_skill p on p.role = e.role
		where e.person = :me and e.start_day <= :today and (e.end_day is null or e.end_day >= :today)) as needed,
	(select count(distinct p.skill) from employment e join role_skill p on p.role = e.role
		where e.person = :me and e.start_day <= :today and (e.end_day is null or e.end_day >= :today)
		and not exists (select 1 from rating r where r.person = :me and r.skill = p.skill and r.source = 'self' and r.withdrawn is null)) as unrated

-- today_lead -> leading
select (select count(distinct e.person) from employment e where e.lead = :me and e.start_day <= :today and (e.end_day is null or e.end_day >= :today)) as team,
	(select count(*) from (select e.person, p.skill from employment e join role_skill p on p.role = e.role and p.importance >= 2
		where e.lead = :me and e.start_day <= :today and (e.end_day is null or e.end_day >= :today)
		and not exists (select 1 from estimate b where b.skill = p.skill and b.person = e.person and b.mean is not null)
		group by e.person, p.skill) as unknown_pairs) as unknown_pairs

-- today_staff (staffing) -> staffing
select (select count(*) from skill s where s.retired is null and s.review_day < :today) as overdue,
	(select s.id from skill s where s.retired is null and s.review_day < :today order by s.review_day, s.id limit 1) as overdue_skill,
	(select count(*) from review v where v.ended is null) as reviews,
	(select r.person from review v join rating r on r.id = v.rating where v.ended is null order by v.id limit 1) as review_of,
	(select r.skill from review v join rating r on r.id = v.rating where v.ended is null order by v.id limit 1) as review_skill,
	(select count(*) from proposal p where p.decided is null) as proposals,
	(select count(*) from ambition a where a.ended is null) as ambitions,
	(select count(*) from person) as people,
	(select count(*) from basis b where b.ended is null) as bases,
	(select count(*) from link l where l.account = :account and l.notice = 1 and l.made > :links_since and (l.by_account is null or l.by_account <> :account)) as links,
	(select count(*) from erasure x where x.decided is null) as erasures,
	(select count(*) from mistake m where m.ended is null) as mistakes

-- first_state -> first_state
select (select count(*) from person) as people,
	(select count(*) from ambition a where a.ended is null) as ambitions,
	(select count(*) from ambition_skill s) as skills,
	(select count(*) from role_skill p) as profiles,
	(select count(*) from account a where a.person is not null) as invited,
	(select count(*) from basis b where b.ended is null) as bases,
	(select count(*) from rating r where r.withdrawn is null) as ratings

-- first_skipped -> skipped
select name from first_step

-- first_skip (skipped)
insert into first_step (name, skipped, account) values (:name, :now, :account) on conflict (name) do nothing

-- tour_now -> tour_state
select step, case when ended is null then 0 else 1 end as over from tour where account = :account

-- tour_move (tour_form)
insert into tour (account, step) values (:account, :step)
on conflict (account) do update set step = excluded.step, ended = null

-- tour_end
insert into tour (account, step, ended) values (:account, 0, :now)
on conflict (account) do update set ended = excluded.ended

-- today_demo -> demo_age
-- Since when this is a demonstration; asked only where it is one.
select max(made) as made from demo

-- tours_count (keep_person) -> count
select count(*) as count from tour where account = :their_account

-- tours_of (keep_person) -> kept_tour
select step, ended from tour where account = :their_account

-- tours_erase (keep_person)
delete from tour where account = :their_account

-- first_steps_erase (keep_person)
update first_step set account = null where account = :their_account
