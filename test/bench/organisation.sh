# organisation.sh - what bench.sh and instructions.sh begin with: a release, and an organisation of $people, $skills and $ratings written as files beside it.
targets="${targets:-} test/bench/load test/bench/make_organisation"
. test/bench/release.sh
load=$built/load
"$built/make_organisation" "$folder" "$people" "$skills" "$ratings"
[ -z "$as" ] || chown -R nobody "$folder"
