#!/usr/bin/env bash
# Redemptions on 1,000 accounts over 32 connections, each with an Idempotency-Key, beside pgbench's
# TPC-B-like transaction on the same database with 32 clients; in turns, in the same run. Target: at
# least 40 %. One turn over HTTP comes before and does not count, because a server is started once and
# runs for long. In the end every point must be accounted for.
. "$(dirname "$0")/common.sh"

ACCOUNTS=${ACCOUNTS:-1000}
SCALE=${SCALE:-32}
SECONDS_EACH=${SECONDS_EACH:-8}
TURNS=${TURNS:-3}
POINTS=1000000

make_class_cache
environment
start_kith "$WORK/data"
use_database

# Customers with points enough for the whole run, through the public API.
python3 -c '
import json, sys
for i in range(int(sys.argv[1])):
    print(json.dumps({"topic": "purchase.completed", "source": "bench", "key": f"b{i}",
        "customer": {"source": "bench", "id": str(i)},
        "data": {"orderId": f"b{i}", "amount": {"value": sys.argv[2] + ".00", "currency": "CNY"}}}))
' "$ACCOUNTS" "$POINTS" |
    curl -sS -H "Authorization: Bearer $KEY" -H 'Content-Type: application/x-ndjson' \
        --data-binary @- "$BASE/api/v1/events?unknownCustomer=create" >"$WORK/made"
[ "$(grep -c '"recorded"' "$WORK/made")" = "$ACCOUNTS" ]
until_settled purchase.completed
sql -c 'select customer_id from loyalty.account' >"$WORK/ids"
[ "$(wc -l <"$WORK/ids")" = "$ACCOUNTS" ]

# pgbench's own tables, beside Kith's in the same database.
pgbench -i -q -s "$SCALE" >"$WORK/pgbench.log" 2>&1
export IDS=$WORK/ids KEY
turn=0
over_http() {
    turn=$((turn + 1))
    RUN=$turn wrk -t2 -c32 -d"${1}s" -s "$BENCH/redeem.lua" "$BASE" |
        awk '/^@@/ { print $2, $3, $4, $5 }'
}
in_database() {
    pgbench -n -M prepared -c 32 -j 2 -T "$1" -b tpcb-like 2>"$WORK/pgbench.log" |
        awk '/^latency average/ { l = $4 } /^tps/ { t = $3 } END { printf "%.0f %s\n", t, l }'
}

over_http "$SECONDS_EACH" >"$WORK/warming"
in_turns
print_turns "redeem, 32 connections" "TPC-B-like (per s, mean ms)" 40

wrong=$(sql -c "select count(*) from loyalty.account a
    where balance <> $POINTS - (select count(*) from loyalty.entry e
                                 where e.customer_id = a.customer_id and e.kind = 'spend')")
echo "accounts that do not add up: $wrong"
[ "$wrong" = 0 ]
