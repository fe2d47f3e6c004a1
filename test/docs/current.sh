#!/bin/sh
# current.sh - are docs/operations.md, docs/openapi.json and the list in docs/privacy.md what the program prints? current.sh WIJZER SOURCE [--renew]
set -eu
wijzer=$1 docs=$2/docs
# docs/privacy.md with the list of kinds between its two marks as the program prints it now
privacy() {
	sed '/^<!-- wijzer kinds -->$/q' "$docs/privacy.md"
	"$wijzer" kinds --language en
	sed -n '/^<!-- end of wijzer kinds -->$/,$p' "$docs/privacy.md"
}
if [ "${3:-}" = --renew ]; then
	"$wijzer" operations >"$docs/operations.md"
	"$wijzer" openapi >"$docs/openapi.json"
	privacy >"$docs/privacy.new" && mv "$docs/privacy.new" "$docs/privacy.md"
	exit 0
fi
now=$(mktemp -d)
trap 'rm -rf "$now"' EXIT
"$wijzer" operations >"$now/operations.md"
"$wijzer" openapi >"$now/openapi.json"
privacy >"$now/privacy.md"
grep -q '^| \*\*' "$now/privacy.md" || { echo "docs/privacy.md has no list of what is kept"; exit 1; }
[ -s "$now/operations.md" ] && [ -s "$now/openapi.json" ] || { echo "the program prints nothing"; exit 1; }
code=0
for page in operations.md openapi.json privacy.md; do
	diff -u "$docs/$page" "$now/$page" >"$now/difference" && continue
	head -n 20 "$now/difference" | cut -c 1-300
	echo "docs/$page is not what the program prints; renew it with: sh test/docs/current.sh build/wijzer . --renew"
	code=1
done
exit $code
