-- Entries are only added. An account is their sum, kept in the same transaction, so that a balance
-- is one row by key. No entry refers to another schema: an event's id is only a number here.

create table loyalty.entry (
    id                   uuid        not null primary key,
    customer_id          uuid        not null,
    -- Whose it was before two customers turned out to be one.
    original_customer_id uuid        not null,
    kind                 text        not null check (kind in ('earn', 'grant', 'spend', 'expire')),
    points               bigint      not null,
    reason               text        not null,
    note                 text,
    cause_id             uuid,
    occurred_at          timestamptz not null,
    created_at           timestamptz not null,
    expires_at           timestamptz
);

-- The proof that no event is credited twice.
create unique index entry_once on loyalty.entry (cause_id, kind);
create index entry_by_customer on loyalty.entry (customer_id, id desc);
create index entry_expiring on loyalty.entry (customer_id, expires_at)
    where expires_at is not null;

create table loyalty.account (
    customer_id     uuid        not null primary key,
    balance         bigint      not null,
    held            bigint      not null,
    lifetime_earned bigint      not null,
    next_expiry_at  timestamptz,
    updated_at      timestamptz not null
) with (fillfactor = 70);
create index account_expiring on loyalty.account (next_expiry_at)
    where next_expiry_at is not null;

create table loyalty.hold (
    id                   uuid        not null primary key,
    customer_id          uuid        not null,
    original_customer_id uuid        not null,
    points               bigint      not null check (points > 0),
    state                text        not null
                         check (state in ('held', 'captured', 'released', 'lapsed')),
    note                 text,
    created_at           timestamptz not null,
    lapses_at            timestamptz not null
);
create index hold_by_customer on loyalty.hold (customer_id) where state = 'held';

-- What became of each reward another area asked for; asking again changes nothing.
create table loyalty.reward (
    id          uuid        not null primary key,
    customer_id uuid        not null,
    points      bigint      not null,
    refusal     text,
    decided_at  timestamptz not null
);
