-- policy_now -> policy_version
select id, text, since from policy order by id desc limit 1

-- policy_versions -> policy_version
select id, text, since from policy order by id desc limit 200

-- policy_add (policy_form)
insert into policy (text, since, account) values (:text, :now, case when :account = 0 then null else :account end)

-- ratings_counted (scope) -> counted
-- What counts of some people, up to a day, in the order of the pass.
select r.id, r.person, r.skill, r.level, r.day, r.source, r.rater, r.external, r.context,
	case when r.source = 'self' and not exists (select 1 from share s where s.person = r.person and s.skill = r.skill and s.until is null)
		then 0 else 1 end as shared
from rating r
where r.person >= :person_from and r.person <= :person_until and (:skill = 0 or r.skill = :skill) and r.day <= :on and r.withdrawn is null
order by r.person, r.skill, r.day, r.id

-- ratings_counted_beside_import (by_id) -> counted
-- What counts of every person and skill that an import rated.
select r.id, r.person, r.skill, r.level, r.day, r.source, r.rater, r.external, r.context,
	case when r.source = 'self' and not exists (select 1 from share s where s.person = r.person and s.skill = r.skill and s.until is null)
		then 0 else 1 end as shared
from (select distinct person, skill from rating where import = :id) new
	join rating r on r.person = new.person and r.skill = new.skill
where r.withdrawn is null
order by r.person, r.skill, r.day, r.id

-- estimates_forget (scope)
delete from estimate where person >= :person_from and person <= :person_until and (:skill = 0 or skill = :skill)

-- estimate_put (estimate_row)
insert into estimate (person, skill, mean, variance, last_seen, known, own_mean, own_variance, own_last_seen, own_known, confirmed)
values (:person, :skill, :mean, :variance, :last_seen, :known, :own_mean, :own_variance, :own_last_seen, :own_known, :confirmed)
on conflict (skill, person) do update set mean = excluded.mean, variance = excluded.variance, last_seen = excluded.last_seen, known = excluded.known,
	own_mean = excluded.own_mean, own_variance = excluded.own_variance, own_last_seen = excluded.own_last_seen, own_known = excluded.own_known,
	confirmed = excluded.confirmed

-- person_after (some) -> by_id
select id from person where id > :after order by id limit 1 offset :people

-- believed_of_skill (believed_key) -> believed
select person, skill, mean, variance, last_seen, known, confirmed from estimate where skill = :skill and known > 0 order by person

-- believed_of_all -> believed
select person, skill, mean, variance, last_seen, known, confirmed from estimate where known > 0

-- believed_of_person (believed_key) -> believed
select person, skill, mean, variance, last_seen, known, confirmed from estimate where person = :person and known > 0 order by skill

-- believed_by_owner (believed_key) -> believed
select person, skill, own_mean as mean, own_variance as variance, own_last_seen as last_seen, own_known as known, confirmed
from estimate where person = :person order by skill

-- corrections_all -> correction
select kind, rater, external, name, bias, variance from correction

-- fit_now -> fit
select id, policy, ratings, subjects, raters, contexts, mean, subject_variance, rater_variance, context_variance, residual, deviance, made
from fit where ended is null order by id desc limit 1

-- fit_add (fit)
insert into fit (made, account, policy, ratings, subjects, raters, contexts, mean, subject_variance, rater_variance, context_variance, residual, deviance)
values (:now, case when :account = 0 then null else :account end, :policy, :ratings, :subjects, :raters, :contexts, :mean, :subject_variance, :rater_variance,
	:context_variance, :residual, :deviance)

-- fits_end
update fit set ended = :now where ended is null

-- corrections_forget
delete from correction

-- correction_add (correction)
insert into correction (kind, rater, external, name, bias, variance) values (:kind, :rater, :external, :name, :bias, :variance)

-- ratings_crossed -> crossed
-- Everything that counts, self-ratings too: the fit wants to know how high people rate themselves; what it says of one person stays inside.
select r.person, r.skill, r.level, r.source, r.rater, r.external, r.context, e.unit
from rating r left join (select person, min(unit) as unit from employment group by person) e on e.person = r.person
where r.withdrawn is null
order by r.person, r.skill

