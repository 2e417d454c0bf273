#!/usr/bin/env bash
# The 500 customers of replace_traffic.py, by a purchase of each.
#
#   first_customers.sh BASE KEY
set -euo pipefail
seq 0 499 | awk '{
    printf "{\"topic\":\"purchase.completed\",\"source\":\"till\",\"key\":\"first-%d\",", $1
    printf "\"customer\":{\"source\":\"till\",\"id\":\"%d\"},\"data\":{\"orderId\":\"first-%d\",", $1, $1
    printf "\"amount\":{\"value\":\"1.00\",\"currency\":\"CNY\"}}}\n" }' |
    curl -sSf -T - -X POST -H "Authorization: Bearer $2" -H 'Content-Type: application/x-ndjson' \
        "$1/api/v1/events?unknownCustomer=create" >/dev/null
