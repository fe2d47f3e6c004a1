#!/bin/sh
# instructions.sh - how many instructions the server spends on a request, counted by callgrind: a figure that no other work on the machine blurs.
#   instructions.sh [PEOPLE SKILLS RATINGS [PORT]]      1000 50 50000 28081; with WIJZER_BENCH_KEEP=FOLDER callgrind's files stay there, for callgrind_annotate
# Needs valgrind. Prints a line a request: the mean of a hundred, after twenty that nobody counts.
set -eu
cd "$(dirname "$0")/../.."
people=${1:-1000} skills=${2:-50} ratings=${3:-50000} port=${4:-28081} times=100
. test/bench/organisation.sh

w init
for kind in people skills roles ambitions; do w import $kind "$folder/$kind.csv" --unprotected >/dev/null; done
w call basis_record_one purpose=ratings kind=informed day=2026-01-01 document=bench scope=bench --unprotected >/dev/null
w import ratings "$folder/ratings.csv" --unprotected >/dev/null

# The dumps come when callgrind is told to, so the server's own folder must take them.
(cd "$folder" && exec $as valgrind --tool=callgrind --callgrind-out-file="$folder/out" --separate-threads=no \
	"$folder/wijzer" serve --listen "127.0.0.1:$port") >"$folder/log" 2>&1 &
server=$!
until curl -fs -o /dev/null "http://127.0.0.1:$port/health"; do
	kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
	sleep 0.2
done

session() {
	link=$(w user link --email "$1")
	url=http://127.0.0.1:$port/link/${link##*/}
	form=$(curl -s -c "$folder/jar" "$url" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p')
	curl -s -o /dev/null -b "$folder/jar" -c "$folder/jar" --data-urlencode "csrf=$form" "$url"
	awk '$6 == "wijzer" { print "wijzer=" $7 }' "$folder/jar"
}
w user add --email p100@bench.example --name "Persoon 100" --role employee >/dev/null
w user add --email l@bench.example --name L --role learning >/dev/null
token=$(w token add --as p100@bench.example)
printf 'GET /sign-in\n' >"$folder/sign-in"
printf 'GET /my-skills\tCookie: %s\n' "$(session p100@bench.example)" >"$folder/own"
printf 'GET /gap\tCookie: %s\n' "$(session l@bench.example)" >"$folder/map"
for s in $($as "$folder/wijzer" call my_skills --as p100@bench.example 2>/dev/null | grep -o '"skill":[0-9]*' | sort -u | cut -d: -f2); do
	printf 'POST /ratings\tAuthorization: Bearer %s\t{"skill":%s,"level":3}\n' "$token" "$s"
done >"$folder/rating"

n=0
for page in sign-in own map rating; do
	"$load" "127.0.0.1:$port" "$folder/$page" -c 1 -t 1 -n 20 >/dev/null
	$as callgrind_control -z "$server" >/dev/null 2>&1
	"$load" "127.0.0.1:$port" "$folder/$page" -c 1 -t 1 -n $times >/dev/null
	$as callgrind_control -d "$server" >/dev/null 2>&1
	n=$((n + 1))
	printf '%-12s %12s instructions a request\n' "$page" "$(awk -v n=$times '/^(totals|summary):/ { t = $2 } END { printf "%.0f", t / n }' "$folder/out.$n")"
	[ -z "${WIJZER_BENCH_KEEP:-}" ] || cp "$folder/out.$n" "$WIJZER_BENCH_KEEP/callgrind.$page"
done
