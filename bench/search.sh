#!/usr/bin/env bash
# Searching among many customers: 1,000 different queries of four kinds, sorted by time both ways, one
# after the other over one connection: on a server that was just started, on a database that was (and
# the file cache emptied), and warm. Target: p99 under 20 ms among 1,000,000 customers.
#
#   CUSTOMERS   how many (default 1,000,000; they are brought in over HTTP, which takes minutes)
#   FOLDER      where the data stays for the next run, which then begins with the questions
. "$(dirname "$0")/common.sh"

CUSTOMERS=${CUSTOMERS:-1000000}
STREAMS=4

make_class_cache
environment
FOLDER=${FOLDER:-$WORK/data}
start_kith "$FOLDER"
python3 "$BENCH/people.py" queries 1000 1 >"$WORK/queries"
python3 "$BENCH/people.py" queries 1000 2 >"$WORK/others"

bring_in() {
    python3 "$BENCH/people.py" customers "$1" "$2" |
        curl -sS -T - -X POST -H "Authorization: Bearer $KEY" -H 'Content-Type: application/x-ndjson' \
            "$BASE/api/v1/customers/external/bench" |
        awk '/"status":"created"/ { made++ } END { print made + 0 }'
}
use_database
if [ "$(sql -c 'select count(*) from kith.customer')" = 0 ]; then
    from=$(now)
    share=$(((CUSTOMERS + STREAMS - 1) / STREAMS))
    streams=()
    for ((first = 0; first < CUSTOMERS; first += share)); do
        bring_in "$first" "$((first + share > CUSTOMERS ? CUSTOMERS : first + share))" >>"$WORK/made" &
        streams+=($!)
    done
    wait "${streams[@]}"
    printf '%s customers made over HTTP in %s s\n\n' "$(awk '{ n += $1 } END { print n }' "$WORK/made")" "$(since "$from")"
fi
# What PostgreSQL has put off while it was written to is not the price of a question.
sql -c 'vacuum analyze' -c checkpoint

seek() { python3 "$BENCH/seek.py" "$BASE" "$KEY" "$WORK/$1" "$2"; }

stop_kith
start_kith "$FOLDER"
seek others "server just started"
# The database dies, and comes back with nothing in its memory or the system's.
kill -9 "$(head -n 1 "$DATA/postgres/data/postmaster.pid")"
sync
if [ -w /proc/sys/vm/drop_caches ]; then
    echo 3 >/proc/sys/vm/drop_caches
else
    say "only root may empty the file cache: cold is half cold"
fi
until api -f -o "$WORK/answer" "$BASE/api/v1/customers?limit=1" 2>"$WORK/answer"; do sleep 0.2; done
seek queries "database cold"
seek queries warm
