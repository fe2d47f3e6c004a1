#!/bin/sh
# packages.sh - the Debian packages that building or testing needs; installs those that are not there.
#   sh tools/packages.sh build|test
set -eu
build="gcc libc6-dev meson ninja-build pkg-config curl
	libsqlite3-dev libpq-dev libsodium-dev libjansson-dev libssl-dev zlib1g-dev libzip-dev
	libcmark-dev libseccomp-dev libgsl-dev libcurl4-openssl-dev"
test="$build clang clang-tidy cppcheck libclang-rt-14-dev libcmocka-dev libglpk-dev postgresql-15 sqlite3 chromium nodejs npm wrk valgrind gcovr"
case "${1:-}" in
build) wanted=$build ;;
test) wanted=$test ;;
*) echo "usage: packages.sh build|test" >&2; exit 2 ;;
esac
missing=''
for p in $wanted; do
	case $p in
	# Node may come from elsewhere than Debian; what counts is that it runs.
	nodejs) command -v node >/dev/null 2>&1 && continue ;;
	npm) command -v npm >/dev/null 2>&1 && continue ;;
	esac
	dpkg-query -W -f='${Status}\n' "$p" 2>/dev/null | grep -q 'ok installed' || missing="$missing $p"
done
[ -n "$missing" ] || exit 0
echo "Installing:$missing" >&2
if [ "$(id -u)" = 0 ]; then root=''; else root=sudo; fi
export DEBIAN_FRONTEND=noninteractive
$root apt-get update -q >&2
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >&2
