#!/bin/sh
# shell.sh - the program from a terminal: every exit code, what goes to which stream, and a database that moves between engines.
set -u
case $1 in /*) wijzer=$1 ;; *) wijzer=$PWD/$1 ;; esac
work=$(mktemp -d) failed=0
[ -z "${WIJZER_TEST_POSTGRES:-}" ] || postgres=$WIJZER_TEST_POSTGRES
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
LANG=C WIJZER_DB=sqlite:$work/test.db
export LANG WIJZER_DB

check() { if [ "$2" = "$3" ]; then echo "ok: $1"; else echo "FAILED: $1: expected '$3', got '$2'"; failed=1; fi; }
has() { if grep -q -- "$2" "$3"; then echo "ok: $1"; else echo "FAILED: $1: no '$2' in:"; cat "$3"; failed=1; fi; }
lines() { wc -l <"$1" | tr -d ' '; }

# ---- usage ----
"$wijzer" >out 2>err; check "nothing to do is usage" "$? $(lines out)" "2 0"
"$wijzer" nonsense >out 2>err; check "an unknown command is usage" "$?" 2
"$wijzer" --nonsense init >out 2>err; check "an unknown option is usage" "$?" 2
"$wijzer" help >out 2>err; check "help" "$? $(lines err)" "0 0"; has "help names the commands" "user add" out
"$wijzer" help user add >out 2>err; check "help of one" "$?" 0; has "with its options" "--email" out
"$wijzer" help nonsense >out 2>err; check "help of none" "$?" 3

# ---- a database that is not there, and one that is ----
"$wijzer" user list >out 2>err; check "no database is not found" "$? $(lines out)" "3 0"
"$wijzer" init >out 2>err; check "init" "$? $(lines out)" "0 0"
"$wijzer" init >out 2>err; check "init twice" "$?" 0
"$wijzer" backup >out 2>err; check "a missing word is usage" "$?" 2
"$wijzer" call >out 2>err; check "call needs an operation" "$?" 2
"$wijzer" init --db nonsense: >out 2>err; check "a database of no kind is refused" "$?" 1

# ---- people who enter ----
"$wijzer" user add --email ada@x.example --name Ada --role administrator >out 2>err
check "user add prints the link and nothing else" "$? $(lines out) $(grep -c '^http.*/link/[A-Za-z0-9_-]\{43\}$' out)" "0 1 1"
"$wijzer" --db "$WIJZER_DB" user add --email noor@x.example --name Noor --role learning >/dev/null 2>err; check "options before the command" "$?" 0
"$wijzer" user add --email x --name X --role learning >out 2>err; check "an address that is none is refused" "$? $(lines out)" "1 0"
"$wijzer" user add --email y@x.example --name Y --role king >out 2>err; check "a role that is none is refused" "$?" 1
"$wijzer" user link --email ada@x.example >out 2>err; check "user link" "$? $(lines out)" "0 1"
"$wijzer" user link --email stranger@x.example >out 2>err; check "of nobody is not found" "$? $(lines out)" "3 0"
"$wijzer" user list >out 2>err; check "user list" "$? $(lines out)" "0 2"
"$wijzer" token add --as noor@x.example --days 3 >out 2>err; check "token add" "$? $(grep -c '^[A-Za-z0-9_-]\{43\}$' out)" "0 1"
"$wijzer" token add >out 2>err; check "of nobody is usage" "$?" 2

