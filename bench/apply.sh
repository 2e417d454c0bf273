#!/usr/bin/env bash
# How fast a plugin takes events in batches: purchases are recorded while loyalty is off, then it is
# switched on and the time runs until its lag is 0. Target: 20,000 events/s.
. "$(dirname "$0")/common.sh"

EVENTS=${EVENTS:-200000}
CUSTOMERS=${CUSTOMERS:-20000}
BLOCK=1000

make_class_cache
environment
printf '%-34s %12s %14s %10s\n' "$EVENTS events, $CUSTOMERS customers" "recorded /s" "onBatch, s" "events/s"

measure() {
    start_kith "$WORK/data-$1"
    use_database
    api -o "$WORK/answer" -X POST "$BASE/api/v1/plugins/loyalty/disable"
    local from recorded took
    from=$(now)
    record_purchases >"$WORK/recorded"
    recorded=$(since "$from")
    if [ "$2" != 0 ]; then
        sql -c "alter system set commit_delay = $2" -c 'select pg_reload_conf()' >"$WORK/answer"
    fi
    from=$(now)
    api -o "$WORK/answer" -X POST "$BASE/api/v1/plugins/loyalty/enable"
    until_passed loyalty.earn
    took=$(since "$from")
    awk -v name="commit_delay = $2" -v n="$EVENTS" -v r="$recorded" -v t="$took" 'BEGIN {
        printf "%-34s %12.0f %14.2f %10.0f\n", name, n / r, t, n / t }'
    local entries
    entries=$(sql -c "select count(*) from kith.event where topic = 'points.earned'")
    [ "$entries" = "$EVENTS" ] || say "only $entries events of points.earned"
    stop_kith
}

measure plain 0
measure delay 3000
