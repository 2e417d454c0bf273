#!/usr/bin/env bash
# From the command to the first 200 of /health/ready, on an empty folder and on an existing one, and
# the memory at rest. Targets: 6 s, 1.5 s, 250 MB.
. "$(dirname "$0")/common.sh"

RUNS=${RUNS:-5}

make_class_cache
environment

: >"$WORK/empty"
: >"$WORK/existing"
for i in $(seq "$RUNS"); do
    start_kith "$WORK/data$i"
    echo "$STARTED" >>"$WORK/empty"
    stop_kith
done
for i in $(seq "$RUNS"); do
    start_kith "$WORK/data1"
    echo "$STARTED" >>"$WORK/existing"
    stop_kith
done
start_kith "$WORK/data1"
sleep 10
jvm=$(resident "$KITH_PID")
# shellcheck disable=SC2046  # one word per process
all=$(proportional "$KITH_PID" $(postgres_pids))
stop_kith

printf '%-44s %8s %8s   %s\n' measured median target "all runs"
printf '%-44s %8s %8s   %s\n' \
    "start on an empty folder, s" "$(median <"$WORK/empty")" 6 "$(paste -sd ' ' "$WORK/empty")" \
    "start on an existing folder, s" "$(median <"$WORK/existing")" 1.5 "$(paste -sd ' ' "$WORK/existing")"
printf '%-44s %8s %8s\n' \
    "resident after 10 s, the JVM, MB" "$jvm" 250 \
    "with PostgreSQL (proportional set), MB" "$all" "-"
