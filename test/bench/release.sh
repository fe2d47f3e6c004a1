# release.sh - what every bench that serves begins with: a release built with $targets, in a folder of its own.
# Sets built (the release's benches), folder (removed at the end, with the server), WIJZER_DB and the keys beside it; w runs the program there, as nobody when root asks.
LC_ALL=C.UTF-8 LANG=C.UTF-8
export LC_ALL LANG
[ -f build-release/build.ninja ] || meson setup build-release --buildtype=release >/dev/null
# shellcheck disable=SC2086
ninja -C build-release wijzer ${targets:-} >/dev/null
built=$PWD/build-release/test/bench
folder=$(mktemp -d) server=''
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
cp build-release/wijzer "$folder/wijzer"
WIJZER_DB=${WIJZER_BENCH_DB:-sqlite:$folder/bench.db}
WIJZER_KEYS=$folder/keys WIJZER_KEY_FILE=$folder/bench.key
export WIJZER_DB WIJZER_KEYS WIJZER_KEY_FILE

# serve refuses to be root, so as root all is done by somebody who is nobody.
as=''
if [ "$(id -u)" = 0 ]; then
	chown -R nobody "$folder"
	as='setpriv --reuid=nobody --regid=nogroup --clear-groups'
fi
w() { (cd "$folder" && $as "$folder/wijzer" "$@" 2>>"$folder/said") || { tail -n 5 "$folder/said" >&2; exit 1; }; }
ticks() { awk '{ print $14 + $15 }' "/proc/$server/stat"; }
