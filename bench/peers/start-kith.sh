#!/bin/bash
# Kith on the peers' PostgreSQL 15: $N customers, brought in over HTTP; prints its base URL and headers like the other
# start scripts. KITH_HOME is the built distribution. Copied beside them by ../peers.sh.
cd "$(dirname "$0")"; . ./env.sh; ./start-pg.sh >/dev/null || exit 1
PORT=8207; B=http://127.0.0.1:$PORT; K=peers-admin-key-of-kith; A="Authorization: Bearer $K"
have_db kith || pgsu -d postgres -c 'create database kith'
if ! { [ -f $RUN/kith.pid ] && kill -0 "$(cat $RUN/kith.pid)" 2>/dev/null; }; then
  export KITH_DATABASE_URL=jdbc:postgresql://127.0.0.1:$PGPORT_PEERS/kith KITH_DATABASE_USER=peers KITH_DATABASE_PASSWORD=peers \
    KITH_ADMIN_KEY=$K KITH_DATA_DIR=$RUN/kith-data KITH_HTTP_PORT=$PORT
  setsid nohup "${KITH_HOME:?the built distribution}/bin/kith" serve >$LOG/kith.out 2>&1 </dev/null & echo $! > $RUN/kith.pid
  wait_200 $B/health/ready > $RUN/kith.startup || { cat $RUN/kith.startup; tail -n 20 $LOG/kith.out; exit 1; }
fi
pgsu -d kith -f sql/people.sql
if [ "$(pgsu -d kith -Atc 'select count(*) from kith.customer')" -lt $N ]; then
  pgsu -d kith -Atc "select json_build_object('id', i::text, 'name', name, 'givenName', first, 'familyName', last,
      'emails', json_build_array(json_build_object('value', email)), 'phones', json_build_array(json_build_object('value', phone)),
      'addresses', json_build_array(json_build_object('lines', json_build_array(address), 'postalCode', zip, 'city', city, 'country', country)))
    from peers_people($N)" | curl -sS -T - -X POST -H "$A" -H 'Content-Type: application/x-ndjson' $B/api/v1/customers/external/peers >$LOG/kith-load.out
  ! grep -m 1 refused $LOG/kith-load.out || exit 1
  pgsu -d kith -c 'vacuum analyze kith.customer'
fi
pgsu -d kith -Atc 'select id from kith.customer order by random() limit 10000' >$RUN/kith.ids
# Where the pages of 50 begin, as the list itself says.
next=
for _ in $(seq 200); do
  next=$(curl -sS -H "$A" "$B/api/v1/customers?limit=50${next:+&after=$next}" | sed -n 's/.*"next":"\([^"]*\)".*/\1/p')
  [ -n "$next" ] || break
  echo "$next"
done >$RUN/kith.cursors
echo $B > $RUN/kith.base; echo "BASE=$B"; echo "AUTH=$A"; echo "startup_s=$(cat $RUN/kith.startup)"
