#!/bin/sh
# threads.sh - serves the demonstration built with ThreadSanitizer, lets readers and writers at it together, and fails on any report.
#   sh test/threads.sh [long]
set -u
seconds=10
[ -z "${1:-}" ] || seconds=60
build=build-tsan
work=$(mktemp -d)
server=''
finish() {
	[ -z "$server" ] || kill "$server" 2>/dev/null
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM
if [ ! -f $build/build.ninja ]; then
	meson setup $build -Db_sanitize=thread -Doptimization=1 -Db_lundef=false >"$work/setup.log" 2>&1 || { tail -n 20 "$work/setup.log"; exit 1; }
fi
ninja -C $build wijzer >"$work/build.log" 2>&1 || { grep -E 'error|FAILED' "$work/build.log" | head -n 20; exit 1; }
chmod 0755 "$work"
mkdir "$work/data"
as=''
if [ "$(id -u)" = 0 ]; then
	as="setpriv --reuid=nobody --regid=$(id -g nobody) --clear-groups"
	chown nobody "$work/data"
fi
cp $build/wijzer "$work/wijzer"
chmod 0755 "$work/wijzer"
TSAN_OPTIONS="halt_on_error=0 exitcode=66 log_path=$work/data/tsan second_deadlock_stack=1"
export TSAN_OPTIONS
db=sqlite:$work/data/demo.db
$as "$work/wijzer" demo --db "$db" 2>"$work/demo.log" || { cat "$work/demo.log"; exit 1; }

cd "$work/data" || exit 1
$as "$work/wijzer" serve --demo --listen 127.0.0.1:0 --db "$db" 2>"$work/serve.log" &
server=$!
port=''
n=0
until [ -n "$port" ]; do
	port=$(sed -n 's/.*event=serving port=\([0-9]*\).*/\1/p' "$work/serve.log")
	kill -0 "$server" 2>/dev/null || { cat "$work/serve.log"; exit 1; }
	n=$((n + 1))
	[ "$n" -lt 600 ] || { echo "it does not begin to serve"; cat "$work/serve.log"; exit 1; }
	sleep 0.1
done
at=http://127.0.0.1:$port

# Somebody of the demonstration: a jar with a session, by the form that the page offers.
enter() {
	csrf=$(curl -s -c "$1" -b "$1" "$at/sign-in" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
	curl -s -o /dev/null -w '%{http_code}' -c "$1" -b "$1" --data-urlencode "csrf=$csrf" --data-urlencode "email=$2" "$at/sign-in/demo"
}
people="youssef.elhamdi marieke.vanderveen noor.yildiz lilian.pinas"
for who in $people; do
	code=$(enter "$work/$who.jar" "$who@zilverwilg.example")
	[ "$code" = 303 ] || { echo "$who cannot sign in: $code"; exit 1; }
done

ends=$(($(date +%s) + seconds))
reader() {
	n=0
	while [ "$(date +%s)" -lt "$ends" ]; do
		for page in "" skills my-skills strategy gap trust people health metrics gap.csv; do
			curl -s -o /dev/null -b "$work/$1.jar" "$at/$page"
			n=$((n + 1))
		done
	done
	echo "$n" >>"$work/read"
}
writer() {
	n=0
	while [ "$(date +%s)" -lt "$ends" ]; do
		csrf=$(curl -s -b "$work/$1.jar" "$at/account" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
		code=$(curl -s -o /dev/null -w '%{http_code}' -b "$work/$1.jar" --data-urlencode "csrf=$csrf" -d language=nl "$at/account/language")
		[ "$code" = 303 ] && n=$((n + 1))
		# A wrong password hashes on another thread and is kept.
		enter "$work/guess.$1" nobody@x.example >/dev/null
		csrf=$(curl -s -c "$work/g.$1" -b "$work/g.$1" "$at/sign-in" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
		curl -s -o /dev/null -b "$work/g.$1" --data-urlencode "csrf=$csrf" -d "email=$1@x.example&password=wrong-wrong-wrong" "$at/sign-in"
	done
	echo "$n" >>"$work/written"
}
jobs=''
for who in $people; do
	reader "$who" & jobs="$jobs $!"
	writer "$who" & jobs="$jobs $!"
done
if command -v wrk >/dev/null 2>&1; then
	session=$(sed -n 's/.*\twijzer\t\(.*\)/\1/p' "$work/noor.yildiz.jar")
	wrk -t2 -c8 -d"${seconds}s" -H "Cookie: wijzer=$session" "$at/my-skills" >"$work/wrk.log" 2>&1 & jobs="$jobs $!"
fi
for j in $jobs; do wait "$j"; done
kill -TERM "$server"
wait "$server"
code=$?
server=''
total() { [ -f "$1" ] && awk '{ n += $1 } END { print n + 0 }' "$1" || echo 0; }
echo "$(total "$work/read") pages read by curl, $(sed -n 's/ *\([0-9]*\) requests in.*/\1/p' "$work/wrk.log" 2>/dev/null) by wrk, $(total "$work/written") forms written in $seconds s"
if ls "$work"/data/tsan* >/dev/null 2>&1; then
	cat "$work"/data/tsan* | head -n 120
	exit 1
fi
[ "$code" = 0 ] || { echo "the server ended with $code"; tail -n 20 "$work/serve.log"; exit 1; }
[ "$(total "$work/written")" -gt 0 ] && [ "$(total "$work/read")" -gt 0 ] || { echo "nothing was written or read"; tail -n 20 "$work/serve.log"; exit 1; }
