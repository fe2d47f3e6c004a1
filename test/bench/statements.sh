#!/bin/sh
# statements.sh - how fast statements come in and are found: builds a release, serves an empty database, sends, asks.
#   statements.sh [STATEMENTS [PORT]]      1000000 28081; WIJZER_BENCH_DB=postgresql://… measures that, which must be empty
# A line a figure. `processor` is the server's own time, user and kernel, of all its threads; on PostgreSQL that of its own processes is not in it.
set -eu
cd "$(dirname "$0")/../.."
count=${1:-1000000} port=${2:-28081}
targets='test/bench/statement_load test/bench/statement_ask'
. test/bench/release.sh
figure() { printf '%-36s %s\n' "$1" "$2"; }
memory() { sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$server/status" | awk '{ printf "%.1f MB", $1 / 1024 }'; }
written() { awk '/^write_bytes/ { print $2 }' "/proc/$server/io" 2>/dev/null || echo 0; }

w init >/dev/null
w user add --email privacy@x.example --name Privacy --role privacy >/dev/null
w xapi add --name Bench --scope all --purpose Bench >"$folder/key"
key=$(sed -n 's/^key=//p' "$folder/key") secret=$(sed -n 's/^secret=//p' "$folder/key")
w xapi confirm "$key" --as privacy@x.example >/dev/null
(cd "$folder" && exec $as "$folder/wijzer" serve --listen "127.0.0.1:$port" >"$folder/log" 2>&1) &
server=$!
until curl -fs -o /dev/null "http://127.0.0.1:$port/health"; do
	kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
	sleep 0.1
done

# send NAME arguments: what statement_load says, with the server's processor time and what it wrote for each statement
send() {
	name=$1; shift
	before=$(ticks) bytes=$(written)
	said=$("$built/statement_load" "$port" "$key" "$secret" "$@") || { echo "$said"; exit 1; }
	cpu=$(( ($(ticks) - before) * 10000 )) bytes=$(( $(written) - bytes ))
	figure "$name" "$(echo "$said" | tr '=' ' ' | awk -v cpu="$cpu" -v bytes="$bytes" '{ printf "%d in %s s: %d/s, p50 %s ms, p99 %s ms; processor %.1f us, disk %.1f KB each", $2, $4, $6, $8, $10, cpu / $2, bytes / $2 / 1024 }')"
}
size() { [ ! -f "$folder/bench.db" ] || figure "  database" "$(du -m "$folder/bench.db" | cut -f1) MB, log $(du -m "$folder/bench.db-wal" | cut -f1) MB"; }

figure "machine" "$(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg)"
part=$(( count < 1000000 ? count : 1000000 ))
sent=0
while [ "$sent" -lt "$count" ]; do
	send "batches of 50, eight at once" -n "$part"
	sent=$(( sent + part ))
	size
	figure "  memory" "$(memory)"
done
send "the same, each with a registration" -n 20000 -r 1
send "single ones, 64 at once" -n 50000 -b 1 -c 64
figure "after $sent, limit 100" ""
"$built/statement_ask" "$port" "$key" "$secret" 500 | sed 's/^/  /'
figure "memory at the end" "$(memory)"
