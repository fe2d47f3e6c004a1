#!/bin/sh
# first_figures.sh - the README's own data, from files to a first figure, and back out of a backup: first_figures.sh WIJZER EXAMPLES
set -eu
wijzer=$1 examples=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
WIJZER_DB=sqlite:$folder/wijzer.db LANG=C.UTF-8
export WIJZER_DB LANG
w() { "$wijzer" "$@" 2>>"$folder/said"; }
fail() { echo "failed: $*"; cat "$folder/said"; exit 1; }

w init || fail init
for kind in people skills roles ambitions; do
	w import $kind "$examples/$kind.csv" --unprotected >>"$folder/said" || fail "import $kind"
done
w import ratings "$examples/ratings.csv" --unprotected >/dev/null && fail "ratings were taken in without a basis"
w call basis_record_one purpose=ratings kind=informed day=2026-11-01 document="Brief, versie 1" scope="Leren en ontwikkelen" --unprotected >/dev/null || fail "the basis"
w import ratings "$examples/ratings.csv" --unprotected >>"$folder/said" || fail "import ratings"
w import ratings "$examples/ratings.csv" --unprotected | grep -q '^Nothing changed' || fail "the same ratings again changed something"

# Six work as what the skill is asked of; of five somebody else said something, and the one who only rated himself does not count.
w gap --by unit --unit Verhuur --unprotected --format csv >"$folder/gap.csv" || fail gap
grep -q '^Verhuur,Klantgesprekken,6,5,' "$folder/gap.csv" || { cat "$folder/gap.csv"; fail "the figures of Verhuur"; }
w gap --by person --unit Verhuur --unprotected --format csv >"$folder/person.csv" || fail "gap by person"
grep -q '^106,.*,not-known$' "$folder/person.csv" || { cat "$folder/person.csv"; fail "an unshared rating of one's own counted"; }

# The board gets the group and nobody's own figures.
w user add --email bo@example.nl --name Bo --role board >/dev/null || fail "user add"
w gap --by unit --unit Verhuur --as bo@example.nl --format csv | grep -q '^Verhuur,Klantgesprekken,6,5,' || fail "the board does not see a group of five"
[ "$(w gap --by person --as bo@example.nl --format csv 2>/dev/null | wc -l)" -le 1 ] || fail "the board sees persons"

w backup "$folder/backup.db" || fail backup
w verify "$folder/backup.db" >/dev/null || fail "the backup differs"
WIJZER_DB=sqlite:$folder/other.db
w restore "$folder/backup.db" || fail restore
w verify "$folder/backup.db" >/dev/null || fail "what was restored differs"
echo "passed"
