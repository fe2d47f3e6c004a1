#!/bin/sh
# run.sh - every fuzz target for some seconds, from its seeds; fails when one finds something and says where it lies.
#   sh test/fuzz/run.sh BUILD [SECONDS]      BUILD was configured with -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false
# As many targets at a time as there are processors: a target uses one.
set -u
build=$1 seconds=${2:-10}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
found=${WIJZER_FOUND:-$build/fuzz-found}
mkdir -p "$found"

# one TARGET: says its verdict; $work/failed appears when it found something
one() {
	name=${1##*/fuzz_}
	mkdir -p "$work/$name"
	seeds=test/fuzz/seeds/$name
	[ -d "$seeds" ] || seeds=''
	# shellcheck disable=SC2086
	if "$1" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$found/$name-" -print_final_stats=1 \
		"$work/$name" $seeds >"$work/$name.log" 2>&1; then
		echo "ok: $name, $(sed -n 's/^stat::number_of_executed_units: *//p' "$work/$name.log") inputs in $seconds s"
	else
		: >"$work/failed"
		echo "FAILED: $name; what did it lies in $found"
		grep -E 'ERROR|SUMMARY|runtime error|Assertion' "$work/$name.log" | head -n 10
		tail -n 15 "$work/$name.log"
	fi
}

at_once=$(nproc) running=0 any=''
for target in "$build"/test/fuzz/fuzz_*; do
	[ -f "$target" ] && [ -x "$target" ] || continue
	any=yes
	one "$target" &
	running=$((running + 1))
	if [ "$running" -ge "$at_once" ]; then wait; running=0; fi
done
wait
[ -n "$any" ] || { echo "FAILED: no fuzz target in $build/test/fuzz"; exit 1; }
[ ! -e "$work/failed" ]
