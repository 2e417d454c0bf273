-- Who may invite with which code, who was invited by whom, and what became of it. No row refers to
-- another schema.

-- What is locked while a claim about somebody is decided, on either side.
create table referrals.person (
    customer_id       uuid   not null primary key,
    -- Claims with this person's codes that were not refused. The cap is a condition on this number.
    invited           bigint not null default 0 check (invited >= 0),
    -- The first purchase that was heard of, by its event. Whoever has one is a customer already.
    first_purchase_id uuid
) with (fillfactor = 70);

create table referrals.code (
    code                 text        not null primary key,
    customer_id          uuid        not null,
    -- Whose it was before two customers turned out to be one.
    original_customer_id uuid        not null,
    chosen               boolean     not null,
    created_at           timestamptz not null
);
create index code_by_customer on referrals.code (customer_id, code);
-- A customer has one code that was not chosen.
create unique index code_given_once on referrals.code (original_customer_id) where not chosen;

create table referrals.claim (
    id                   uuid        not null primary key,
    -- Null when whoever chose it was erased.
    code                 text,
    customer_id          uuid        not null,
    original_customer_id uuid        not null,
    inviter_id           uuid        not null,
    original_inviter_id  uuid        not null,
    state                text        not null
                         check (state in ('CLAIMED', 'QUALIFIED', 'REWARDED', 'EXPIRED',
                                          'CLAWED_BACK', 'REFUSED')),
    refusal              text        check ((state = 'REFUSED') = (refusal is not null)),
    claimed_at           timestamptz not null,
    expires_at           timestamptz not null,
    -- The purchase that qualified it.
    order_id             text,
    amount_minor         bigint,
    currency             text,
    qualified_at         timestamptz
);
-- The proof that nobody has two inviters.
create unique index claim_one_inviter on referrals.claim (customer_id) where state <> 'REFUSED';
-- The same claim refused for the same reason is kept once, however often it is made.
create unique index claim_refused_once on referrals.claim (customer_id, code, refusal)
    where state = 'REFUSED';
create index claim_by_customer on referrals.claim (customer_id, id desc);
create index claim_by_inviter on referrals.claim (inviter_id, id desc);

create table referrals.reward (
    id          uuid   not null primary key,
    claim_id    uuid   not null references referrals.claim (id),
    side        text   not null check (side in ('INVITER', 'REFEREE')),
    customer_id uuid   not null,
    points      bigint not null check (points > 0),
    state       text   not null
                check (state in ('REQUESTED', 'GRANTED', 'REFUSED', 'REVERSING', 'REVERSED')),
    reason      text
);
-- The proof that each side is rewarded once.
create unique index reward_once on referrals.reward (claim_id, side);

-- Refunds of the last days, because one may be heard of before its purchase.
create table referrals.refund (
    customer_id  uuid        not null,
    refund_id    text        not null,
    order_id     text,
    amount_minor bigint      not null,
    currency     text        not null,
    occurred_at  timestamptz not null,
    recorded_at  timestamptz not null,
    primary key (customer_id, refund_id)
);
create index refund_by_age on referrals.refund (recorded_at);

-- One row: its lock is the place in the line of claims that could close a circle.
create table referrals.circle_check (
    only_row boolean not null primary key default true check (only_row)
);
insert into referrals.circle_check default values;