-- rating_by_id (by_id) -> rating_row
select id, person, skill, level, source, rater, external, day, note, made, withdrawn from rating where id = :id

-- rating_add (rating_given) -> by_id
insert into rating_row (person, skill, level, source, rater, external, day, note, context, made, account)
values (:person, :skill, :level, :source, :rater, :external, :day, :note, :context, :now, case when :account = 0 then null else :account end)
returning id

-- rating_withdraw (by_id)
update rating_row set withdrawn = :now where id = :id and withdrawn is null

-- ratings_under_review (rating_given) -> rating_row
select r.id, r.person, r.skill, r.level, r.source, r.rater, r.external, r.day, r.note, r.made, r.withdrawn
from rating r join review v on v.rating = r.id and v.ended is null
where r.person = :person and r.skill = :skill and r.rater = :rater and r.withdrawn is null

-- review_renewed (by_id)
update review set outcome = 'renewed', ended = :now where rating = :id and ended is null

-- reviews_withdrawn (by_id)
update review set outcome = 'withdrawn', ended = :now where rating = :id and ended is null

-- asked_count (rating_given) -> count
-- Was I asked: by a request that is open, or to look again at what I said?
select (select count(*) from request q where q.asker = :person and q.skill = :skill and q.asked = :me and q.ended is null)
	+ (select count(*) from review v join rating r on r.id = v.rating where v.ended is null and r.person = :person and r.skill = :skill and r.rater = :me) as count

-- request_answered (rating_given)
update request set ended = :now where asker = :person and skill = :skill and asked = :me and ended is null

-- my_last_rating (rating_given) -> last_said
select level, day from rating
where person = :person and skill = :skill and withdrawn is null and (rater = :me or (source = 'self' and person = :me))
order by day desc, id desc limit 1

-- level_needed (rating_given) -> count
select coalesce(max(rs.level), 0) as count from employment e join role_skill rs on rs.role = e.role and rs.skill = :skill
where e.person = :person and e.start_day <= :today and (e.end_day is null or e.end_day >= :today)

-- sight_led (sight) -> sight_row
-- Do I lead them today; and if so, does the role I lead ask this skill, or does none of theirs?
select count(*) as leads, coalesce(max(case when
	exists (select 1 from role_skill rs where rs.role = e.role and rs.skill = :skill)
	or not exists (select 1 from employment o join role_skill rs on rs.role = o.role and rs.skill = :skill
		where o.person = e.person and o.start_day <= :today and (o.end_day is null or o.end_day >= :today)) then 1 else 0 end), 0) as sees
from employment e
where e.lead = :me and e.person = :person and e.start_day <= :today and (e.end_day is null or e.end_day >= :today)

-- said_about (about) -> said_row
select r.id, r.skill, r.level, r.source, coalesce(p.name, x.rater_id) as rater_name, r.note, r.rater, r.day, r.withdrawn, w.text as own_view,
	(select v.id from review v where v.rating = r.id and v.ended is null) as review,
	(select v.outcome from review v where v.rating = r.id and v.ended is not null order by v.id desc limit 1) as outcome,
	(select v.answer from review v where v.rating = r.id and v.ended is not null order by v.id desc limit 1) as answer
from rating r left join person p on p.id = r.rater left join rater x on x.id = r.external left join rating_view w on w.rating = r.id
where r.person = :person and r.skill = :skill
	and (:own = 1 or (r.withdrawn is null and (r.source <> 'self'
		or exists (select 1 from share s where s.person = r.person and s.skill = r.skill and s.until is null))))
order by r.day desc, r.id desc limit 500

-- view_put (own_view_form)
insert into rating_view (rating, text, made) values (:id, :text, :now)
on conflict (rating) do update set text = excluded.text, made = excluded.made

-- view_remove (own_view_form)
delete from rating_view where rating = :id

-- review_add (by_id)
insert into review (rating, asked) select :id, :now where not exists (select 1 from review where rating = :id and ended is null)

