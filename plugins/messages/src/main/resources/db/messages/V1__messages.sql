-- What was asked for, and what became of it. Rendered texts and addresses are never stored; what a
-- message is made of (data) is dropped when it has ended.

create table messages.delivery (
    id                   uuid        not null primary key,
    message_id           uuid        not null,
    customer_id          uuid,
    -- Whose it was before two customers turned out to be one.
    original_customer_id uuid,
    purpose              text        not null,
    template             text        not null,
    data                 jsonb,
    state                text        not null
                         check (state in ('requested', 'waiting', 'sent', 'suppressed', 'failed')),
    reason               text,
    channel              text,
    attempts             integer     not null,
    -- Since when it weighs on the customer; without one it does not.
    counted_at           timestamptz,
    requested_at         timestamptz not null,
    due_at               timestamptz,
    expires_at           timestamptz not null,
    ended_at             timestamptz
) with (fillfactor = 80);

-- The proof that no customer gets a message twice, however often it is asked for.
create unique index delivery_once on messages.delivery (message_id, original_customer_id)
    nulls not distinct;
create index delivery_by_customer on messages.delivery (customer_id, id desc);
create index delivery_by_state on messages.delivery (state, id desc);
create index delivery_by_request on messages.delivery (requested_at);
create index delivery_counted on messages.delivery (customer_id, counted_at)
    where counted_at is not null;

-- Locked while it is decided whether one more message is too many.
create table messages.recipient (
    customer_id uuid not null primary key
);

-- Templates that replace the ones built in, or are new.
create table messages.template (
    name       text        not null primary key,
    version    bigint      not null,
    subject_en text        not null,
    text_en    text        not null,
    html_en    text,
    subject_zh text        not null,
    text_zh    text        not null,
    html_zh    text,
    -- What it can be filled in with, and with what the preview does.
    sample     jsonb       not null,
    updated_at timestamptz not null
);

-- Links to unsubscribe: what a token stands for.
create table messages.link (
    token_sha256         bytea       not null primary key,
    customer_id          uuid        not null,
    original_customer_id uuid        not null,
    purpose              text        not null,
    channel              text        not null,
    created_at           timestamptz not null
);
create index link_by_customer on messages.link (customer_id);

-- Who has unsubscribed, until they consent anew.
create table messages.unsubscribed (
    customer_id uuid        not null,
    purpose     text        not null,
    channel     text        not null,
    since       timestamptz not null,
    primary key (customer_id, purpose, channel)
);
