#!/usr/bin/env bash
# Searching among many customers: 1,000 different queries of four kinds, sorted by time both ways,
# one after the other over one connection; cold (server, database and file cache just emptied) and
# warm. Target: p99 under 20 ms among 1,000,000 customers.
#
#   CUSTOMERS   how many (default 1,000,000; they are brought in over HTTP, which takes minutes)
. "$(dirname "$0")/common.sh"

CUSTOMERS=${CUSTOMERS:-1000000}
STREAMS=4

make_class_cache
environment
start_kith "$WORK/data"
python3 "$BENCH/people.py" queries 1000 >"$WORK/queries"

bring_in() {
    python3 "$BENCH/people.py" customers "$1" "$2" |
        curl -sS -T - -X POST -H "Authorization: Bearer $KEY" -H 'Content-Type: application/x-ndjson' \
            "$BASE/api/v1/customers/external/bench" |
        awk '/"status":"created"/ { made++ } END { print made + 0 }'
}
from=$(now)
share=$(((CUSTOMERS + STREAMS - 1) / STREAMS))
streams=()
for ((first = 0; first < CUSTOMERS; first += share)); do
    bring_in "$first" "$((first + share > CUSTOMERS ? CUSTOMERS : first + share))" >>"$WORK/made" &
    streams+=($!)
done
wait "${streams[@]}"
printf '%s customers made over HTTP in %s s\n\n' "$(awk '{ n += $1 } END { print n }' "$WORK/made")" "$(since "$from")"
use_database
sql -c 'vacuum analyze kith.customer'

stop_kith
sync
if [ -w /proc/sys/vm/drop_caches ]; then echo 3 >/proc/sys/vm/drop_caches; fi
start_kith "$WORK/data"
for pass in cold warm "warm again"; do
    python3 "$BENCH/seek.py" "$BASE" "$KEY" "$WORK/queries" "$pass"
done