-- review_by_id (by_id) -> rating_review
select id, rating, ended from review where id = :id

-- review_end (review_reply)
update review set outcome = :outcome, answer = :answer, ended = :now where id = :id and ended is null

-- share_add (skill_key)
insert into share (person, skill, since)
select :me, :skill, :now where not exists (select 1 from share where person = :me and skill = :skill and until is null)

-- share_close (skill_key)
update share set until = :now where person = :me and skill = :skill and until is null

-- request_add (ask_form)
insert into request (asker, asked, skill, made, declined)
select :me, :colleague, :skill, :now, 0
where not exists (select 1 from request where asker = :me and asked = :colleague and skill = :skill and ended is null)

-- request_end (by_id)
update request set ended = :now, declined = 1 where id = :id and asked = :me and ended is null

-- requests_open -> asked_row
select q.id, q.asker as person, q.skill, p.name, s.name_nl as skill_nl, s.name_en as skill_en, q.made
from request q join person p on p.id = q.asker join skill s on s.id = q.skill
where q.asked = :me and q.ended is null order by q.made limit 100

-- reviews_open -> review_asked
select v.id, r.person, r.skill, r.level, p.name, s.name_nl as skill_nl, s.name_en as skill_en, r.note, w.text as own_view, r.day
from rating r join review v on v.rating = r.id and v.ended is null join person p on p.id = r.person join skill s on s.id = r.skill
	left join rating_view w on w.rating = r.id
where r.rater = :me and r.withdrawn is null order by v.asked limit 100

-- ratings_gave -> gave_row
select r.id, r.person, r.skill, r.level, p.name, s.name_nl as skill_nl, s.name_en as skill_en, r.day, r.withdrawn
from rating r join person p on p.id = r.person join skill s on s.id = r.skill
where r.rater = :me order by r.day desc, r.id desc limit 100

-- stands_own (about) -> stand_row
-- What my roles ask and what is known of me, by all sources; what matters most first.
select s.id as skill, s.name_nl, s.name_en, n.role, coalesce(n.needed, 0) as needed, coalesce(n.importance, 0) as importance,
	e.own_mean as mean, e.own_variance as variance, e.own_last_seen as last_seen, coalesce(e.own_known, 0) as known, coalesce(e.confirmed, 0) as confirmed,
	case when exists (select 1 from rating r where r.person = :person and r.skill = s.id and r.source = 'self' and r.withdrawn is null) then 1 else 0 end as by_self
from skill s
	left join (select rs.skill, min(r.name) as role, max(rs.level) as needed, max(rs.importance) as importance
		from employment m join role_skill rs on rs.role = m.role join role r on r.id = m.role
		where m.person = :person and m.start_day <= :today and (m.end_day is null or m.end_day >= :today) group by rs.skill) n on n.skill = s.id
	left join estimate e on e.person = :person and e.skill = s.id
where s.kind = 'skill' and s.retired is null and (n.skill is not null or e.skill is not null)
order by 6 desc, s.fold, s.id

-- stand_own (about) -> stand_row
select s.id as skill, s.name_nl, s.name_en, n.role, coalesce(n.needed, 0) as needed, coalesce(n.importance, 0) as importance,
	e.own_mean as mean, e.own_variance as variance, e.own_last_seen as last_seen, coalesce(e.own_known, 0) as known, coalesce(e.confirmed, 0) as confirmed
from skill s
	left join (select rs.skill, min(r.name) as role, max(rs.level) as needed, max(rs.importance) as importance
		from employment m join role_skill rs on rs.role = m.role join role r on r.id = m.role
		where m.person = :person and m.start_day <= :today and (m.end_day is null or m.end_day >= :today) group by rs.skill) n on n.skill = s.id
	left join estimate e on e.person = :person and e.skill = s.id
where s.id = :skill

-- stands_of_person (about) -> stand_row
-- The organisation's view of somebody; with :own only what the roles ask that I lead, and what none of theirs asks.
select s.id as skill, s.name_nl, s.name_en, n.role, coalesce(n.needed, 0) as needed, coalesce(n.importance, 0) as importance,
	e.mean, e.variance, e.last_seen, coalesce(e.known, 0) as known, case when coalesce(e.known, 0) = 0 then 0 else e.confirmed end as confirmed
