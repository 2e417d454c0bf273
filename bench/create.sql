-- What creating a customer does in the database. No colon within a text: pgbench would take it for a
-- variable.
\set n random(1, 1000000000000)
begin;
insert into kith.customer (id, version, kind, name, given_name, family_name, emails, phones, addresses, birthday, locale, time_zone, tags, external_ids, parent_id, owner_id, stage, attributes, created_at, updated_at, archived_at, search) values (('01a20bd5-3beb-7000-' || lpad(to_hex(32768 + :client_id::int), 4, '0') || '-' || lpad(to_hex(:n::bigint * 64 + :client_id::bigint % 64), 12, '0'))::uuid, 1, 'person', 'Ana Horvat ' || :n, null, null, '[]'::jsonb, '[]'::jsonb, '[]'::jsonb, null::jsonb, null, null, '{}'::text[], '[]'::jsonb, null, null, 'new', '{}'::jsonb, now(), now(), null, array['a', 'an', 'ana', 'h', 'ho', 'hor', 'horv', 'horva', 'horvat', :n::text, '#kind=person', '#stage=new']);
insert into kith.audit (id, at, actor, action, subject, customer_id, request_id, detail) values (gen_random_uuid(), now(), 'key=admin', 'POST /api/v1/customers', '/api/v1/customers/01a20bd5-3beb-7000-8924-1afd1dda143c', gen_random_uuid(), gen_random_uuid(), null::jsonb);
select kith.append(array[gen_random_uuid()], array[(:n::bigint % 64)::smallint], array['customer.created'], array[gen_random_uuid()], array['{"kind": "person", "stage": "new"}'], array[null::timestamptz], array['admin'], array[gen_random_uuid()], 'request', 0 * interval '1 millisecond');
commit;
