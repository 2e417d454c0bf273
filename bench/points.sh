#!/usr/bin/env bash
# Points under fire: 8 writers do 20,000 mixed things (earn, spend, hold, capture, release, refund) to
# one hot account and 1,000 others over two nodes on one database, while points expire and one of the
# nodes is killed again and again. Then: a balance is the sum of its lots and of its entries, nothing
# was ever below zero, and each key has had its effect once.
. "$(dirname "$0")/common.sh"

OPERATIONS=${OPERATIONS:-20000}
KILLS=${KILLS:-3}

export KITH_PLUGINS_LOYALTY_EXPIRES_AFTER=P30D KITH_PLUGINS_LOYALTY_ALREADY_SPENT=block
make_class_cache
environment
start_kith "$WORK/data"
use_database
second_port=$(free_port)
start_second() {
    KITH_DATA_DIR=$WORK/second KITH_HTTP_PORT=$second_port \
        KITH_DATABASE_URL=jdbc:postgresql://127.0.0.1:$PGPORT/kith KITH_DATABASE_USER=$PGUSER \
        KITH_DATABASE_PASSWORD=$PGPASSWORD "$KITH_HOME/bin/kith" serve >>"$WORK/second.log" 2>&1 &
    OTHER_PID=$!
}
start_second
until curl -sf -o "$WORK/ready" "http://127.0.0.1:$second_port/health/ready"; do
    kill -0 "$OTHER_PID" || { tail -n 20 "$WORK/second.log" >&2; exit 1; }
    sleep 0.1
done

python3 "$BENCH/points.py" "$OPERATIONS" "$KEY" "$WORK/told" "$BASE" \
    "http://127.0.0.1:$second_port" &
driver=$!
killed=0
while kill -0 "$driver" 2>/dev/null; do
    sleep 4
    # Points expire once an hour; here that hour is over every few seconds.
    sql -c "update kith.job set due_at = now() where plugin = 'loyalty' and name = 'expire'" >"$WORK/due"
    if [ "$killed" -lt "$KILLS" ] && kill -0 "$OTHER_PID" 2>/dev/null; then
        kill -9 "$OTHER_PID"
        wait "$OTHER_PID" 2>/dev/null || true
        killed=$((killed + 1))
        start_second
    fi
done
wait "$driver"
until_settled purchase.completed
until_settled purchase.refunded

sql -c "create temporary table told (kind text, key text)" -c "\\copy told from '$WORK/told'" \
    -f "$BENCH/points.sql" >"$WORK/found"
printf '%-60s %8s\n' "nodes killed" "$killed"
awk -F '|' '{ printf "%-60s %8s\n", $1, $2; if ($1 ~ /^wrong/ && $2 != 0) bad = 1 } END { exit bad }' "$WORK/found"
