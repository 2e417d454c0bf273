#!/usr/bin/env bash
# How many observations a second one node evaluates: 200 fences (the neighbourhoods of New York and
# twelve circles), and the check-ins of Gowalla as tracks of customers who have consented, moved to
# the last minutes and sent as one stream of lines. Target: 5,000 observations/s. Months squeezed into
# minutes are faster than anybody moves: the check of speed is wide here, so that every observation is
# evaluated; with the usual 400 km/h seven of ten are refused, which is cheaper.
#
#   places.sh nyc_neighborhoods.geojson.gz gowalla_nyc_checkins_even_users.tsv.gz
. "$(dirname "$0")/common.sh"

areas=$(realpath "${1:?the neighbourhoods}")
checkins=$(realpath "${2:?the check-ins}")

export KITH_PLUGINS_PLACES_ENABLED=true
export KITH_PLUGINS_PLACES_SPEED_KMH_MAX=${SPEED_KMH_MAX:-1000000}
make_class_cache
environment
start_kith "$WORK/data"
python3 "$BENCH/places_traffic.py" prepare "$BASE" "$KEY" "$areas" "$checkins"
begin=$(($(date +%s) - 540))
for round in 0 1 2; do
    python3 "$BENCH/places_traffic.py" tracks "$checkins" "$begin" "$round" >"$WORK/tracks.ndjson"
    lines=$(wc -l <"$WORK/tracks.ndjson")
    from=$(now)
    curl -sS -T - -X POST -H "Authorization: Bearer $KEY" -H 'Content-Type: application/x-ndjson' \
        "$BASE/api/v1/places/observations" <"$WORK/tracks.ndjson" >"$WORK/answers.ndjson"
    took=$(since "$from")
    awk -v n="$lines" -v t="$took" -v r="$round" 'BEGIN {
        printf "round %s: %d observations in %.2f s, %.0f/s (target 5,000)\n", r, n, t, n / t }'
    python3 "$BENCH/places_traffic.py" count "$WORK/answers.ndjson"
done
from=$(now)
until_settled place.entered
printf 'until promotions had seen everybody who entered: %s s more\n' "$(since "$from")"
