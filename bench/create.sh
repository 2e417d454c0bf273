#!/usr/bin/env bash
# Creating customers on 32 connections, beside pgbench with the same statements (customer, audit,
# event) on the same database with 32 clients; in turns, in the same run. Target: at least 50 %.
. "$(dirname "$0")/common.sh"

SECONDS_EACH=${SECONDS_EACH:-8}
TURNS=${TURNS:-3}

make_class_cache
environment
start_kith "$WORK/data"
use_database
export KEY

over_http() {
    wrk -t2 -c32 -d"${1}s" -s "$BENCH/create.lua" "$BASE" | awk '/^@@/ { print $2, $3, $4, $5 }'
}
# pgbench seeds itself differently each time, so that no id comes twice.
in_database() {
    pgbench -n -M prepared -c 32 -j 2 -T "$1" -f "$BENCH/create.sql" 2>"$WORK/pgbench.log" |
        { tee "$WORK/pgbench.out" && grep -v "^pgbench (" "$WORK/pgbench.log" >&2 || true; } |
        awk '/^latency average/ { l = $4 } /^tps/ { t = $3 } END { printf "%.0f %s\n", t, l }'
}

over_http 10 >"$WORK/warm"
in_database 3 >"$WORK/warm"
for _ in $(seq "$TURNS"); do
    over_http "$SECONDS_EACH" >>"$WORK/kith.runs"
    in_database "$SECONDS_EACH" >>"$WORK/pgbench.runs"
done

kith=$(cut -d ' ' -f 1 "$WORK/kith.runs" | median)
limit=$(cut -d ' ' -f 1 "$WORK/pgbench.runs" | median)
printf '%-30s %10s   %s\n' "create, 32 connections" "per s" "each run: per s, p50 ms, p99 ms, errors"
printf '%-30s %10s   %s\n' "pgbench (per s, mean ms)" "$limit" "$(paste -sd '|' "$WORK/pgbench.runs")" \
    Kith "$kith" "$(paste -sd '|' "$WORK/kith.runs")"
awk -v k="$kith" -v b="$limit" 'BEGIN { printf "%-30s %9.0f%%   target 50%%\n", "ratio", 100 * k / b }'
