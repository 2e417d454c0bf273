#!/usr/bin/env bash
# Loyalty is replaced while it works: 200 requests a second to core, to another plugin and to loyalty
# itself, for a minute without and a minute with 20 replacements. Then every purchase that was
# acknowledged is counted in the log and among loyalty's entries. Targets: no failed request, no event
# lost or applied twice, p99 of core at most 1.5 times as long.
. "$(dirname "$0")/common.sh"

RATE=${RATE:-200}
SECONDS_EACH=${SECONDS_EACH:-60}
REPLACES=${REPLACES:-20}

export KITH_PLUGINS_HELLO_ENABLED=true
make_class_cache
environment
start_kith "$WORK/data"
use_database
traffic() { python3 "$BENCH/replace_traffic.py" "$BASE" "$KEY" "$RATE" "$1" "$2"; }

# Customers with points, and a server that is warm.
bash "$BENCH/first_customers.sh" "$BASE" "$KEY"
until_settled purchase.completed
traffic 30 warming >"$WORK/warming"
traffic "$SECONDS_EACH" quiet
echo
traffic "$SECONDS_EACH" replacing >"$WORK/replacing" &
driver=$!
pause=$(awk -v s="$SECONDS_EACH" -v n="$REPLACES" 'BEGIN { print s / (n + 1) }')
replaced=0
for ((turn = 0; turn < REPLACES; turn++)); do
    from=$(now)
    status=$(api -o "$WORK/answer" -w '%{http_code}' -X POST "$BASE/api/v1/plugins/loyalty/replace")
    since "$from" >>"$WORK/took"
    echo >>"$WORK/took"
    [ "$status" = 200 ] && replaced=$((replaced + 1)) || cat "$WORK/answer" >&2
    sleep "$(awk -v p="$pause" -v t="$(since "$from")" 'BEGIN { print (p > t ? p - t : 0) }')"
done
wait "$driver"
cat "$WORK/replacing"
until_settled purchase.completed

printf '\n%-60s %8s\n' "replacements" "$replaced"
printf '%-60s %8s\n' "seconds each, median" "$(median <"$WORK/took")"
sql -f "$BENCH/replace.sql" | awk -F '|' '
    { printf "%-60s %8s\n", $1, $2; if ($1 ~ /^wrong/ && $2 != 0) bad = 1 } END { exit bad }'
[ "$replaced" = "$REPLACES" ] || { say "only $replaced of $REPLACES were replaced"; exit 1; }
# The third column counts the failed ones.
awk '/^(core|other|replaced) / && $(NF - 3) != 0 { exit 1 }' "$WORK/replacing" ||
    { say "some requests failed"; exit 1; }