# ---- operations ----
"$wijzer" call people_paste "lines=Bert, bert@x.example, Wonen, Adviseur" --as noor@x.example >out 2>err; check "call prints JSON" "$? $(cat out)" '0 {"added":1,"changed":0,"same":0}'
"$wijzer" call people_list --as noor@x.example >out 2>err; check "call reads" "$?" 0; has "what was written" '"name":"Bert"' out
"$wijzer" call people_list >out 2>err; check "nobody may not" "$? $(lines out)" "4 0"
"$wijzer" call account_list_show --as noor@x.example >out 2>err; check "nor who has no right" "$? $(lines out)" "4 0"; has "and learns who can" "dministrator" err
"$wijzer" call people_list --as stranger@x.example >out 2>err; check "an unknown account may nothing" "$?" 4
"$wijzer" call person_show id=999 --as noor@x.example >out 2>err; check "what is not there" "$?" 3
"$wijzer" call nonsense >out 2>err; check "an operation that is none" "$?" 3
"$wijzer" call people_paste nonsense=1 --as noor@x.example >out 2>err; check "a field that is none is refused" "$?" 1
"$wijzer" call people_paste nonsense --as noor@x.example >out 2>err; check "a value without a name is usage" "$?" 2
"$wijzer" operations >out 2>err; check "operations" "$?" 0; has "named" "### people_list" out
"$wijzer" operations --json >out 2>err; check "as JSON" "$? $(head -c 2 out)" '0 [{'
"$wijzer" openapi >out 2>err; check "openapi" "$? $(head -c 1 out)" '0 {'

# ---- serving ----
if [ "$(id -u)" = 0 ]; then
	"$wijzer" serve --listen 127.0.0.1:0 >out 2>err; check "serving as root is refused" "$?" 1; has "and says how" "--user" err
else
	echo "skipped: serving as root, because this is not root"
fi
"$wijzer" serve --listen 0.0.0.0:0 >out 2>err; check "plain http for everybody is refused" "$?" 1; has "and says how" "--tls-cert" err
"$wijzer" serve >out 2>err; check "serve needs an address" "$?" 2
"$wijzer" serve --listen 127.0.0.1:0 --tls-cert x.pem >out 2>err; check "a certificate needs its key" "$?" 2

# ---- backups, through both engines and back ----
"$wijzer" demo --db "sqlite:$work/demo.db" 2>/dev/null; check "demo" "$?" 0
"$wijzer" verify --db "sqlite:$work/demo.db" >sums 2>err; check "verify" "$?" 0
"$wijzer" backup "$work/one.backup" --db "sqlite:$work/demo.db" >out 2>err; check "backup" "$? $(lines out)" "0 0"
"$wijzer" backup "$work/one.backup" --db "sqlite:$work/demo.db" >out 2>err; check "onto a file that is there is refused" "$?" 1
"$wijzer" verify "$work/one.backup" --db "sqlite:$work/demo.db" >out 2>err; check "the same through and through" "$? $(grep -c '^[<>]' out)" "0 0"
"$wijzer" verify "$work/one.backup" >out 2>err; check "another is told apart" "$?" 1
"$wijzer" restore "$work/one.backup" >out 2>err; check "restore into what holds rows is refused" "$?" 1
"$wijzer" restore "$work/nowhere" --db "sqlite:$work/new.db" >out 2>err; check "restore of no file" "$?" 3
"$wijzer" restore "$work/one.backup" --replace >out 2>err; check "unless it may be replaced" "$?" 0
"$wijzer" verify >out 2>err; check "then it is that" "$(cmp sums out 2>&1)" ""
if [ -n "${postgres:-}" ] && command -v psql >/dev/null 2>&1; then
	name=wijzer_shell_$$
	psql -q "$postgres" -c "create database $name" >/dev/null
	url=$(echo "$postgres" | sed "s#/postgres?#/$name?#")
	"$wijzer" restore "$work/one.backup" --db "$url" >out 2>err; check "one file becomes PostgreSQL" "$?" 0
	"$wijzer" verify --db "$url" >out 2>err; check "with the same rows" "$(cmp sums out 2>&1)" ""
	"$wijzer" backup "$work/two.backup" --db "$url" >out 2>err; check "and goes back" "$?" 0
	"$wijzer" restore "$work/two.backup" --db "sqlite:$work/back.db" >out 2>err; check "into SQLite" "$?" 0
	"$wijzer" verify --db "sqlite:$work/back.db" >out 2>err; check "equal" "$(cmp sums out 2>&1)" ""
	psql -q "$postgres" -c "drop database $name with (force)" >/dev/null
else
	echo "skipped: restoring into PostgreSQL, because WIJZER_TEST_POSTGRES names no server"
fi

