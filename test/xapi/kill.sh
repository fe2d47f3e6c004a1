#!/bin/sh
# kill.sh - statements survive whatever ends the server: twenty kills of it (or as many as are said) on SQLite, and where WIJZER_TEST_POSTGRES
# names a server on PostgreSQL too, there also of the backends below it.
#   sh test/xapi/kill.sh BUILD [TIMES]
set -u
build=$(cd "$1" && pwd) times=${2:-} failed=0
[ -n "$times" ] || times=20
work=$(mktemp -d)
wijzer=$build/wijzer
user=''
[ "$(id -u)" != 0 ] || { user='--user nobody'; chown nobody "$work"; }
trap 'cd /; rm -rf "$work"' EXIT
cd "$work" || exit 1                                       # people's keys lie beside where it is served

# prepare URL: a database with credentials that may do everything
prepare() {
	"$wijzer" init --db "$1" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
	"$wijzer" user add --db "$1" --email privacy@x.example --name Privacy --role privacy >/dev/null 2>&1
	"$wijzer" xapi add --db "$1" --name Kill --scope all --purpose Counting >"$work/key" 2>/dev/null
	key=$(sed -n 's/^key=//p' "$work/key") secret=$(sed -n 's/^secret=//p' "$work/key")
	"$wijzer" xapi confirm "$key" --db "$1" --as privacy@x.example >/dev/null 2>&1
	[ "$(id -u)" != 0 ] || chown -R nobody "$work"
}

# run NAME URL TIMES [COMMAND]
run() {
	port=$(( 20000 + $$ % 20000 ))
	# shellcheck disable=SC2086
	if [ $# -gt 3 ]; then
		said=$("$build/test/bench/statement_kill" "$port" "$key" "$secret" "$3" -k "$4" -- "$wijzer" serve --db "$2" $user --listen "127.0.0.1:$port" 2>>"$work/serve.log")
	else
		said=$("$build/test/bench/statement_kill" "$port" "$key" "$secret" "$3" -- "$wijzer" serve --db "$2" $user --listen "127.0.0.1:$port" 2>>"$work/serve.log")
	fi
	if [ $? = 0 ]; then echo "ok: $1: $said"; else echo "FAILED: $1: $said"; tail -n 5 "$work/serve.log"; failed=1; fi
}

prepare "sqlite:$work/kill.db"
run sqlite "sqlite:$work/kill.db" "$times"
if [ -n "${WIJZER_TEST_POSTGRES:-}" ] && command -v psql >/dev/null; then
	name=wijzer_kill_$$
	url=$(printf '%s' "$WIJZER_TEST_POSTGRES" | sed "s|^\(postgres[a-z]*://[^/]*\)/[^?]*|\1/$name|")
	psql -q "$WIJZER_TEST_POSTGRES" -c "create database $name" || exit 1
	prepare "$url"
	run postgres "$url" "$times"
	run 'postgres backends' "$url" "$(( (times + 9) / 10 ))" "psql -q -t '$WIJZER_TEST_POSTGRES' -c \"select pg_terminate_backend(pid) from pg_stat_activity where datname = '$name'\" >/dev/null"
	psql -q "$WIJZER_TEST_POSTGRES" -c "drop database $name with (force)" >/dev/null 2>&1
else
	echo "skipped: WIJZER_TEST_POSTGRES names no server"
fi
exit "$failed"