from skill s
	left join (select rs.skill, min(r.name) as role, max(rs.level) as needed, max(rs.importance) as importance, max(case when m.lead = :me then 1 else 0 end) as mine
		from employment m join role_skill rs on rs.role = m.role join role r on r.id = m.role
		where m.person = :person and m.start_day <= :today and (m.end_day is null or m.end_day >= :today) group by rs.skill) n on n.skill = s.id
	left join estimate e on e.person = :person and e.skill = s.id and e.known > 0
where s.kind = 'skill' and s.retired is null and (n.skill is not null or e.skill is not null) and (:own = 0 or n.skill is null or n.mine = 1)
order by 6 desc, s.fold, s.id

-- stand_of_person (about) -> stand_row
select s.id as skill, s.name_nl, s.name_en, n.role, coalesce(n.needed, 0) as needed, coalesce(n.importance, 0) as importance,
	e.mean, e.variance, e.last_seen, coalesce(e.known, 0) as known, case when coalesce(e.known, 0) = 0 then 0 else e.confirmed end as confirmed
from skill s
	left join (select rs.skill, min(r.name) as role, max(rs.level) as needed, max(rs.importance) as importance
		from employment m join role_skill rs on rs.role = m.role join role r on r.id = m.role
		where m.person = :person and m.start_day <= :today and (m.end_day is null or m.end_day >= :today) group by rs.skill) n on n.skill = s.id
	left join estimate e on e.person = :person and e.skill = s.id and e.known > 0
where s.id = :skill

-- pictured_own (about) -> pictured
select skill, level, source, day from rating where person = :person and withdrawn is null and day >= :two_years order by skill, day, id

-- pictured_of_person (about) -> pictured
select r.skill, r.level, r.source, r.day from rating r
where r.person = :person and r.withdrawn is null and r.day >= :two_years and (r.source <> 'self'
	or exists (select 1 from share s where s.person = r.person and s.skill = r.skill and s.until is null))
order by r.skill, r.day, r.id

-- colleagues -> askable
-- Who works with me: in a unit of mine today, or leading me.
select p.id, p.name from person p
where p.id <> :me and p.id in (
	select o.person from employment m join employment o on o.unit = m.unit
	where m.person = :me and m.start_day <= :today and (m.end_day is null or m.end_day >= :today)
		and o.start_day <= :today and (o.end_day is null or o.end_day >= :today)
	union select m.lead from employment m where m.person = :me and m.lead is not null and m.start_day <= :today and (m.end_day is null or m.end_day >= :today))
order by p.fold limit 200

-- asked_names (about) -> asked_name
select p.name, q.made from request q join person p on p.id = q.asked where q.asker = :person and q.skill = :skill and q.ended is null order by q.made

-- shared_count (about) -> count
select count(*) as count from share where person = :person and skill = :skill and until is null

-- looked_count (about) -> count
select count(distinct reader) as count from look where subject = :person and day >= :three_months

-- looks_at_my_skills -> looked_row
select coalesce(p.name, '') as name, l.day, sum(l.times) as times
from look l left join person p on p.id = l.reader
where l.subject = :me group by l.reader, p.name, l.day order by l.day desc, 1 limit 200

-- basis_now -> basis_said
select document, day from basis where purpose = 'ratings' and ended is null order by id desc limit 1

-- team_stands -> team_row
select e.person, rs.skill, p.name, s.name_nl, s.name_en, max(rs.level) as needed, max(rs.importance) as importance,
	max(t.mean) as mean, max(t.variance) as variance, max(t.last_seen) as last_seen, coalesce(max(t.known), 0) as known, coalesce(max(t.confirmed), 0) as confirmed
from employment e join person p on p.id = e.person join role_skill rs on rs.role = e.role join skill s on s.id = rs.skill and s.retired is null
	left join estimate t on t.skill = rs.skill and t.person = e.person and t.known > 0
