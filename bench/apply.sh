#!/usr/bin/env bash
# How fast a plugin takes events in batches: purchases are recorded while loyalty is off, then it is
# switched on and the time runs until its lag is 0. Target: 20,000 events/s.
. "$(dirname "$0")/common.sh"

EVENTS=${EVENTS:-200000}
CUSTOMERS=${CUSTOMERS:-20000}
BLOCK=1000

make_class_cache
environment
printf '%-34s %12s %12s %10s %14s %16s\n' "$EVENTS events, $CUSTOMERS customers" "recorded /s" "onBatch, s" \
    "events/s" "JVM us/event" "database us/ev."

measure() {
    start_kith "$WORK/data-$1"
    use_database
    api -o "$WORK/answer" -X POST "$BASE/api/v1/plugins/loyalty/disable"
    local from recorded took jvm postgres
    from=$(now)
    record_purchases >"$WORK/recorded"
    recorded=$(since "$from")
    if [ "$2" != 0 ]; then
        sql -c "alter system set commit_delay = $2" -c 'select pg_reload_conf()' >"$WORK/answer"
    fi
    jvm=$(cpu "$KITH_PID")
    postgres=$(cpu $(postgres_pids))
    from=$(now)
    api -o "$WORK/answer" -X POST "$BASE/api/v1/plugins/loyalty/enable"
    until_passed loyalty.earn
    took=$(since "$from")
    awk -v name="commit_delay = $2" -v n="$EVENTS" -v r="$recorded" -v t="$took" -v j="$jvm" -v p="$postgres" \
        -v j2="$(cpu "$KITH_PID")" -v p2="$(cpu $(postgres_pids))" 'BEGIN {
        printf "%-34s %12.0f %12.2f %10.0f %14.0f %16.0f\n",
            name, n / r, t, n / t, (j2 - j) / n * 1e6, (p2 - p) / n * 1e6 }'
    local entries
    entries=$(sql -c "select count(*) from kith.event where topic = 'points.earned'")
    [ "$entries" = "$EVENTS" ] || say "only $entries events of points.earned"
    stop_kith
}

measure plain 0
measure delay 3000
