#!/usr/bin/env bash
# Walks the README as a new user: starts the service with its demo, then runs the README's own commands against it.
# Needs the port 8080 that the README names. Leaves nothing behind.
set -euo pipefail
cd "$(dirname "$0")/../../.."

work=$(mktemp -d)
export VEDETTE_DATA="$work/data"
service=

finish() {
    [ -z "$service" ] || { kill "$service" 2>/dev/null && wait "$service" 2>/dev/null; } || true
    rm -rf "$work" machine.csv.gz cpu.csv scored.csv
}
trap finish EXIT

fail() {
    printf 'walk: %s\n' "$1" >&2
    tail -n 30 "$work/log" >&2
    exit 1
}

# Prints the n-th sh block of the README.
block() {
    awk -v n="$1" '/^```sh$/ { k++; on = 1; next } /^```$/ { on = 0 } on && k == n' README.md
}

started=$SECONDS
./vedette start >"$work/log" 2>&1 &
service=$!
until grep -q 'Vedette is up at' "$work/log"; do
    kill -0 "$service" 2>/dev/null || fail "the service ended"
    [ $((SECONDS - started)) -lt 120 ] || fail "not up after 120 s"
    sleep 0.5
done
echo "up after $((SECONDS - started)) s"

token=$(./vedette token --tenant demo --role viewer)
until curl -sf -H "Authorization: Bearer $token" http://127.0.0.1:8080/api/v1/health | grep -q '"num_series":960'; do
    [ $((SECONDS - started)) -lt 180 ] || fail "no scored demo data after 180 s"
    sleep 0.5
done
echo "scored demo data after $((SECONDS - started)) s"

awk 'BEGIN { srand(7); print "timestamp,value"
    for (i = 0; i < 3000; i++) printf "%d,%.3f\n", 1760000000 + 60 * i, (i == 2500 ? 97 : 40 + 3 * rand()) }' >cpu.csv
cut -d, -f2 cpu.csv | tail -n +2 | awk '{ print $1 "," 100 - $1 }' | gzip >machine.csv.gz

block 2 >"$work/send.sh"
block 3 >"$work/replay.sh"
grep -q 'api/v1/metrics' "$work/send.sh" || fail "the README's second block is not the one that sends"
grep -q 'vedette score' "$work/replay.sh" || fail "the README's third block is not the one that replays"
bash -euo pipefail "$work/send.sh" >"$work/sent" || fail "sending as the README says failed"
grep -q '"accepted":2' "$work/sent" || fail "two points were sent, the answer was: $(head -c 300 "$work/sent")"
bash -euo pipefail "$work/replay.sh" || fail "replaying as the README says failed"
[ "$(wc -l <scored.csv)" = 3001 ] || fail "scored.csv has $(wc -l <scored.csv) lines"
./vedette smoke --tenant demo || fail "vedette smoke failed"
echo "the README's commands work"
