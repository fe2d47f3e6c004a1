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
order by r.person, r.skill, r.day

-- ratings_counted_beside_import (by_id) -> counted
-- What counts of every person and skill that an import rated.
select r.id, r.person, r.skill, r.level, r.day, r.source, r.rater, r.external, r.context,
	case when r.source = 'self' and not exists (select 1 from share s where s.person = r.person and s.skill = r.skill and s.until is null)
		then 0 else 1 end as shared
from (select distinct person, skill from rating where import = :id) new
	join rating r on r.person = new.person and r.skill = new.skill
where r.withdrawn is null
order by r.person, r.skill, r.day

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
