-- A feature of three tables, which tries everything the store promises on both engines.

-- box_add (box) -> by_id
-- Fails with CONFLICT when the code is taken.
insert into box (code, name, size, open, made, day, price, weight, content, inside)
values (:code, :name, :size, :open, :made, :day, :price, :weight, :content{blob}, :inside)
returning id

-- box_load (by_id) -> box
select id, code, name, size, open, made, day, price, weight, content, inside from box where id = :id

-- box_find (box_code) -> box
select id, code, name, size, open, made, day, price, weight, content, inside from box where code = :code

-- box_list (box_search) -> box
-- Keyset page: rows after the given name and id; a search without text finds all.
select id, code, name, size, open, made, day, price, weight, content, inside from box
where (:text is null or code like :text escape '\')
	and (coalesce(name, ''), id) > (coalesce(:after_name, ''), :after_id)
order by name nulls first, id
limit :rows

-- box_count -> count
select count(*) as count from box

-- box_weigh (box_weight)
update box set weight = weight + :weight where id = :id

-- box_remove (by_id)
delete from box where id = :id

-- box_put (box) -> by_id
insert into box (code, open, price, weight) values (:code, :open, :price, :weight)
on conflict (code) do update set weight = excluded.weight
returning id

-- label_put (label)
insert into label (box, word) values (:box, :word) on conflict (box, word) do nothing

-- label_add (label)
insert into label (box, word) values (:box, :word)

-- label_list -> label
select box, word from label order by box, word

-- label_count (box_code) -> count
-- By engine: the same question, asked as each likes it.
select count(*) as count from label where
instr(word, :code) > 0 --sqlite
strpos(word, :code) > 0 --postgres

-- asked -> asked
select :now as now, :today as today, :me as me, :account as account

-- sums -> sums
-- sum and avg differ in type between the engines, and are cast where a member needs one.
select cast(sum(weight) as bigint) as whole, avg(weight) as mean, max(price) as most from box --postgres
select sum(weight) as whole, avg(weight) as mean, max(price) as most from box --sqlite

-- months -> month
with t(day) as (values ('2026-01-31'), ('2026-02-01'), ('2026-02-28'))
select substr(day, 1, 7) as month, count(*) filter (where day > '2026-02-01') as late, count(*) as days
from t group by substr(day, 1, 7) order by 1

-- numbers (numbers_until) -> by_id
with recursive n(id) as (select cast(1 as bigint) union all select id + 1 from n where id < :until)
select id from n

-- wrong_column -> by_id
select count(*) as unknown from box

-- wrong_fit -> by_id
select 'no number' as id

-- two_rows -> by_id
select 1 as id union all select 2 as id