where e.lead = :me and e.start_day <= :today and (e.end_day is null or e.end_day >= :today)
group by e.person, rs.skill, p.name, s.name_nl, s.name_en
order by e.person, rs.skill

-- team_to_rate (rate_query) -> rate_person
-- Whom I lead in a role that asks this skill, or who has no role that asks it.
select p.id as person, p.name,
	(select r.level from rating r where r.person = p.id and r.skill = :skill and r.rater = :me and r.withdrawn is null order by r.day desc, r.id desc limit 1) as last,
	(select r.day from rating r where r.person = p.id and r.skill = :skill and r.rater = :me and r.withdrawn is null order by r.day desc, r.id desc limit 1) as last_day
from person p
where p.id in (select e.person from employment e where e.lead = :me and e.start_day <= :today and (e.end_day is null or e.end_day >= :today)
	and (exists (select 1 from role_skill rs where rs.role = e.role and rs.skill = :skill)
		or not exists (select 1 from employment o join role_skill rs on rs.role = o.role and rs.skill = :skill
			where o.person = e.person and o.start_day <= :today and (o.end_day is null or o.end_day >= :today))))
order by p.fold limit 200

-- ---- Keeping and erasing ----

-- ratings_past_count (keep_terms) -> count
select count(*) as count from rating r where (r.source <> 'self' and r.day < :older_day) or r.person in (select d.person from departure d where d.last_day < :left_before)

-- ratings_past_pairs (keep_terms) -> past_rating
-- Some thousands of ratings, in an order, so that what hangs on them goes with them and the estimates they made can be made again.
select r.id, r.person, r.skill from rating r
where (r.source <> 'self' and r.day < :older_day) or r.person in (select d.person from departure d where d.last_day < :left_before) order by r.id limit :batch

-- ratings_keep_views_remove (past_rating)
delete from rating_view where rating = :id

-- ratings_keep_reviews_remove (past_rating)
delete from review where rating = :id

-- ratings_keep_remove (past_rating)
delete from rating_row where id = :id

-- ratings_keep_shares_remove (keep_terms)
delete from share where person in (select d.person from departure d where d.last_day < :left_before)

-- ratings_keep_requests_remove (keep_terms)
delete from request where asker in (select d.person from departure d where d.last_day < :left_before) or asked in (select d.person from departure d where d.last_day < :left_before)

-- ratings_about_count (keep_person) -> count
select (select count(*) from rating where person = :person and source <> 'self') as count

-- ratings_about (keep_person) -> kept_rating
select coalesce(s.name_nl, s.name_en) as skill, r.level, r.source, coalesce(p.name, x.rater_id) as rater, r.day, r.note, r.withdrawn, w.text as own_view,
	(select v.outcome from review v where v.rating = r.id and v.ended is not null order by v.id desc limit 1) as review,
	(select v.answer from review v where v.rating = r.id and v.ended is not null order by v.id desc limit 1) as answer
from rating r join skill s on s.id = r.skill left join person p on p.id = r.rater left join rater x on x.id = r.external left join rating_view w on w.rating = r.id
where r.person = :person and r.source <> 'self' order by r.day, r.id

-- estimates_about (keep_person) -> kept_estimate
select coalesce(s.name_nl, s.name_en) as skill, e.own_mean as mean, e.own_known as known, e.own_last_seen as last_seen
from estimate e join skill s on s.id = e.skill where e.person = :person order by s.fold

-- ratings_self_count (keep_person) -> count
select (select count(*) from rating where person = :person and source = 'self') + (select count(*) from share where person = :person)
	+ (select count(*) from request where asker = :person) as count

-- ratings_self (keep_person) -> kept_rating
select coalesce(s.name_nl, s.name_en) as skill, r.level, r.source, r.day, r.note, r.withdrawn
from rating r join skill s on s.id = r.skill where r.person = :person and r.source = 'self' order by r.day, r.id

-- shares_of (keep_person) -> kept_share
select coalesce(s.name_nl, s.name_en) as skill, h.since, h.until from share h join skill s on s.id = h.skill where h.person = :person order by h.id

