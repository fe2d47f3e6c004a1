#!/bin/sh
# shell.sh - importing from a terminal: exit codes, what goes to which stream, --rejects, and a death in the middle.
set -u
wijzer=$(realpath "$1") work=$(mktemp -d) failed=0
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
LANG=C WIJZER_DB=sqlite:$work/test.db
export LANG WIJZER_DB

check() { if [ "$2" = "$3" ]; then echo "ok: $1"; else echo "FAILED: $1: expected '$3', got '$2'"; failed=1; fi; }
# Of today; with left=1 of ever.
people() { "$wijzer" call people_list "$@" --unprotected | sed 's/.*"people":\([0-9]*\),"teams":\([0-9]*\).*/\1/'; }
teams() { "$wijzer" call people_list --unprotected | sed 's/.*"people":\([0-9]*\),"teams":\([0-9]*\).*/\2/'; }

cat >people.csv <<'END'
person_id,name,unit,role,start
1,Anna,Wonen,Adviseur,2020-01-01
2,Bert,Wonen,Adviseur,2020-01-01
END
printf '3,Cem,,Adviseur,2020-01-01\n' | cat people.csv - >wrong.csv

"$wijzer" init 2>/dev/null
"$wijzer" import people people.csv >out 2>err; check "nobody may" "$?" 4
check "and learns how" "$(grep -c -- --unprotected err)" 1
"$wijzer" import 2>/dev/null; check "a kind is needed" "$?" 2
"$wijzer" import people none.csv --unprotected 2>/dev/null; check "a file that is not there" "$?" 3
"$wijzer" import people people.csv --dry-run --unprotected >out 2>err; check "a dry run" "$? $(people)" "0 0"
check "says what would be" "$(cat out)" "Would be: 2 added, 0 changed, 0 the same, 0 ended, 0 left out. Nothing was changed."
"$wijzer" import people wrong.csv --unprotected >out 2>err; check "one wrong row takes nothing" "$? $(people)" "1 0"
check "and is told with its place" "$(grep -c 'wrong.csv, line 4, column "unit"' err)" 1
"$wijzer" import people wrong.csv --rejects left.csv --unprotected >out 2>err; check "unless without it" "$? $(people)" "0 2"
check "it is set apart" "$(wc -l <left.csv | tr -d ' ') $(cut -d, -f1 left.csv | tail -n 1)" "2 3"
"$wijzer" import people people.csv --unprotected >out 2>/dev/null; check "the same again" "$(cat out)" "Nothing changed: all lines were so already (2)."
printf 'person_id,name,unit,role,shoe size\n1,Anna,Wonen,Adviseur,38\n' >shoes.csv
"$wijzer" import people shoes.csv --dry-run --unprotected >out 2>err; check "a column that no field has is refused by name" "$? $(grep -c 'shoes.csv, line 1:.*"shoe size"' err)" "1 1"
printf 'person_id = column "person_id"\nname = column "name"\nunit = column "unit"\nrole = column "role"\n' >shoes.map
"$wijzer" import people shoes.csv --map shoes.map --dry-run --unprotected >out 2>err; check "unless a mapping says what is read" "$?" 0
printf '4,Dre,Wonen,Adviseur,,4,none\n' | { echo 'person_id,name,unit,role,start,line,reason'; cat; } >mended.csv
"$wijzer" import people mended.csv --dry-run --unprotected >out 2>err; check "and what a file of rejects adds" "$?" 0
head -n 2 people.csv >one.csv
"$wijzer" import people one.csv --complete --unprotected >out 2>err; check "complete asks first" "$? $(grep -c -- '--confirm 1' err)" "1 1"
"$wijzer" import people one.csv --complete --confirm 1 --unprotected >out 2>err; check "and ends what was confirmed" "$? $(people) $(people left=1)" "0 1 2"
"$wijzer" import undo 3 --unprotected >out 2>err; check "and can be taken back" "$? $(people) $(people left=1)" "0 2 2"
"$wijzer" import people people.csv --confirm 1 --unprotected 2>/dev/null; check "confirm goes with complete" "$?" 2
printf 'person_id,name,unit,role\n9,Eva,Wonen,Adviseur\n' >eva.csv
"$wijzer" import people eva.csv --rejects /dev/full --unprotected >out 2>err; check "a full disk for the rejects changes nothing" "$? $(people)" "1 2"

# Killed at any moment: nobody of the file is there, or everybody.
{ echo 'person_id,name,unit,role'; i=100; while [ $i -lt 20100 ]; do echo "$i,Name $i,Unit $((i % 50)),Role"; i=$((i + 1)); done; } >many.csv
for wait in 0.01 0.03 0.06 0.1 0.15 0.2 0.3 0.4; do
	"$wijzer" import people many.csv --unprotected >/dev/null 2>&1 &
	pid=$!
	sleep $wait
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	n=$(people)
	case $n in 2 | 20002) ;; *) check "kill -9 after $wait s" "$n" "2 or 20002" ;; esac
done
"$wijzer" import people many.csv --unprotected >/dev/null 2>&1; check "and the next import is whole" "$? $(people)" "0 20002"

data=$WIJZER_SOURCE/../shared/data/ratings/insteval.csv
if [ -f "$data" ]; then
	WIJZER_DB=sqlite:$work/insteval.db
	"$wijzer" init 2>/dev/null
	"$wijzer" import people "$data" --map "$WIJZER_SOURCE/share/mappings/insteval-people.map" --unprotected >out 2>/dev/null
	check "the lecturers of InstEval" "$? $(people) $(teams)" "0 1128 14"
	"$wijzer" import people "$data" --map "$WIJZER_SOURCE/share/mappings/insteval-people.map" --unprotected >out 2>/dev/null
	check "and again" "$(cat out)" "Nothing changed: all lines were so already (73421)."
else
	echo "skipped: no shared data"
fi
exit $failed
