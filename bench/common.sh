# What every measurement needs: a server of a built distribution on a folder of its own that is
# thrown away. To be sourced by bash.
#
#   KITH_HOME   the built distribution (default: distribution/target/kith of this repository)
#   JAVA_HOME   a JDK 25
set -euo pipefail

BENCH=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
KITH_HOME=${KITH_HOME:-$BENCH/../distribution/target/kith}
KITH_HOME=$(cd "$KITH_HOME" && pwd -P)
JAVA_HOME=${JAVA_HOME:?set it to a JDK 25}
WORK=$(mktemp -d "${TMPDIR:-/tmp}/kith-bench.XXXXXX")
KEY=bench-$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
KITH_PID=
OTHER_PID=

export BENCH KITH_JAVA_HOME=$JAVA_HOME KITH_ADMIN_KEY=$KEY
# What is measured is core and loyalty; AREAS=all leaves every area on that config/kith.yaml switches on.
if [ "${AREAS:-}" != all ]; then
    for area in COMPLAINTS MESSAGES PLACES REFERRALS SURVEYS; do
        export "KITH_PLUGINS_${area}_ENABLED=false"
    done
fi
export KITH_CACHE_DIR=${KITH_CACHE_DIR:-${TMPDIR:-/tmp}/kith-bench-cache}

say() { printf '%s\n' "$*" >&2; }

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

now() { date +%s.%N; }

since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.2f", b - a }'; }

# What the numbers are to be read with.
environment() {
    printf '%s, %s cores, %s GiB, load %s\n\n' "$(date -u +'%F %H:%M UTC')" "$(nproc)" \
        "$(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)" \
        "$(cut -d ' ' -f 1-3 /proc/loadavg)"
}

# Starts the server on folder $1 and waits until it is ready; sets KITH_PID, PORT, BASE, STARTED.
start_kith() {
    PORT=$(free_port)
    BASE=http://127.0.0.1:$PORT
    local from
    from=$(now)
    KITH_DATA_DIR=$1 KITH_HTTP_PORT=$PORT "$KITH_HOME/bin/kith" serve >>"$WORK/kith.log" 2>&1 &
    KITH_PID=$!
    if ! python3 "$BENCH/ready.py" "$PORT" "$KITH_PID"; then
        tail -n 20 "$WORK/kith.log" >&2
        return 1
    fi
    STARTED=$(since "$from")
    DATA=$1
}

stop_kith() {
    [ -n "$KITH_PID" ] || return 0
    kill "$KITH_PID" 2>/dev/null || true
    wait "$KITH_PID" 2>/dev/null || true
    KITH_PID=
}

# The cache of classes is made half a minute after the first start, and speeds up all later ones.
make_class_cache() {
    mkdir -p "$KITH_CACHE_DIR"
    ls "$KITH_CACHE_DIR"/*.aot >/dev/null 2>&1 && return 0
    say "making the cache of classes …"
    start_kith "$WORK/first"
    for _ in $(seq 180); do
        ls "$KITH_CACHE_DIR"/*.aot >/dev/null 2>&1 && break
        sleep 1
    done
    stop_kith
}

# psql and pgbench on the server's own database.
use_database() {
    export PGHOST=127.0.0.1 PGUSER=kith PGDATABASE=kith
    PGPORT=$(cat "$DATA/postgres/port")
    PGPASSWORD=$(cat "$DATA/postgres/password")
    export PGPORT PGPASSWORD
}

sql() { psql -qAtX -v ON_ERROR_STOP=1 "$@"; }

api() { curl -sS -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' "$@"; }

# How many events of topic $1 the subscriptions still have before them.
lag() {
    api "$BASE/api/v1/subscriptions?limit=100" | python3 -c '
import json, sys
items = json.load(sys.stdin)["items"]
print(sum(i["lag"] for i in items if i["topic"] == sys.argv[1]) if items else "none")' "$1"
}

until_settled() {
    while [ "$(lag "$1")" != 0 ]; do sleep 0.1; done
}

# Records EVENTS purchases of CUSTOMERS, BLOCK at a time, by the server's own way into the log.
# Customers that do not exist are as good as others.
record_purchases() {
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

# Until the cursors of subscription $1 have passed the last purchase of their shard. One session that
# asks four times a second: a psql for each question took a tenth of what was to be measured.
until_passed() {
    sql -v name="$1" <<'SQL'
set statement_timeout = 0;
select set_config('bench.subscription', :'name', false) \g /dev/null
do $$
begin
    while exists (select from generate_series(0, 63) s
            cross join lateral (select max(position) as last from kith.event
                                 where topic = 'purchase.completed' and shard = s) e
            left join kith.cursor c on c.shard = s
                 and c.subscription = current_setting('bench.subscription')
            where coalesce(c.position, 0) < e.last) loop
        perform pg_sleep(0.25);
    end loop;
end $$;
SQL
}

# Seconds of CPU that the given processes and the children they have buried took so far.
cpu() {
    local pid
    for pid in "$@"; do
        sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null || true
    done | awk -v hz="$(getconf CLK_TCK)" '{ sum += $12 + $13 + $14 + $15 } END { printf "%.2f", sum / hz }'
}

# Resident megabytes of the given processes.
resident() {
    local pid
    for pid in "$@"; do
        awk '/^VmRSS/ { print $2 }' "/proc/$pid/status" 2>/dev/null || true
    done | awk '{ sum += $1 } END { printf "%.0f", sum / 1024 }'
}

# The same without counting twice what processes share, such as PostgreSQL's buffers.
proportional() {
    local pid
    for pid in "$@"; do
        awk '/^Pss:/ { print $2 }' "/proc/$pid/smaps_rollup" 2>/dev/null || true
    done | awk '{ sum += $1 } END { printf "%.0f", sum / 1024 }'
}

postgres_pids() {
    local master
    master=$(head -n 1 "$DATA/postgres/data/postmaster.pid")
    echo "$master" $(cat "/proc/$master/task/$master/children")
}

# Runs the functions over_http and in_database in turns, SECONDS_EACH long, TURNS times; each prints a
# line that begins with how many per second. Before that the server works for WARM_SECONDS: the JVM
# compiles what runs often, and with two cores that takes a while.
in_turns() {
    over_http "${WARM_SECONDS:-30}" >"$WORK/warm"
    in_database 3 >"$WORK/warm"
    for _ in $(seq "$TURNS"); do
        over_http "$SECONDS_EACH" >>"$WORK/kith.runs"
        in_database "$SECONDS_EACH" >>"$WORK/pgbench.runs"
    done
}

# The table of what $1 reached in those turns, beside the limit $2, with the target of $3 percent.
print_turns() {
    local kith limit
    kith=$(cut -d ' ' -f 1 "$WORK/kith.runs" | median)
    limit=$(cut -d ' ' -f 1 "$WORK/pgbench.runs" | median)
    printf '%-30s %10s   %s\n' "$1" "per s" "each run: per s, p50 ms, p99 ms, errors" \
        "$2" "$limit" "$(paste -sd '|' "$WORK/pgbench.runs")" \
        Kith "$kith" "$(paste -sd '|' "$WORK/kith.runs")"
    awk -v k="$kith" -v b="$limit" -v t="$3" \
        'BEGIN { printf "%-30s %9.0f%%   target %d%%\n", "ratio", 100 * k / b, t }'
}

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

finish() {
    stop_kith
    if [ -n "$OTHER_PID" ]; then
        kill "$OTHER_PID" 2>/dev/null || true
    fi
    rm -rf "$WORK"
}
trap finish EXIT
trap 'exit 130' INT TERM
