-- import_add (import_row) -> by_id
insert into import (kind, file, digest, rows, added, changed, same, ended, rejected, account, at, state, seen)
values (:kind, :file, :digest, :rows, :added, :changed, :same, :ended, :rejected, :account, :at, :state, :seen)
returning id

-- import_finish (import_row)
update import set rows = :rows, added = :added, changed = :changed, same = :same, ended = :ended, rejected = :rejected, state = :state, seen = :seen
where id = :id

-- import_load (by_id) -> import_row
select id, kind, file, digest, rows, added, changed, same, ended, rejected, account, at, state, seen, undone from import where id = :id

-- import_heard (import_seen)
update import set seen = :seen where id = :id

-- import_remove (by_id)
delete from import where id = :id and state = 'open'

-- imports_dead (import_seen) -> import_seen
-- Imports of this kind that began and did not end, with when they were last heard of.
select id, seen, kind from import where state = 'open' and kind = :kind order by id

-- import_change_add (change)
insert into import_change (import, number, tab, row, before, after) values (:import, :number, :tab, :row, :before, :after)

-- import_changes (by_id) -> change
select import, number, tab, row, before, after from import_change where import = :id order by number desc

-- import_changes_remove (by_id)
delete from import_change where import = :id

-- import_changes_forget (import_seen)
delete from import_change where import in (select id from import where at < :seen)

-- import_set_undone (by_id)
update import set undone = :now where id = :id

-- ---- Pages ----

-- imports_past (import_page) -> import_past
select id, kind, file, rows, added, changed, same, ended, rejected, at, undone from import where state = 'done' order by id desc limit 26 offset :skip

-- upload_add (upload) -> by_id
insert into upload (account, kind, name, bytes, made) values (:account, :kind, :name, :bytes{blob}, :made) returning id

-- upload_by_id (by_id) -> upload
select id, account, kind, name, bytes, mapping, made from upload where id = :id

-- upload_map (upload)
update upload set mapping = :mapping where id = :id

-- upload_remove (by_id)
delete from upload where id = :id

-- uploads_old_remove (upload)
delete from upload where made < :made
