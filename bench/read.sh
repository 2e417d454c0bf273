#!/usr/bin/env bash
# Reads of a customer by id on 32 connections, beside a bare Vert.x handler with the same query on
# the same database; in turns, in the same run. Target: at least 60 % of the bare handler.
. "$(dirname "$0")/common.sh"

CUSTOMERS=${CUSTOMERS:-2000}
SECONDS_EACH=${SECONDS_EACH:-8}
TURNS=${TURNS:-3}

make_class_cache
environment
start_kith "$WORK/data"
use_database

# Lines that came to a server too busy are refused; told again, they do no harm.
make_customers() {
    python3 -c '
import json, sys
for i in range(int(sys.argv[1])):
    print(json.dumps({"id": str(i), "kind": "person", "name": f"Ana Horvat {i}",
        "emails": [{"value": f"ana.{i}@example.org"}]}))' "$CUSTOMERS" |
        curl -sS -H "Authorization: Bearer $KEY" -H 'Content-Type: application/x-ndjson' \
            --data-binary @- "$BASE/api/v1/customers/external/bench"
}
for _ in $(seq 10); do
    make_customers >"$WORK/made"
    refused=$(grep -c refused "$WORK/made" || true)
    [ "$refused" != 0 ] || break
    say "$refused of $CUSTOMERS customers were refused, once more"
done
sql -c 'select id from kith.customer' >"$WORK/ids"
[ "$(wc -l <"$WORK/ids")" = "$CUSTOMERS" ]

bare_port=$(free_port)
"$JAVA_HOME/bin/java" -XX:+UseSerialGC --sun-misc-unsafe-memory-access=allow \
    -cp "$KITH_HOME/lib/*" "$BENCH/BareRead.java" "$bare_port" >"$WORK/bare.log" 2>&1 &
OTHER_PID=$!
one=$(head -n 1 "$WORK/ids")
until curl -sf -o "$WORK/bare.answer" "http://127.0.0.1:$bare_port/api/v1/customers/$one"; do
    kill -0 "$OTHER_PID"
    sleep 0.2
done

export IDS=$WORK/ids KEY
load() {
    wrk -t2 -c32 -d"${2}s" -s "$BENCH/read.lua" "$1" | awk '/^@@/ { print $2, $3, $4, $5 }'
}
load "$BASE" 10 >"$WORK/warm"
load "http://127.0.0.1:$bare_port" 10 >"$WORK/warm"
for _ in $(seq "$TURNS"); do
    load "$BASE" "$SECONDS_EACH" >>"$WORK/kith.runs"
    load "http://127.0.0.1:$bare_port" "$SECONDS_EACH" >>"$WORK/bare.runs"
done

kith=$(cut -d ' ' -f 1 "$WORK/kith.runs" | median)
bare=$(cut -d ' ' -f 1 "$WORK/bare.runs" | median)
printf '%-30s %10s   %s\n' "GET by id, 32 connections" requests/s "each run: requests/s, p50 ms, p99 ms, errors"
printf '%-30s %10s   %s\n' "bare Vert.x + JDBC" "$bare" "$(paste -sd '|' "$WORK/bare.runs")" \
    Kith "$kith" "$(paste -sd '|' "$WORK/kith.runs")"
awk -v k="$kith" -v b="$bare" 'BEGIN { printf "%-30s %9.0f%%   target 60%%\n", "ratio", 100 * k / b }'
