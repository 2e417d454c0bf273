#!/usr/bin/env bash
# How fast a plugin takes events one by one (on), beside batches (onBatch): purchases are recorded
# while the plugin is off, then it is switched on and the time runs until its cursors have passed the
# last one. The plugin, on/Each.java, counts purchases per customer with one statement per event.
# Targets: 6,000 events/s with on, 20,000 events/s with onBatch.
#
#   TURNS   how often each is measured, in turns on one server (default 3)
. "$(dirname "$0")/common.sh"

EVENTS=${EVENTS:-100000}
CUSTOMERS=${CUSTOMERS:-20000}
TURNS=${TURNS:-3}
BLOCK=1000

# Jars of the bench's plugins beside those of the distribution.
make_plugins() {
    local classes=$WORK/classes jars=$WORK/plugins id class
    mkdir -p "$classes" "$jars"
    cp "$KITH_HOME"/plugins/*.jar "$jars"
    "$JAVA_HOME/bin/javac" -cp "$KITH_HOME/lib/*" -d "$classes" "$BENCH/on/Each.java"
    for id in each batch; do
        class=bench.Each
        [ "$id" = each ] || class='bench.Each$Batch'
        mkdir -p "$WORK/$id/db/$id"
        cp -r "$classes/." "$BENCH/on/V1__account.sql" "$WORK/$id"
        mv "$WORK/$id/V1__account.sql" "$WORK/$id/db/$id"
        printf 'Plugin-Id: %s\nPlugin-Version: 1\nPlugin-Class: %s\nPlugin-Requires: >=0.1.0\n' \
            "$id" "$class" >"$WORK/manifest"
        "$JAVA_HOME/bin/jar" cfm "$jars/$id.jar" "$WORK/manifest" -C "$WORK/$id" .
    done
    export KITH_PLUGINS_DIR=$jars KITH_PLUGINS_LOYALTY_ENABLED=false
}

decide() { api -f -o "$WORK/answer" -X POST "$BASE/api/v1/plugins/$1/$2"; }

# The plugin begins from the beginning each time, with an empty table.
measure() {
    local from took jvm postgres
    sql -c "update kith.cursor set position = 0 where subscription = '$1.count'" \
        -c "do \$\$ begin if to_regclass('$1.account') is not null then truncate $1.account; end if; end \$\$" \
        -c checkpoint
    jvm=$(cpu "$KITH_PID")
    postgres=$(cpu $(postgres_pids))
    from=$(now)
    decide "$1" enable
    until_passed "$1.count"
    took=$(since "$from")
    decide "$1" disable
    awk -v name="$2" -v n="$EVENTS" -v t="$took" -v j="$jvm" -v p="$postgres" \
        -v j2="$(cpu "$KITH_PID")" -v p2="$(cpu $(postgres_pids))" 'BEGIN {
        printf "%-34s %10.2f %10.0f %14.0f %14.0f\n",
            name, t, n / t, (j2 - j) / n * 1e6, (p2 - p) / n * 1e6 }'
    local counted
    counted=$(sql -c "select coalesce(sum(purchases), 0) from $1.account")
    [ "$counted" = "$EVENTS" ] || say "$counted purchases were counted, not $EVENTS"
}

series() {
    local turn
    for turn in $(seq "$TURNS"); do
        measure each "on, $1, turn $turn"
        measure batch "onBatch, $1, turn $turn"
    done
}

make_class_cache
make_plugins
environment
start_kith "$WORK/data"
use_database
record_purchases >"$WORK/recorded"
printf '%-34s %10s %10s %14s %14s\n' "$EVENTS events, $CUSTOMERS customers" seconds events/s \
    "JVM us/event" "database us/ev."
series "commit_delay = 0"
sql -c 'alter system set commit_delay = 3000' -c 'select pg_reload_conf()' >"$WORK/answer"
TURNS=1 series "commit_delay = 3000"
