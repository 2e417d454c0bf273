-- Effects outside the database: a queue per receiver, an order within it, an end. And webhooks.

alter table kith.send
    add column number bigint generated always as identity,
    -- Those of one queue share its rests and pauses; those of one lane in it go one after another.
    add column queue uuid,
    add column lane uuid,
    drop constraint send_state_check,
    add constraint send_state_check check (state in ('waiting', 'sent', 'parked', 'skipped'));
alter table kith.send rename column sent_at to ended_at;

create table kith.send_queue (
    id            uuid        not null primary key,
    plugin        text        not null,
    failures      int         not null default 0,
    failing_since timestamptz,
    last_failure  text,
    last_sent_at  timestamptz,
    rests_until   timestamptz,
    paused_reason text,
    paused_at     timestamptz
);

drop index kith.send_due;
create index send_due on kith.send (due_at) where state = 'waiting' and queue is null;
create index send_queue_due on kith.send (queue, due_at, number) where state = 'waiting';
create index send_lane on kith.send (queue, lane, number) where state = 'waiting';
create index send_by_queue on kith.send (queue, number);
create unique index send_by_number on kith.send (number);
create index send_parked on kith.send (queue, number) where state = 'parked';
create index send_ended on kith.send (ended_at) where state in ('sent', 'skipped');

-- Webhooks: who outside is told of which events, and how far each has been told.

create table kith.webhook (
    id               uuid        not null primary key,
    version          bigint      not null,
    name             text,
    url              text        not null,
    topics           text[]      not null,
    -- Kept as it is, because every request is signed with it.
    secret           text        not null,
    old_secret       text,
    old_secret_until timestamptz,
    -- Events up to here have become sends of the queue that has this id.
    position         bigint      not null,
    created_by       text        not null,
    created_at       timestamptz not null,
    updated_at       timestamptz not null
);

-- As before, and what a webhook has not been told must stay as well.
create or replace function kith.drop_event_partitions(p_before timestamptz) returns setof text
language plpgsql set search_path = pg_catalog as $$
declare
    part  record;
    needed boolean;
begin
    perform pg_advisory_xact_lock(1263686568, 1);
    for part in
        select c.relname as name, b.bounds[1]::bigint as low, b.bounds[2]::bigint as high
          from pg_inherits i join pg_class c on c.oid = i.inhrelid,
               lateral (select regexp_match(pg_get_expr(c.relpartbound, c.oid),
                                            'FROM \(''?(\d+)''?\) TO \(''?(\d+)''?\)') as bounds) b
         where i.inhparent = 'kith.event'::regclass
         order by 2
    loop
        -- Positions still to be drawn belong to it, or may still be committing.
        select part.high > last_value - 1000 into needed from kith.event_position;
        exit when needed;
        execute format('select exists (select from kith.%I where recorded_at >= $1)', part.name)
           into needed using p_before;
        exit when needed;
        select exists (
            select from kith.cursor c join kith.subscription s on s.name = c.subscription
             where c.position < part.high
               and exists (select from kith.event e
                            where e.topic = s.topic and e.shard = c.shard
                              and e.position > c.position and e.position < part.high))
            or exists (select from kith.set_aside a
                        where a.position >= part.low and a.position < part.high)
            or exists (select from kith.webhook w
                        where w.position < part.high
                          and exists (select from kith.event e
                                       where e.topic = any (w.topics)
                                         and e.position > w.position and e.position < part.high))
            or exists (select from kith.webhook w join kith.send s on s.queue = w.id
                        where s.state in ('waiting', 'parked')
                          and (s.payload ->> 'position')::bigint >= part.low
                          and (s.payload ->> 'position')::bigint < part.high)
          into needed;
        exit when needed;
        execute format('drop table kith.%I', part.name);
        return next part.name;
    end loop;
end $$;
