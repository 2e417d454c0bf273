#!/usr/bin/env bash
# The CDNOW import while the server, and then PostgreSQL, are killed (kill -9) in the middle: the
# same customers, rows, amount and balances as without; and importing the file again changes nothing.
#
#   crash.sh cdnow_master.txt[.gz]
. "$(dirname "$0")/common.sh"

file=$(realpath "${1:?the CDNOW master file}")
make_class_cache
environment
start_kith "$WORK/data"
mapping=$KITH_HOME/config/mappings/cdnow.yaml
port=$PORT

run_import() {
    (cd "$WORK" && KITH_DATA_DIR=$DATA KITH_HTTP_PORT=$port "$KITH_HOME/bin/kith" import "$file" \
        -m "$mapping" 2>"$WORK/progress")
}
rows_in() {
    use_database
    sql -c "select count(*) from kith.event where topic = 'purchase.completed'" 2>"$WORK/answer" || echo 0
}
until_rows() { until [ "$(rows_in)" -ge "$1" ]; do sleep 0.1; done; }
restart_kith() {
    KITH_DATA_DIR=$DATA KITH_HTTP_PORT=$port "$KITH_HOME/bin/kith" serve >>"$WORK/kith.log" 2>&1 &
    KITH_PID=$!
    python3 "$BENCH/ready.py" "$port" "$KITH_PID"
}

run_import >"$WORK/summary" &
importing=$!
until_rows 15000
printf 'kill -9 of the server at %s rows\n' "$(rows_in)"
kill -9 "$KITH_PID"
wait "$KITH_PID" 2>"$WORK/answer" || true
restart_kith
until_rows 40000
printf 'kill -9 of PostgreSQL at %s rows\n' "$(rows_in)"
kill -9 "$(head -n 1 "$DATA/postgres/data/postmaster.pid")"
wait "$importing"
cat "$WORK/summary"
until_settled purchase.completed
python3 "$BENCH/verify_balances.py" "$file" "$BASE" "$KEY"

printf '\nthe same file again\n'
run_import
python3 "$BENCH/verify_balances.py" "$file" "$BASE" "$KEY"