# ---- keys, apart from the database and from its backups ----
mkdir n; "$wijzer" init --db "sqlite:$work/n/k.db" >out 2>err; check "init makes keys and says where" "$? $(grep -c "made the key file $work/n/k.key" err)" "0 1"
has "and that they lie too close together" "lies beside the data" err
mkdir apart; "$wijzer" init --db "sqlite:$work/n/a.db" --key-file apart/a.key >out 2>err; check "apart it says nothing of the kind" "$? $(grep -c "lies beside" err)" "0 0"; rm -rf n/a.db* apart
check "the key file is its owner's alone" "$(stat -c %a n/k.key) $(stat -c %a n/k.db.keys)" "600 700"
serve_refused() { timeout 20 "$wijzer" serve --demo --listen 127.0.0.1:0 ${user:+--user nobody} --db "sqlite:$work/n/k.db" >out 2>err; check "$1" "$?" 1; has "and says why" "$2" err; }
user=''; [ "$(id -u)" != 0 ] || { user=nobody; chmod 755 "$work"; chown -R nobody n; }
mv n/k.key elsewhere; serve_refused "serve refuses without the key file" "key file"
cp elsewhere n/k.key; chmod 644 n/k.key; [ -z "$user" ] || chown nobody n/k.key; serve_refused "serve refuses one that others can read" "chmod 600"
"$wijzer" init --db "sqlite:$work/k2.db" >out 2>err; cat k2.key >n/k.key; chmod 600 n/k.key
serve_refused "serve refuses another key file" "no key\|not the one"
"$wijzer" user list --db "sqlite:$work/n/k.db" >out 2>err; check "all else works with a wrong one" "$?" 0
"$wijzer" backup-keys copy --db "sqlite:$work/k2.db" >out 2>err; check "keys are copied apart" "$? $(stat -c %a copy)" "0 600"; has "with the day on which the copy goes" "destroy it before" err
"$wijzer" backup-keys copy --db "sqlite:$work/k2.db" >out 2>err; check "never onto another copy" "$?" 1
"$wijzer" restore-keys copy --db "sqlite:$work/k2.db" >out 2>err; check "and put back" "$?" 0
"$wijzer" backup plain --db "sqlite:$work/k2.db" >out 2>err; check "a backup holds no key" "$? $(grep -c -- "$(cut -d' ' -f2 k2.key)" plain)" "0 0"
rm k2.key; "$wijzer" init --db "sqlite:$work/k2.db" >out 2>err; check "init makes no new key in place of a lost one" "$?" 1
"$wijzer" init --new-keys --db "sqlite:$work/k2.db" >out 2>err; check "unless told so" "$?" 0

