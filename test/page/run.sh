#!/bin/sh
# run.sh - looks at every page in a browser: run.sh BINARY. What is looked at and why: README.md.
# Prints ok, FAILED or skipped for every check and ends with "N passed, N failed, N skipped".
set -eu
here=$(cd "$(dirname "$0")" && pwd)
[ $# = 1 ] || { echo "run.sh BINARY" >&2; exit 2; }
binary=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$here"

leave() { echo "skipped: $1"; echo "0 passed, 0 failed, 1 skipped"; exit 0; }
command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || leave "pages: node and npm are not installed"
WIJZER_CHROMIUM=${WIJZER_CHROMIUM:-/usr/bin/chromium}; export WIJZER_CHROMIUM
[ -x "$WIJZER_CHROMIUM" ] || leave "pages: $WIJZER_CHROMIUM is not installed"

# The three packages are fetched once; what is there and right is not fetched again.
if ! cmp -s package-lock.json node_modules/.lock-used 2>/dev/null; then
	npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1 || { tail -n 5 npm.log; leave "pages: npm cannot fetch the packages of test/page"; }
	cp package-lock.json node_modules/.lock-used
fi
rm -f npm.log

exec node "${WIJZER_PAGE_SUITE:-all.mjs}" "$binary"
