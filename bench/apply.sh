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

# The server's own way into the log, in blocks. Customers that do not exist are as good as others.
record() {
    sql -v events="$EVENTS" -v customers="$CUSTOMERS" -v block="$BLOCK" <<'SQL'
create temporary table someone as
    select n, u, (get_byte(uuid_send(u), 15) & 63)::smallint as shard
      from (select n, gen_random_uuid() as u from generate_series(0, :customers - 1) n) x;
create temporary table purchase as
    select i, gen_random_uuid() as id, s.shard, s.u as customer,
           json_build_object('orderId', 'A-' || i, 'amount',
               json_build_object('value', (5 + i % 90)::text || '.50', 'currency', 'CNY'))::text as data
      from generate_series(0, :events - 1) i join someone s on s.n = i % :customers;
create index on purchase (i);
select format($$
    select kith.append(array_agg(id), array_agg(shard), array_agg('purchase.completed'::text),
                       array_agg(customer), array_agg(data), array_agg(null::timestamptz),
                       array_agg('bench'::text), array_agg(null::uuid), 'request', interval '0')
      from purchase where i >= %s and i < %s$$, b, b + :block)
  from generate_series(0, :events - 1, :block) b
\gexec
analyze kith.event;
SQL
}

measure() {
    start_kith "$WORK/data-$1"
    use_database
    api -o "$WORK/answer" -X POST "$BASE/api/v1/plugins/loyalty/disable"
    local from recorded took
    from=$(now)
    record >"$WORK/recorded"
    recorded=$(since "$from")
    if [ "$2" != 0 ]; then
        sql -c "alter system set commit_delay = $2" -c 'select pg_reload_conf()' >"$WORK/answer"
    fi
    from=$(now)
    api -o "$WORK/answer" -X POST "$BASE/api/v1/plugins/loyalty/enable"
    until_passed
    took=$(since "$from")
    awk -v name="commit_delay = $2" -v n="$EVENTS" -v r="$recorded" -v t="$took" 'BEGIN {
        printf "%-34s %12.0f %14.2f %10.0f\n", name, n / r, t, n / t }'
    local entries
    entries=$(sql -c "select count(*) from kith.event where topic = 'points.earned'")
    [ "$entries" = "$EVENTS" ] || say "only $entries events of points.earned"
    stop_kith
}

# Until the cursors of loyalty have passed the last purchase of their shard.
until_passed() {
    until [ "$(sql -c "select count(*) from generate_series(0, 63) s
            cross join lateral (select max(position) as last from kith.event
                                 where topic = 'purchase.completed' and shard = s) e
            left join kith.cursor c on c.shard = s and c.subscription = 'loyalty.earn'
            where coalesce(c.position, 0) < e.last")" = 0 ]; do sleep 0.2; done
}

measure plain 0
measure delay 3000