# ---- backup, erasure, restore: who was erased stays erased, in the log and in the record ----
if command -v sqlite3 >/dev/null 2>&1; then
mkdir e; e="--db sqlite:$work/e/e.db"
"$wijzer" init $e 2>err
"$wijzer" user add $e --email noor@x.example --name Noor --role learning >/dev/null 2>err
"$wijzer" user add $e --email pim@x.example --name Pim --role privacy >/dev/null 2>err
"$wijzer" user add $e --email petra@x.example --name Petra --role privacy >/dev/null 2>err
"$wijzer" user add $e --email ad@x.example --name Ad --role administrator >/dev/null 2>err
"$wijzer" call people_paste $e "lines=Anna Zwanenburg, anna.zwanenburg@x.example, Wonen, Adviseur" --as noor@x.example >out 2>err; check "somebody works here" "$?" 0
"$wijzer" user add $e --email anna.zwanenburg@x.example --name "Anna Zwanenburg" --role employee >/dev/null 2>err; check "and enters" "$?" 0
"$wijzer" call journal_write $e day=2026-03-04 kind=work hours=1 "did=De ketel van mevrouw Bakker" "learnt=Eerst lezen" --as anna.zwanenburg@x.example >out 2>err; check "writes in her log" "$?" 0
statement='{"id":"11111111-1111-4111-8111-111111111111","actor":{"mbox":"mailto:anna.zwanenburg@x.example","name":"Anna Zwanenburg"},"verb":{"id":"http://x.example/v"},"object":{"id":"http://x.example/o"}}'
"$wijzer" call xapi_statements_post $e version=2.0.0 type=application/json "body=$statement" --unprotected >out 2>err; check "and is in the record" "$?" 0
"$wijzer" backup e/backup $e 2>err; check "a backup of then" "$? $(grep -qa 'zwanenburg@x' e/backup; echo $?)" "0 0"
sqlite3 e/e.db "update employment set start_day = '2020-01-01', end_day = '2026-01-31'"
id=$("$wijzer" call erasure_ask_for $e who=anna.zwanenburg@x.example "why=By letter" --as pim@x.example 2>err | sed 's/[^0-9]//g')
"$wijzer" call erasure_settle $e "id=$id" decision=agreed --as petra@x.example >out 2>err; check "erased" "$?" 0
[ -z "$user" ] || { chown -R nobody e; }
timeout 6 "$wijzer" serve --demo --listen 127.0.0.1:0 ${user:+--user nobody} $e >out 2>err       # what an erasure leaves to jobs
[ -z "$user" ] || chown -R root e
"$wijzer" restore e/backup --replace $e >out 2>err; check "restored" "$?" 0; has "with who was erased" "1 erased earlier, and erased again" err
rm -f e/now; "$wijzer" backup e/now $e 2>err
check "nothing names her, a pseudonym stands in her place" "$(grep -qai 'zwanenburg' e/now; echo $?) $(grep -qa 'erased-' e/now; echo $?)" "1 0"
check "her log is empty, and her key is gone" "$(sqlite3 e/now 'select count(*) from journal_entry') $(sqlite3 e/e.db.keys/keys.db 'select count(*) from held') $(sqlite3 e/e.db.keys/keys.db 'select count(*) from ended')" "0 0 1"
"$wijzer" call xapi_statements_get $e version=2.0.0 statementId=11111111-1111-4111-8111-111111111111 --unprotected >out 2>err; check "it is found by its id" "$?" 0
has "said of nobody any more" "urn:wijzer:erased" out; check "and not of her" "$(grep -ci zwanenburg out)" 0
"$wijzer" call journal_entry_show $e id=1 --as anna.zwanenburg@x.example >out 2>err; check "and her entry opens for nobody" "$? $(grep -c Bakker out)" "4 0"
else
	echo "skipped: restoring who was erased, because sqlite3 is not there"
fi

# ---- a newer database, a damaged one, a locked one, a full disk ----
if command -v sqlite3 >/dev/null 2>&1; then
	cp demo.db newer.db
	sqlite3 newer.db "insert into schema_step (feature, number, title, checksum, taken) values ('people', 999, 'to come', 'x', 1)"
	"$wijzer" user list --db "sqlite:$work/newer.db" >out 2>err; check "a newer database is refused" "$?" 1; has "and says so" "newer" err
	cp demo.db locked.db
	(echo 'begin exclusive;'; echo '.shell touch locked'; echo '.shell sleep 14'; echo 'rollback;') | sqlite3 locked.db & holder=$!
	while [ ! -e locked ]; do sleep 0.1; done
	"$wijzer" user add --email z@x.example --name Z --role learning --db "sqlite:$work/locked.db" >out 2>err; check "a locked one is busy" "$? $(lines out)" "5 0"
	wait "$holder"
	cp demo.db broken.db
	sqlite3 broken.db "drop table session"
	sqlite3 broken.db "alter table account rename column name to nome"
	"$wijzer" user list --db "sqlite:$work/broken.db" >out 2>err; check "a fault is told from a refusal" "$? $(lines out)" "70 0"
else
	echo "skipped: newer, locked and damaged databases, because sqlite3 is not there"
fi
head -c 20000 /dev/urandom >noise.db
"$wijzer" user list --db "sqlite:$work/noise.db" >out 2>err; code=$?
check "a file that is no database is no crash" "$([ "$code" -ge 1 ] && [ "$code" -le 70 ] && echo refused) $(lines out)" "refused 0"

exit "$failed"
