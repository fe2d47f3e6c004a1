#!/bin/sh
# shots.sh - makes the pictures of docs/shots from a fresh demonstration: shots.sh BINARY. Not a test: run it when the look has changed.
WIJZER_PAGE_SUITE=shots.mjs exec sh "$(dirname "$0")/run.sh" "$@"
