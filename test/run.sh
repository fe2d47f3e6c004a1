#!/bin/sh
# run.sh - the whole of ./check after its packages are there: builds, a private PostgreSQL, the suites, the count.
set -eu
long=${1:-}
[ -z "$long" ] || { WIJZER_LONG=yes; export WIJZER_LONG; }
top=$PWD work=$(mktemp -d)
chmod 0755 "$work"
server='' passed=0 failed=0 skipped=0
jobs=$(nproc)
runner=''
[ "$(id -u)" != 0 ] || runner="setpriv --reuid=postgres --regid=postgres --clear-groups"

finish() {
	[ -z "$server" ] || $runner "$server/pg_ctl" -D "$work/pg/data" -m immediate stop >/dev/null 2>&1 || true
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

step() { printf '\n== %s\n' "$*"; }

# One line per check of this script; suites count their own.
verdict() {
	if [ "$1" = 0 ]; then passed=$((passed + 1)); echo "ok: $2"; else failed=$((failed + 1)); echo "FAILED: $2"; fi
}
skip() { skipped=$((skipped + 1)); echo "skipped: $1"; }

# A PostgreSQL of our own, as an unprivileged user on a socket; the system's is never touched.
postgres_start() {
	server=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
	[ -n "$server" ] || return 1
	mkdir "$work/pg"
	[ -z "$runner" ] || chown postgres "$work/pg"
	$runner "$server/initdb" -D "$work/pg/data" -U wijzer --auth=trust --encoding=UTF8 --locale=C.UTF-8 >"$work/initdb.log" 2>&1 || return 1
	$runner "$server/pg_ctl" -D "$work/pg/data" -w -l "$work/pg/log" -o "-c listen_addresses='' -c unix_socket_directories='$work/pg' -c fsync=off -c max_connections=200" start >/dev/null 2>&1 || return 1
	WIJZER_TEST_POSTGRES="postgresql:///postgres?host=$work/pg&user=wijzer"
	export WIJZER_TEST_POSTGRES
}

# meson's own report, a test a line; a suite that printed "skipped:" counts as skipped where it says so.
suites() {
	build=$1 label=$2
	shift 2
	step "Tests, $label"
	meson test -C "$build" --no-rebuild --print-errorlogs --num-processes "$jobs" "$@" >"$work/$label.log" 2>&1 && code=0 || code=$?
	grep -E '^ *[0-9]+/[0-9]+ ' "$work/$label.log" || tail -n 40 "$work/$label.log"
	[ "$code" = 0 ] || sed -n '/^Summary of Failures/,$p;/stderr/,/===/p' "$work/$label.log" | tail -n 200
	p=$(sed -n 's/^Ok: *//p' "$work/$label.log") f=$(sed -n 's/^Fail: *//p' "$work/$label.log")
	s=$(sed -n 's/^Skipped: *//p' "$work/$label.log") t=$(sed -n 's/^Timeout: *//p' "$work/$label.log")
	[ -n "$p" ] || f=1
	passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0} + ${t:-0})) skipped=$((skipped + ${s:-0}))
	# Why something was skipped inside a suite that otherwise ran.
	grep -hE '^skipped: ' "$build"/meson-logs/testlog.txt | sort -u || true
}

step "Starting a private PostgreSQL"
if postgres_start; then echo "ok"; else unset WIJZER_TEST_POSTGRES || true; cat "$work/initdb.log" 2>/dev/null || true; verdict 1 "a private PostgreSQL starts"; fi

configure() {
	[ -f "$1/build.ninja" ] || meson setup "$@" >"$work/setup.log" 2>&1 || { tail -n 20 "$work/setup.log"; verdict 1 "configure $1"; return 1; }
}

step "Building with gcc, AddressSanitizer and UndefinedBehaviorSanitizer"
configure build-asan -Dwerror=true -Db_sanitize=address,undefined -Doptimization=1
if ninja -C build-asan all meson-test-prereq >"$work/asan.log" 2>&1; then
	verdict 0 "gcc builds without a warning"
	suites build-asan sanitized
else
	grep -E 'error|FAILED' "$work/asan.log" | head -n 40
	verdict 1 "gcc builds without a warning"
fi

step "Building with clang"
CC=clang
export CC
configure build-clang -Dwerror=true -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false -Doptimization=1
unset CC
if ninja -C build-clang >"$work/clang.log" 2>&1; then verdict 0 "clang builds without a warning"; else grep -E 'error|FAILED' "$work/clang.log" | head -n 40; verdict 1 "clang builds without a warning"; fi

if [ -f test/fuzz/run.sh ]; then
	step "Fuzzing"
	sh test/fuzz/run.sh build-clang "${long:+300}" && code=0 || code=$?
	verdict "$code" "fuzz targets find nothing"
fi

if [ -f test/xapi/kill.sh ]; then
	step "Ending the server while it takes statements"
	bash test/xapi/kill.sh build-clang "${long:+500}" && code=0 || code=$?
	verdict "$code" "what was acknowledged is there, once and whole"
fi
if [ -f test/threads.sh ]; then
	step "Threads under load"
	sh test/threads.sh "$long" && code=0 || code=$?
	verdict "$code" "ThreadSanitizer finds nothing under load"
fi

if [ -f test/clients/run.sh ]; then
	step "Clients that others wrote"
	sh test/clients/run.sh build-asan/wijzer >"$work/clients.log" 2>&1 && code=0 || code=$?
	cat "$work/clients.log"
	last=$(tail -n 1 "$work/clients.log")
	case $last in
	*passed,*failed,*skipped*)
		set -- $(printf '%s' "$last" | tr -dc '0-9 ')
		passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3)) ;;
	*) verdict 1 "xAPI clients" ;;
	esac
fi

if [ -f test/page/run.sh ]; then
	step "Pages in a browser"
	sh test/page/run.sh build-asan/wijzer >"$work/page.log" 2>&1 && code=0 || code=$?
	cat "$work/page.log"
	last=$(tail -n 1 "$work/page.log")
	case $last in
	*passed,*failed,*skipped*)
		set -- $(printf '%s' "$last" | tr -dc '0-9 ')
		passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3)) ;;
	*) verdict 1 "pages in a browser" ;;
	esac
fi

printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" = 0 ]
