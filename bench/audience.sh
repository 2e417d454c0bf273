#!/usr/bin/env bash
# How long it takes to count an audience over what loyalty and complaints know of 1,000,000 customers.
# Target: 30 s. With loyalty off the answer must be factUnavailable.
#
#   CUSTOMERS   how many (default 1,000,000; copied in, with points for seven in ten and a complaint
#               for one in seven)
AREAS=all
. "$(dirname "$0")/common.sh"

CUSTOMERS=${CUSTOMERS:-1000000}
TURNS=${TURNS:-3}
EXPRESSION='loyalty.points >= 500 && complaints.open == 0'

make_class_cache
environment
start_kith "$WORK/data"
use_database
sql -v customers="$CUSTOMERS" <<'SQL'
set statement_timeout = 0;
insert into kith.customer (id, version, kind, name, emails, phones, addresses, tags, external_ids, stage, attributes,
                           created_at, updated_at, search)
select gen_random_uuid(), 1, 'person', 'Somebody ' || n, '[]', '[]', '[]', '{}', '[]', 'repeat', '{}', now(), now(), '{}'
  from generate_series(1, :customers) n;
insert into loyalty.account (customer_id, balance, held, lifetime_earned, updated_at)
select id, p, 0, p, now()
  from (select id, (get_byte(uuid_send(id), 0) * 256 + get_byte(uuid_send(id), 1)) % 1000 as p
          from kith.customer where get_byte(uuid_send(id), 2) < 179) c;
insert into complaints.complaint (id, receipt, customer_id, original_customer_id, channel, severity, state, subject, text,
                                  calendar, calendar_version, acknowledge_within, resolve_within, due_given, next_due_at,
                                  acknowledge_told, resolve_told, received_at, created_at, updated_at, version)
select gen_random_uuid(), 'B-' || row_number() over (), id, id, 'PHONE', 'NORMAL',
       case when get_byte(uuid_send(id), 4) < 64 then 'RECEIVED' else 'CLOSED' end, 'Late', 'Late', 'standard', 1, 1, 1,
       false, 'infinity', true, true, now(), now(), now(), 1
  from kith.customer where get_byte(uuid_send(id), 3) < 37;
analyze kith.customer, loyalty.account, complaints.complaint;
SQL
expected=$(sql -c "set statement_timeout = 0" -c "select count(*) from kith.customer c join loyalty.account a on a.customer_id = c.id
    where a.balance >= 500 and not exists (select from complaints.complaint o
        where o.customer_id = c.id and o.state not in ('RESOLVED', 'CLOSED', 'WITHDRAWN'))")
body=$(python3 -c 'import json, sys; print(json.dumps({"expression": sys.argv[1]}))' "$EXPRESSION")
count() { api -X POST "$BASE/api/v1/audiences/count" -d "$body"; }

for turn in $(seq "$TURNS"); do
    from=$(now)
    answer=$(count)
    since "$from" >>"$WORK/runs"
    echo >>"$WORK/runs"
done
printf '%-40s %10s   %s\n' "$CUSTOMERS customers" seconds "each run"
printf '%-40s %10s   %s   target 30\n' "$EXPRESSION" "$(median <"$WORK/runs")" "$(paste -sd ' ' "$WORK/runs")"
echo "$answer; PostgreSQL says $expected"
grep -q "\"members\":$expected[,}]" <<<"$answer"
api -f -o "$WORK/answer" -X POST "$BASE/api/v1/plugins/loyalty/disable"
echo "with loyalty off: $(count)"
count | grep -q factUnavailable
