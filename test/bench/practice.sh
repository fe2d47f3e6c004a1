#!/bin/sh
# practice.sh - durable answers a second: many people practise at once at a served SQLite file; then the next card, a curve, and telling it.
#   practice.sh [PEOPLE CARDS CONNECTIONS [PORT]]      50 200 64 28090; each person answers each card once
# Every answer is a request of its own, and its reply comes after the commit is on the disk. Say beside the figures how busy the machine was: the first line does.
set -eu
cd "$(dirname "$0")/../.."
of=${1:-50} cards=${2:-200} connections=${3:-64} port=${4:-28090}
targets='test/bench/fsrs_bench' people=250 skills=24 ratings=250
. test/bench/organisation.sh
people=$of
figure() { printf '%-44s %s\n' "$1" "$2"; }
asked() {
	name=$1; shift
	before=$(ticks)
	said=$("$load" "127.0.0.1:$port" "$@") || { echo "$said"; exit 1; }
	cpu=$(( ($(ticks) - before) * 10000 ))
	figure "$name" "$(echo "$said" | awk -v cpu="$cpu" '{ printf "%s/s, p50 %s ms, p99 %s ms, max %s ms, %.0f us of the server each, %s failed", $6, $8, $10, $12, cpu / $2, $16 }')"
}

figure "machine" "$(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg)"
figure "practice" "$people people, $cards cards each, $connections connections"
w init
w import people "$folder/people.csv" --unprotected >/dev/null
w call basis_record_one purpose=practice kind=informed day=2026-01-01 document=bench scope=bench --unprotected >/dev/null
w user add --email l@bench.example --name L --role learning >/dev/null
w call deck_add name_en=Bench --as l@bench.example >/dev/null
{
	echo 'deck,question,answer'
	i=0; while [ "$i" -lt "$cards" ]; do echo "Bench,Question $i?,Answer $i"; i=$((i + 1)); done
} >"$folder/cards.csv"
chmod a+r "$folder/cards.csv"
w import cards "$folder/cards.csv" --as l@bench.example >/dev/null
p=1
: >"$folder/tokens"
while [ "$p" -le "$people" ]; do
	w user add --email "p$p@bench.example" --name "Persoon $p" --role employee >/dev/null
	w token add --as "p$p@bench.example" >>"$folder/tokens"
	p=$((p + 1))
done
awk -v cards="$cards" '{ token[NR] = $1 } END { for (k = 1; k <= cards; k++) for (p = 1; p <= NR; p++) printf "POST /practice/rate\tAuthorization: Bearer %s\t{\"card\":%d,\"turn\":0,\"rating\":%d}\n", token[p], k, 1 + (k * 7 + p) % 4 }' "$folder/tokens" >"$folder/answers"
awk '{ printf "GET /practice/now?more=1\tAuthorization: Bearer %s\n", $1 }' "$folder/tokens" >"$folder/next"
awk '{ printf "POST /decks/1/follow\tAuthorization: Bearer %s\t\n", $1 }' "$folder/tokens" >"$folder/follow"

$as "$folder/wijzer" serve --listen "127.0.0.1:$port" >"$folder/log" 2>&1 &
server=$!
until curl -fs -o /dev/null "http://127.0.0.1:$port/health"; do
	kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
done
asked "follow" "$folder/follow" -c 4 -t 1 -n "$people"
asked "answers, durable" "$folder/answers" -c "$connections" -t 2 -n $((people * cards))
figure "  of them kept, of one person" "$(w call practice_next --as p1@bench.example | grep -o '"answered":[0-9]*' | cut -d: -f2) of $cards"
asked "the same again, already answered" "$folder/answers" -c "$connections" -t 2 -n $((people * cards < 5000 ? people * cards : 5000))
asked "the next card" "$folder/next" -c 16 -t 2 -n 2000
figure "load at the end" "$(cut -d' ' -f1-3 /proc/loadavg)"
build-release/test/bench/fsrs_bench
