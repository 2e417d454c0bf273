-- The kernel: event log, subscriptions, jobs, sends, manners of HTTP, keys. Nothing here refers to
-- kith.event by foreign key, and nothing is deferred: after the shard locks nothing may wait.

-- Event log -----------------------------------------------------------------------------------

-- Cache 1: a session that kept numbers back would hand out positions older than visible ones.
create sequence kith.event_position cache 1;

create table kith.event (
    position    bigint      not null primary key,
    id          uuid        not null,
    shard       smallint    not null,
    topic       text        not null,
    customer_id uuid,
    payload     jsonb       not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    source      text        not null,
    cause_id    uuid,
    cause_kind  text
) partition by range (position);

create index event_by_topic on kith.event (topic, shard, position);
create index event_by_customer on kith.event (customer_id, occurred_at desc, position desc)
    where customer_id is not null;
create index event_by_id on kith.event (id);
create index event_by_cause on kith.event (cause_id) where cause_id is not null;

-- Makes the partitions that hold positions up to p_upto. Built beside and attached, because that
-- takes a lock that lets appends go on.
create function kith.make_event_partitions(p_upto bigint, p_size bigint) returns int
language plpgsql set search_path = pg_catalog as $$
declare
    made  int := 0;
    first bigint;
    child text;
begin
    perform pg_advisory_xact_lock(1263686568, 1);
    select coalesce(max((regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''?(\d+)''?\)'))[1]::bigint), 0)
      into first
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'kith.event'::regclass;
    while first <= p_upto loop
        child := 'event_' || first;
        execute format('create table kith.%I (like kith.event including defaults including constraints)', child);
        execute format('alter table kith.%I add constraint bounds check (position >= %s and position < %s)',
                       child, first, first + p_size);
        execute format('alter table kith.event attach partition kith.%I for values from (%s) to (%s)',
                       child, first, first + p_size);
        execute format('alter table kith.%I drop constraint bounds', child);
        first := first + p_size;
        made := made + 1;
    end loop;
    return made;
end $$;

select kith.make_event_partitions(1, 10000000);

-- Drops whole partitions, oldest first, whose events are all older than p_before, passed by every
-- cursor, and free of events set aside. Stops at the first that must stay. Never the last one.
create function kith.drop_event_partitions(p_before timestamptz) returns setof text
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
          into needed;
        exit when needed;
        execute format('drop table kith.%I', part.name);
        return next part.name;
    end loop;
end $$;

-- The one way into the log. Takes the locks of the shards touched, ascending, and only then draws
-- positions and the recording time: so within a shard positions become visible in their order.
create function kith.append(
    p_ids uuid[], p_shards smallint[], p_topics text[], p_customers uuid[], p_payloads text[],
    p_occurred timestamptz[], p_sources text[], p_causes uuid[], p_cause_kind text,
    p_clock_offset interval
) returns bigint
language plpgsql set search_path = pg_catalog as $$
declare
    s        smallint;
    recorded timestamptz;
begin
    for s in select distinct x from unnest(p_shards) x order by x loop
        perform pg_advisory_xact_lock(1263686504, s);
    end loop;
    recorded := clock_timestamp() + p_clock_offset;
    insert into kith.event (position, id, shard, topic, customer_id, payload, occurred_at,
                            recorded_at, source, cause_id, cause_kind)
    select nextval('kith.event_position'), e.id, e.shard, e.topic, e.customer, e.payload::jsonb,
           coalesce(e.occurred, recorded), recorded, e.source, e.cause, p_cause_kind
      from (select * from unnest(p_ids, p_shards, p_topics, p_customers, p_payloads, p_occurred,
                                 p_sources, p_causes)
                     with ordinality as u(id, shard, topic, customer, payload, occurred, source,
                                          cause, ord)
             order by ord) e;
    return currval('kith.event_position');
end $$;

-- Keys of events, inserted before the locks. The same key again is a duplicate or a mistake.
create table kith.event_key (
    source      text  not null,
    key         text  not null,
    event_id    uuid  not null,
    fingerprint bytea not null,
    primary key (source, key)
);

create table kith.topic (
    name        text        not null primary key,
    owner       text        not null,
    external    boolean     not null,
    declared_at timestamptz not null
);

-- Delivery ------------------------------------------------------------------------------------

create table kith.subscription (
    name          text        not null primary key,
    plugin        text        not null,
    topic         text        not null,
    born_at       bigint      not null,
    paused_reason text,
    paused_until  timestamptz,
    created_at    timestamptz not null
);

create table kith.cursor (
    subscription text     not null,
    shard        smallint not null,
    position     bigint   not null,
    primary key (subscription, shard)
) with (fillfactor = 50);

-- Events a subscription could not take, and later ones of the same customer waiting behind them.
create table kith.set_aside (
    subscription    text        not null,
    position        bigint      not null,
    event_id        uuid        not null,
    shard           smallint    not null,
    customer_id     uuid,
    state           text        not null check (state in ('retrying', 'waiting', 'parked')),
    attempts        int         not null default 0,
    next_attempt_at timestamptz not null,
    error           text,
    set_aside_at    timestamptz not null,
    primary key (subscription, position)
);
create index set_aside_by_customer on kith.set_aside (subscription, customer_id, position);
create index set_aside_due on kith.set_aside (next_attempt_at) where state <> 'parked';

-- Timers, jobs, sends -------------------------------------------------------------------------

create table kith.job (
    plugin        text        not null,
    name          text        not null,
    key           text        not null,
    due_at        timestamptz not null,
    every_seconds bigint,
    attempts      int         not null default 0,
    parked        boolean     not null default false,
    error         text,
    cause_id      uuid,
    primary key (plugin, name, key)
);
create index job_due on kith.job (due_at) where not parked;

create table kith.send (
    id           uuid        not null primary key,
    plugin       text        not null,
    name         text        not null,
    payload      jsonb       not null,
    state        text        not null check (state in ('waiting', 'sent', 'parked')),
    attempts     int         not null default 0,
    due_at       timestamptz not null,
    error        text,
    cause_id     uuid,
    created_at   timestamptz not null,
    sent_at      timestamptz
);
create index send_due on kith.send (due_at) where state = 'waiting';

-- Facts and plugins ---------------------------------------------------------------------------

create table kith.fact (
    name        text        not null primary key,
    plugin      text        not null,
    type        text        not null,
    meaning     text        not null,
    declared_at timestamptz not null
);

-- What an operator decided on the running server; wins over the settings until decided again.
create table kith.plugin_decision (
    plugin     text        not null primary key,
    enabled    boolean     not null,
    decided_by text        not null,
    decided_at timestamptz not null
);

-- Which migrations each schema has had, so that a start needs one query and not Flyway.
create table kith.migrated (
    schema_name text not null primary key,
    fingerprint text not null
);

-- Manners of HTTP -----------------------------------------------------------------------------

create table kith.idempotency (
    scope       text        not null,
    method      text        not null,
    path        text        not null,
    key         text        not null,
    fingerprint bytea       not null,
    status      smallint    not null,
    etag        text,
    reply       text,
    created_at  timestamptz not null,
    primary key (scope, method, path, key)
);
create index idempotency_old on kith.idempotency (created_at);

create table kith.audit (
    id          uuid        not null primary key,
    at          timestamptz not null,
    actor       text        not null,
    action      text        not null,
    subject     text        not null,
    customer_id uuid,
    request_id  uuid,
    detail      jsonb
);
create index audit_by_customer on kith.audit (customer_id, id) where customer_id is not null;

create table kith.api_key (
    id          uuid        not null primary key,
    name        text        not null unique,
    hash        bytea       not null unique,
    permissions text[]      not null,
    topics      text[]      not null,
    created_by  text        not null,
    created_at  timestamptz not null,
    expires_at  timestamptz,
    revoked_at  timestamptz
);

create table kith.login_link (
    hash       bytea       not null primary key,
    expires_at timestamptz not null,
    used_at    timestamptz
);

create table kith.session (
    hash        bytea       not null primary key,
    name        text        not null,
    permissions text[]      not null,
    csrf        text        not null,
    created_at  timestamptz not null,
    expires_at  timestamptz not null
);