-- requests_of (keep_person) -> kept_request
select coalesce(s.name_nl, s.name_en) as skill, p.name as colleague, q.made, q.ended, q.declined
from request q join skill s on s.id = q.skill join person p on p.id = q.asked where q.asker = :person order by q.id

-- ratings_given_count (keep_person) -> count
select (select count(*) from rating where rater = :person and source <> 'self') + (select count(*) from request where asked = :person) as count

-- ratings_given_by (keep_person) -> kept_given
select coalesce(s.name_nl, s.name_en) as skill, p.name as person, r.level, r.source, r.day, r.note, r.withdrawn
from rating r join skill s on s.id = r.skill join person p on p.id = r.person where r.rater = :person and r.source <> 'self' order by r.day, r.id

-- views_about_erase (keep_person)
delete from rating_view where rating in (select id from rating_row where person = :person)

-- reviews_about_erase (keep_person)
delete from review where rating in (select id from rating_row where person = :person)

-- ratings_about_erase (keep_person)
delete from rating_row where person = :person

-- estimates_erase (keep_person)
delete from estimate where person = :person

-- shares_erase (keep_person)
delete from share where person = :person

-- requests_erase (keep_person)
delete from request where asker = :person or asked = :person

-- rater_pseudonym_add (keep_person)
insert into rater (rater_id) select :pseudonym where exists (select 1 from rating_row where rater = :person)
	or exists (select 1 from correction where rater = :person)

-- ratings_given_pseudonym (keep_person)
update rating_row set rater = null, external = (select id from rater where rater_id = :pseudonym), account = null where rater = :person

-- ratings_given_account (keep_person)
update rating_row set account = null where account = :their_account

-- corrections_pseudonym (keep_person)
update correction set kind = 'external', rater = null, external = (select id from rater where rater_id = :pseudonym) where rater = :person

-- person_numbers -> id_text
select id, person_id as text from person

-- externals_all -> id_text
select id, rater_id as text from rater

-- external_add (id_text)
insert into rater (rater_id) values (:text) on conflict (rater_id) do nothing

-- skill_names -> id_text
select id, key as text from skill where key is not null and kind = 'skill' and retired is null
union all select id, name_nl from skill where name_nl is not null and kind = 'skill' and retired is null
union all select id, name_en from skill where name_en is not null and kind = 'skill' and retired is null
union all select id, uri from skill where uri is not null and kind = 'skill' and retired is null

-- ratings_kept -> rating_kept
select person, skill, level, source, rater, external, day, context from rating

-- ratings_kept_of (person_skill) -> rating_kept
select person, skill, level, source, rater, external, day, context from rating where person = :person and skill = :skill

-- rating_take_in (rating_line)
insert into rating_row (person, skill, level, source, rater, external, day, note, context, made, account, import)
values (:person, :skill_number, :level, :source, :rater, :external, :day, :note, :context, :now, case when :account = 0 then null else :account end, :import)

-- ratings_kept_by_person (people_span) -> rating_kept
-- Of some people, in the order in which a large file is compared.
select person, skill, level, source, rater, external, day, context from rating
where person >= :person_from and person <= :person_until order by person

-- rating_take_many (rating_many)
insert into rating_row (person, skill, level, source, rater, external, day, note, context, made, account, import)
values (:person, :skill, :level, :source, :rater, :external, :day, :note, :context, :now, case when :account = 0 then null else :account end, :import)

-- import_hide (by_id)
insert into rating_hidden (import) values (:id)

-- import_unhide (by_id)
delete from rating_hidden where import = :id

-- estimates_owe (by_id)
insert into estimate_due (import) values (:id)

-- estimates_paid (by_id)
delete from estimate_due where import = :id

-- ratings_part_remove (by_id)
delete from rating_row where id in (select id from rating_row where import = :id limit 5000)

-- import_built_on (by_id) -> count
select (select count(*) from rating_view w join rating r on r.id = w.rating where r.import = :id)
	+ (select count(*) from review v join rating r on r.id = v.rating where r.import = :id) as count

-- ratings_of_import_remove (by_id)
delete from rating_row where import = :id
