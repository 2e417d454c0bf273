-- Customers. What is read with a customer stands in its row; nothing here refers to kith.event.

-- emails, phones, addresses: arrays of objects with ids of their own. external_ids repeats what
-- kith.customer_external_id proves to be unique, so that a customer is read with one row.
create table kith.customer (
    id           uuid        not null primary key,
    version      bigint      not null,
    kind         text        not null,
    name         text        not null collate "C",
    given_name   text,
    family_name  text,
    emails       jsonb       not null,
    phones       jsonb       not null,
    addresses    jsonb       not null,
    birthday     jsonb,
    locale       text,
    time_zone    text,
    tags         text[]      not null,
    external_ids jsonb       not null,
    parent_id    uuid,
    owner_id     uuid,
    stage        text        not null,
    attributes   jsonb       not null,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    archived_at  timestamptz,
    search       text[]      not null
) with (fillfactor = 90, autovacuum_analyze_scale_factor = 0.02);

-- Names, contacts and filters as tokens. No pending list: a search must not pay for the writes.
create index customer_by_token on kith.customer using gin (search) with (fastupdate = off);
create index customer_by_creation on kith.customer (created_at, id);
create index customer_by_name on kith.customer (name, id);
create index customer_by_update on kith.customer (updated_at, id);

-- How frequent a token is decides how a search is answered; rare ones must be known as rare.
alter table kith.customer alter column search set statistics 500;

-- One customer per foreign id: the proof that creating by one is safe to repeat and to race.
create table kith.customer_external_id (
    source      text not null,
    external_id text not null,
    customer_id uuid not null,
    primary key (source, external_id)
);

-- What operators want to know of customers beyond what everybody does.
create table kith.attribute_definition (
    name       text        not null primary key,
    version    bigint      not null,
    type       text        not null,
    required   boolean     not null,
    personal   boolean     not null,
    purpose    text        not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
