#!/usr/bin/env bash
# Online Retail through `kith import`: one purchase per invoice, one refund per cancellation, and then
# every balance over HTTP against one worked out from the file.
#
#   retail.sh online_retail_2010-12_2011-12.csv.gz
. "$(dirname "$0")/common.sh"

file=$(realpath "${1:?the Online Retail file}")

make_class_cache
environment
start_kith "$WORK/data"
mapping=$KITH_HOME/config/mappings/online-retail.yaml
from=$(now)
(cd "$WORK" &&
    KITH_DATA_DIR=$DATA KITH_HTTP_PORT=$PORT "$KITH_HOME/bin/kith" import "$file" -m "$mapping")
imported=$(since "$from")
until_settled purchase.completed
until_settled purchase.refunded
printf '\nimported in %s s, all points credited after %s s\n' "$imported" "$(since "$from")"
python3 "$BENCH/verify_retail.py" "$file" "$BASE" "$KEY"
