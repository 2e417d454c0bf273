-- Consents. What a customer says now, and everything they ever said.

-- channel: '' stands for all of them, and is overruled by a row of a channel's own.
create table kith.consent (
    customer_id  uuid        not null,
    purpose      text        not null,
    channel      text        not null,
    state        text        not null check (state in ('given', 'withdrawn')),
    text_version text,
    evidence     text,
    source       text        not null,
    expires_at   timestamptz,
    changed_at   timestamptz not null,
    primary key (customer_id, purpose, channel)
);

-- Append-only: rows are never updated, and removed only with the person.
create table kith.consent_change (
    id           uuid        not null primary key,
    customer_id  uuid        not null,
    purpose      text        not null,
    channel      text        not null,
    act          text        not null check (act in ('given', 'withdrawn', 'expired')),
    text_version text,
    evidence     text,
    source       text        not null,
    expires_at   timestamptz,
    at           timestamptz not null,
    actor        text        not null
);
create index consent_change_by_customer on kith.consent_change (customer_id, id);
