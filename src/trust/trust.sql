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

-- proposal_add (proposal_form) -> by_id
insert into proposal (setting, before, after, why, account, made) values (:setting, :before, :after, :why, :account, :now) returning id

-- proposal_decide (decision_form)
update proposal set decision = :decision, decided = :now, decider = :account, document = :document where id = :id and decided is null

-- looks_at_me -> look_at_me
select p.name as reader_name, l.day, l.times, l.operation from look l left join person p on p.id = l.reader
where l.subject = :me order by l.day desc, l.at desc limit 100

-- audit_counts (audit_query) -> audit_count
select operation, count(*) as times, count(distinct account) as accounts from audit where at >= :since group by operation order by times desc, operation

-- look_counts (audit_query) -> look_count
select operation, sum(times) as times, count(distinct reader) as readers, count(distinct subject) as subjects
from look where at >= :since group by operation order by times desc, operation

-- proposals_open_count -> count
select count(*) as count from proposal where decided is null
