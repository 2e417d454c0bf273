#!/usr/bin/env bash
# The CDNOW purchases through `kith import`: speed, known figures, and then every balance over HTTP
# against one worked out from the file. Target: 10,000 rows/s.
#
#   import.sh cdnow_master.txt[.gz]
. "$(dirname "$0")/common.sh"

file=$(realpath "${1:?the CDNOW master file}")

make_class_cache
environment
start_kith "$WORK/data"
mapping=$KITH_HOME/config/mappings/cdnow.yaml
from=$(now)
(cd "$WORK" &&
    KITH_DATA_DIR=$DATA KITH_HTTP_PORT=$PORT "$KITH_HOME/bin/kith" import "$file" -m "$mapping") |
    tee "$WORK/summary"
imported=$(since "$from")
rows=$(awk 'tolower($1) == "rows" { gsub(",", "", $2); print $2 }' "$WORK/summary")
until_settled purchase.completed
settled=$(since "$from")

printf '\n%-44s %10s %8s\n' measured value target
awk -v rows="$rows" -v imported="$imported" -v settled="$settled" 'BEGIN {
    printf "%-44s %10s\n", "rows", rows
    printf "%-44s %10.2f\n", "import, with the start of its JVM, s", imported
    printf "%-44s %10.0f %8s\n", "rows/s", rows / imported, "10,000"
    printf "%-44s %10.2f\n", "until loyalty has credited everything, s", settled
    printf "%-44s %10.0f\n", "rows/s", rows / settled
}'
python3 "$BENCH/verify_balances.py" "$file" "$BASE" "$KEY"

# The same rows once more as another shop's: what a server does that has been running for a while.
# Once with loyalty crediting points at the same time on the same cores, and once alone.
import_as() {
    sed "s/source: cdnow/source: $1/" "$mapping" >"$WORK/other.yaml"
    local from
    from=$(now)
    (cd "$WORK" && KITH_DATA_DIR=$DATA KITH_HTTP_PORT=$PORT "$KITH_HOME/bin/kith" import "$file" \
        -m "$WORK/other.yaml" --name "$1" >"$WORK/answer" 2>&1)
    since "$from" >>"$WORK/$2"
    echo >>"$WORK/$2"
}
report() {
    awk -v what="$1" -v rows="$rows" -v took="$(median <"$WORK/$2")" 'BEGIN {
        printf "%-44s %10.0f %8s\n", what, rows / took, "10,000" }'
}
for turn in 1 2 3; do
    import_as "both$turn" both
    until_settled purchase.completed
done
report "rows/s warm, median of 3" both
api -o "$WORK/answer" -X POST "$BASE/api/v1/plugins/loyalty/disable"
for turn in 1 2 3; do import_as "alone$turn" alone; done
report "rows/s warm, loyalty off, median of 3" alone
