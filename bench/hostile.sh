#!/usr/bin/env bash
# What others feel of a plugin that misbehaves: core reads and writes at half of what the server can
# do, first beside four callers of a plugin that does nothing and then beside the same callers of an
# act of plugin-testkit's Hostile. Target: p99 of core at most 1.5 times as long, no failed request
# elsewhere, and a state that names the culprit.
#
#   SECONDS_EACH   how long each is measured (default 30)
#   ACTS           which (default: all)
#   KITH_JAVA_OPTS (default: -Xmx1g; whoever fills memory is found when it is full)
. "$(dirname "$0")/common.sh"

SECONDS_EACH=${SECONDS_EACH:-30}
TARGET=1.5
ACTS=${ACTS:-throw-exception throw-error overflow linkage sleep-in-database block loop loop-beside flood
    garbage allocate keep keep-beside}
export KITH_JAVA_OPTS=${KITH_JAVA_OPTS:--Xmx1g}

make_hostile() {
    local source=$BENCH/../plugin-testkit/src/test/java/dev/kith/testkit/Hostile.java
    mkdir -p "$WORK/hostile" "$WORK/plugins"
    cp "$KITH_HOME"/plugins/*.jar "$WORK/plugins"
    "$JAVA_HOME/bin/javac" -cp "$KITH_HOME/lib/*" -d "$WORK/hostile" "$source"
    printf 'Plugin-Id: hostile\nPlugin-Version: 1\nPlugin-Class: dev.kith.testkit.Hostile\nPlugin-Requires: >=0.1.0\n' \
        >"$WORK/manifest"
    "$JAVA_HOME/bin/jar" cfm "$WORK/plugins/hostile.jar" "$WORK/manifest" -C "$WORK/hostile" .
    export KITH_PLUGINS_DIR=$WORK/plugins KITH_PLUGINS_HOSTILE_ENABLED=true KITH_PLUGINS_HELLO_ENABLED=true
}

traffic() { python3 "$BENCH/replace_traffic.py" "$BASE" "$KEY" "$1" "$2" "$3"; }

# Begins to, in the background, until nothing is going on any more.
misbehave() {
    touch "$WORK/going"
    python3 "$BENCH/hostile_calls.py" "$BASE" "$KEY" "$1" "$WORK/going" &
    culprit=$!
}

# Where Linux divides the processor between sessions first, a thread that goes last within the server
# still takes its session's share from PostgreSQL's. A service or a container is not divided like that.
AUTOGROUP=/proc/sys/kernel/sched_autogroup_enabled
if [ -w "$AUTOGROUP" ] && [ "$(cat "$AUTOGROUP")" = 1 ]; then
    echo 0 >"$AUTOGROUP"
    trap 'echo 1 >"$AUTOGROUP"; finish' EXIT
fi
make_hostile
make_class_cache
environment
start_kith "$WORK/data"
bash "$BENCH/first_customers.sh" "$BASE" "$KEY"
until_settled purchase.completed
# What it can do: 10,000 requests that are due at once, with the client on the same processors.
traffic 200 20 warming >"$WORK/warming"
from=$(now)
traffic 10000 1 saturated >"$WORK/warming"
RATE=$(awk -v t="$(since "$from")" 'BEGIN { printf "%.0f", 10000 / t / 2 }')
printf '%s requests/s, half of what is possible\n\n' "$RATE"

# On the same server, just before: this machine may be faster or slower in a minute.
measure() {
    misbehave "$1"
    traffic "$RATE" "$SECONDS_EACH" "$2" | tee "$WORK/$2"
    rm "$WORK/going"
    wait "$culprit"
}
for name in $ACTS; do
    echo
    measure nothing "before-$name"
    measure "$name" "$name"
    printf 'state: %s\n' "$(api -m 15 "$BASE/api/v1/plugins/hostile" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["state"])')"
    # A server of its own for the next, because lost threads stay.
    stop_kith
    start_kith "$WORK/data"
    api -o "$WORK/answer" -X POST "$BASE/api/v1/plugins/hostile/enable"
    traffic "$RATE" 10 warming >"$WORK/warming"
done

# Fails if any of them is above the target, or a request failed.
missed=0
printf '\n%-28s %14s %14s %9s\n' "p99 beside p99 of nothing" "core read" "core write" failed
for name in $ACTS; do
    awk -v name="$name" -v target="$TARGET" '
        FNR == NR { if (/^core/) quiet[$2] = $6; next }
        /^core/ { ratio[$2] = $6 / quiet[$2] }
        /^(core|other|replaced)/ { failed += /^core/ ? $4 : $3 }
        END {
            printf "%-28s %14.2f %14.2f %9d\n", name, ratio["read"], ratio["write"], failed
            exit failed || ratio["read"] > target || ratio["write"] > target
        }' "$WORK/before-$name" "$WORK/$name" || missed=1
done
exit "$missed"
