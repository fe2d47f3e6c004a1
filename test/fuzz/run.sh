#!/bin/sh
# run.sh - every fuzz target for some seconds, from its seeds; fails on the first finding and says where it lies.
#   sh test/fuzz/run.sh BUILD [SECONDS]      BUILD was configured with -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false
set -u
build=$1 seconds=${2:-10} failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
found=${WIJZER_FOUND:-$build/fuzz-found}
mkdir -p "$found"
any=''
for target in "$build"/test/fuzz/fuzz_*; do
	[ -f "$target" ] && [ -x "$target" ] || continue
	any=yes
	name=${target##*/fuzz_}
	mkdir -p "$work/$name"
	seeds=test/fuzz/seeds/$name
	[ -d "$seeds" ] || seeds=''
	# Two at a time would share the machine with nobody: they run one after another, on all of it.
	if "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$found/$name-" -print_final_stats=1 \
		"$work/$name" $seeds >"$work/$name.log" 2>&1; then
		echo "ok: $name, $(sed -n 's/^stat::number_of_executed_units: *//p' "$work/$name.log") inputs in $seconds s"
	else
		echo "FAILED: $name; what did it lies in $found"
		grep -E 'ERROR|SUMMARY|runtime error|Assertion' "$work/$name.log" | head -n 10
		tail -n 15 "$work/$name.log"
		failed=1
	fi
done
[ -n "$any" ] || { echo "FAILED: no fuzz target in $build/test/fuzz"; exit 1; }
exit "$failed"
