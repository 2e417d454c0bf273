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

in_turns
print_turns "create, 32 connections" "pgbench (per s, mean ms)" 50
