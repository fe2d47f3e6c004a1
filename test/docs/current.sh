#!/bin/sh
# current.sh - are docs/operations.md and docs/openapi.json what the program prints? current.sh WIJZER SOURCE [--renew]
set -eu
wijzer=$1 docs=$2/docs
if [ "${3:-}" = --renew ]; then
	"$wijzer" operations >"$docs/operations.md"
	"$wijzer" openapi >"$docs/openapi.json"
	exit 0
fi
now=$(mktemp -d)
trap 'rm -rf "$now"' EXIT
"$wijzer" operations >"$now/operations.md"
"$wijzer" openapi >"$now/openapi.json"
[ -s "$now/operations.md" ] && [ -s "$now/openapi.json" ] || { echo "the program prints nothing"; exit 1; }
code=0
for page in operations.md openapi.json; do
	diff -u "$docs/$page" "$now/$page" >"$now/difference" && continue
	head -n 20 "$now/difference" | cut -c 1-300
	echo "docs/$page is not what the program prints; renew it with: sh test/docs/current.sh build/wijzer . --renew"
	code=1
done
exit $code
