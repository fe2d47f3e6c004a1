#!/bin/sh
# run.sh - clients that others wrote, against a served Wijzer: run.sh BINARY.
# Prints ok, FAILED or skipped for every check and ends with "N passed, N failed, N skipped".
set -eu
here=$(cd "$(dirname "$0")" && pwd)
[ $# = 1 ] || { echo "run.sh BINARY" >&2; exit 2; }
binary=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$here"

leave() { echo "skipped: $1"; echo "0 passed, 0 failed, 1 skipped"; exit 0; }
command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || leave "xAPI clients: node and npm are not installed"
if ! cmp -s package-lock.json node_modules/.lock-used 2>/dev/null; then
	npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1 || { tail -n 5 npm.log; leave "xAPI clients: npm cannot fetch the packages of test/clients"; }
	cp package-lock.json node_modules/.lock-used
fi
rm -f npm.log
exec node clients.mjs "$binary"
