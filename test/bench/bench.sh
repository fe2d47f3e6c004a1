#!/bin/sh
# bench.sh - the figures of docs/performance.md: builds a release, makes an organisation, takes it in, serves it, asks.
#   bench.sh [PEOPLE SKILLS RATINGS [PORT]]      5000 50 250000 28080; WIJZER_BENCH_DB=postgresql://… measures that, which must be empty
# Prints a line a figure. Say beside them how busy the machine was: the first line does.
set -eu
cd "$(dirname "$0")/../.."
people=${1:-5000} skills=${2:-50} ratings=${3:-250000} port=${4:-28080} seconds=5
. test/bench/organisation.sh
now() { date +%s%N; }
figure() { printf '%-44s %s\n' "$1" "$2"; }
# Seconds, and of these the processor's: on a busy machine the second says more. `times` counts for this shell, so it is not asked in another.
timed() {
	name=$1; shift
	from=$(now)
	times >"$folder/before"
	w "$@" >/dev/null
	until=$(now)
	times >"$folder/after"
	worked=$(cat "$folder/before" "$folder/after" | awk 'NR % 2 == 0 { gsub("s", ""); split($1, a, "m"); split($2, b, "m"); n[NR] = 60 * (a[1] + b[1]) + a[2] + b[2] } END { print n[4] - n[2] }')
	figure "$name" "$(awk -v a="$from" -v b="$until" -v c="$worked" 'BEGIN { printf "%.2f s, of the processor %.2f s", (b - a) / 1e9, c }')"
}

figure "machine" "$(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg)"
figure "organisation" "$people people, $skills skills, $ratings ratings"
w init
timed "import people ($people)" import people "$folder/people.csv" --unprotected
w import skills "$folder/skills.csv" --unprotected >/dev/null
w import roles "$folder/roles.csv" --unprotected >/dev/null
w import ambitions "$folder/ambitions.csv" --unprotected >/dev/null
w call basis_record_one purpose=ratings kind=informed day=2026-01-01 document=bench scope=bench --unprotected >/dev/null

serve() {
	from=$(now)
	$as "$folder/wijzer" serve --listen "127.0.0.1:$port" >"$folder/log" 2>&1 &
	server=$!
	until curl -fs -o /dev/null "http://127.0.0.1:$port/health"; do
		kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
	done
	until=$(now)
}
memory() { sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$server/status" | awk '{ printf "%.1f MB", $1 / 1024 }'; }

# Somebody who keeps rating while millions come in: twenty calls, a pause, again.
serve
ratings_of() {
	w user add --email "p$1@bench.example" --name "Persoon $1" --role employee >/dev/null
	token=$(w token add --as "p$1@bench.example")
	skills_of=$($as "$folder/wijzer" call my_skills --as "p$1@bench.example" 2>/dev/null | grep -o '"skill":[0-9]*' | sort -u | cut -d: -f2)
	[ -n "$skills_of" ] || { echo "no skills of one's own" >&2; exit 1; }
	for level in 1 2 3 4 5; do
		for s in $skills_of; do printf 'POST /ratings\tAuthorization: Bearer %s\t{"skill":%s,"level":%s}\n' "$token" "$s" "$level"; done
	done
}
ratings_of 200 >"$folder/ratings"
: >"$folder/going"
(while [ -f "$folder/going" ]; do "$load" "127.0.0.1:$port" "$folder/ratings" -c 1 -t 1 -n 20; sleep 0.5; done) >"$folder/beside" 2>&1 &
beside=$!
timed "import ratings ($ratings)" import ratings "$folder/ratings.csv" --unprotected
rm "$folder/going"
wait "$beside" || { cat "$folder/beside" >&2; exit 1; }
figure "  other writes meanwhile" "$(awk '{ n += $2; if ($10 > p) p = $10; if ($12 > m) m = $12 } END { printf "%d, the slowest waited %.0f ms", n, m }' "$folder/beside")"
kill "$server"; wait "$server" 2>/dev/null || true
timed "  the same again, no change" import ratings "$folder/ratings.csv" --unprotected
timed "gap by unit, cold, from the shell" gap --by unit --unprotected --format csv

serve
figure "start to /health 200" "$(awk -v a="$from" -v b="$until" 'BEGIN { printf "%.3f s", (b - a) / 1e9 }')"
figure "memory after start" "$(memory)"

# A session: the one-time link's page has the form's token; its button signs in.
session() {
	link=$(w user link --email "$1")
	url=http://127.0.0.1:$port/link/${link##*/}
	form=$(curl -s -c "$folder/jar" "$url" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p')
	curl -s -o /dev/null -b "$folder/jar" -c "$folder/jar" --data-urlencode "csrf=$form" "$url"
	awk '$6 == "wijzer" { print "wijzer=" $7 }' "$folder/jar"
}
: >"$folder/own" ; : >"$folder/map" ; : >"$folder/gap"
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
	p=$((people * i / 20))
	w user add --email "p$p@bench.example" --name "Persoon $p" --role employee >/dev/null
	printf 'GET /my-skills HTTP\tCookie: %s\n' "$(session "p$p@bench.example")" | sed 's/ HTTP//' >>"$folder/own"
	w user add --email "l$i@bench.example" --name "L $i" --role learning >/dev/null
	cookie=$(session "l$i@bench.example")
	printf 'GET /gap\tCookie: %s\n' "$cookie" >>"$folder/map"
done
printf 'GET /sign-in\n' >"$folder/sign-in"

ask() {
	name=$1; shift
	before=$(ticks)
	said=$("$load" "127.0.0.1:$port" "$@") || { echo "$said"; exit 1; }
	cpu=$(( ($(ticks) - before) * 10000 ))
	figure "$name" "$(echo "$said" | awk -v cpu="$cpu" '{ printf "%s/s, p50 %s ms, p99 %s ms, %s bytes, %.0f us of the server a request", $6, $8, $10, $14, cpu / $2 }')"
}
for page in sign-in own map; do
	"$load" "127.0.0.1:$port" "$folder/$page" -c 1 -t 1 -n 20 >/dev/null
	ask "GET $page" "$folder/$page" -c 16 -t 2 -d "$seconds"
done
figure "memory after reading" "$(memory)"

timed "import 1,000 people beside the server" import people "$folder/more_people.csv" --unprotected
timed "import 1,000 ratings beside the server" import ratings "$folder/more_ratings.csv" --unprotected
"$load" "127.0.0.1:$port" "$folder/map" -c 1 -t 1 -n 1 | awk '{ printf "%-44s %s ms\n", "first heat map after a write", $12 }'

# A thousand ratings of one's own, one call after the other, each durable before the next.
ratings_of 100 >"$folder/ratings"
ask "1,000 ratings, single calls in a row" "$folder/ratings" -c 1 -t 1 -n 1000
ask "1,000 ratings, 16 at once" "$folder/ratings" -c 16 -t 2 -n 1000
figure "memory at the end" "$(memory)"
