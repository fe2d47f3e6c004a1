-- 1 imports: what was taken in, what stood there before, files that wait for their owner's yes
create table import (
	id {id},
	kind {text} not null,
	file {text} not null,
	digest {text} not null,
	rows {int} not null,
	added {int} not null,
	changed {int} not null,
	same {int} not null,
	ended {int} not null,
	rejected {int} not null,
	account {int},
	at {instant} not null,
	state {text} not null check (state in ('open', 'done')),
	seen {instant} not null,
	undone {instant}
);
create index import_open on import (kind, seen) where state = 'open';
create table import_change (
	import {ref} not null references import (id),
	number {int} not null,
	tab {text} not null,
	row {int} not null,
	before {text},
	after {text} not null,
	primary key (import, number)
);
create table upload (
	id {id},
	account {int} not null,
	kind {text} not null,
	name {text} not null,
	bytes {blob} not null,
	mapping {text},
	made {instant} not null
);
create index upload_made on upload (made);
