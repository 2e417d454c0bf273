-- Nothing in here is a coordinate of a customer's: where somebody was is which fence they were in.

create table places.site (
    id          uuid        not null primary key,
    version     bigint      not null,
    name        text        not null,
    address     text,
    lat         double precision not null,
    lon         double precision not null,
    tags        text[]      not null,
    created_at  timestamptz not null,
    archived_at timestamptz
);

-- shape: {"circle": {lat, lon, radiusMeters}} or {"area": <GeoJSON geometry>}.
-- shape_version counts only when the shape changes.
create table places.fence (
    id                 uuid             not null primary key,
    version            bigint           not null,
    name               text             not null,
    site_id            uuid references places.site (id),
    shape              jsonb            not null,
    shape_version      bigint           not null,
    exit_buffer_meters double precision not null,
    created_at         timestamptz      not null,
    archived_at        timestamptz
);

-- Moves with every change of a fence, so that what is kept in memory knows when it is old.
create table places.outline (
    one     boolean not null primary key check (one),
    version bigint  not null
);
insert into places.outline (one, version) values (true, 1);

-- Up to where a customer's observations have been evaluated. Locked while they are.
create table places.visitor (
    customer_id      uuid        not null primary key,
    last_observed_at timestamptz not null
) with (fillfactor = 70);

create table places.presence (
    customer_id   uuid        not null,
    fence_id      uuid        not null references places.fence (id),
    shape_version bigint      not null,
    entered_at    timestamptz not null,
    last_seen_at  timestamptz not null,
    -- Since when the customer seems to be outside.
    leaving_at    timestamptz,
    primary key (customer_id, fence_id)
) with (fillfactor = 70);
create index presence_by_fence on places.presence (fence_id);
create index presence_by_age on places.presence (last_seen_at);

create table places.visit (
    id                   uuid        not null primary key,
    customer_id          uuid        not null,
    original_customer_id uuid        not null,
    fence_id             uuid        not null references places.fence (id),
    entered_at           timestamptz not null
);
create index visit_by_customer on places.visit (customer_id);
create index visit_by_fence on places.visit (fence_id, entered_at);

create table places.promotion (
    id                     uuid        not null primary key,
    version                bigint      not null,
    name                   text        not null,
    state                  text        not null
                           check (state in ('draft', 'active', 'paused', 'ended')),
    fence_ids              uuid[]      not null,
    audience               text,
    hours                  jsonb       not null,
    starts_at              timestamptz,
    ends_at                timestamptz,
    points                 bigint,
    template               text,
    per_customer_per_day   integer     not null,
    per_customer_total     integer     not null,
    budget                 bigint      not null,
    used                   bigint      not null check (used <= budget),
    created_at             timestamptz not null
);
create index promotion_active on places.promotion (id) where state = 'active';

-- Every decision with its reason. The unique pair is the proof that none is taken twice.
create table places.decision (
    id                   uuid        not null primary key,
    promotion_id         uuid        not null references places.promotion (id),
    event_id             uuid        not null,
    customer_id          uuid,
    original_customer_id uuid,
    fence_id             uuid        not null,
    outcome              text        not null,
    missing              text[]      not null,
    decided_at           timestamptz not null,
    decided_on           date        not null,
    unique (promotion_id, event_id)
);
create index decision_by_promotion on places.decision (promotion_id, id desc);
create index decision_by_customer on places.decision (customer_id, promotion_id, decided_on);
