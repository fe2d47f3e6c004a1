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
