-- What a customer was credited on one day. How much of a lot is left is not written down: what expires
-- first is spent first, so a balance lies in the lots that expire last. Spending touches no lot.

-- Which day's lot an entry adds to or takes from; null if none. An entry of a purchase or a refund
-- keeps its amount, so that a refund can be in proportion. What is owed changes by debt.
alter table loyalty.entry
    add column lot_on   date,
    add column amount   bigint,
    add column currency text,
    add column rules    text,
    add column debt     bigint not null default 0,
    drop constraint entry_kind_check,
    add constraint entry_kind_check
        check (kind in ('earn', 'grant', 'spend', 'expire', 'reverse', 'repay'));
-- Before this, no entry knew the deployment's time zone.
update loyalty.entry set lot_on = (occurred_at at time zone 'UTC')::date
 where kind in ('earn', 'grant') and points > 0;

drop index loyalty.entry_expiring;
-- What has no cause, such as a redemption, need not be in it.
drop index loyalty.entry_once;
create unique index entry_once on loyalty.entry (cause_id, kind) where cause_id is not null;
create index entry_of_order on loyalty.entry (note, customer_id)
    where kind in ('earn', 'reverse') and note is not null;
create index entry_by_created on loyalty.entry using brin (created_at);

-- bought: of the points, those of purchases less their refunds; tiers and caps count them.
create table loyalty.lot (
    customer_id uuid        not null,
    earned_on   date        not null,
    expires_at  timestamptz not null, -- infinity: never
    points      bigint      not null,
    bought      bigint      not null,
    expired     bigint      not null,
    primary key (customer_id, earned_on, expires_at)
) with (fillfactor = 80);
insert into loyalty.lot (customer_id, earned_on, expires_at, points, bought, expired)
select customer_id, lot_on, coalesce(expires_at, 'infinity'), sum(points),
       coalesce(sum(points) filter (where kind = 'earn'), 0), 0
  from loyalty.entry
 where lot_on is not null
 group by 1, 2, 3;

alter table loyalty.account
    add column debt bigint not null default 0;

-- Refunds that came before their purchase.
create table loyalty.waiting_refund (
    id          uuid        not null primary key, -- the event's
    customer_id uuid        not null,
    order_id    text        not null,
    amount      bigint      not null,
    currency    text        not null,
    occurred_at timestamptz not null,
    waits_until timestamptz not null
);
create index waiting_refund_of_order on loyalty.waiting_refund (customer_id, order_id);
create index waiting_refund_until on loyalty.waiting_refund (waits_until);

alter table loyalty.reward
    add column entry_id    uuid,
    add column reversed_at timestamptz;

-- Sums of the days whose entries are complete, for the chart; later entries are summed when it is shown.
create table loyalty.day_total (
    day    date   not null,
    kind   text   not null,
    points bigint not null,
    primary key (day, kind)
);
create table loyalty.summed (
    one          boolean     not null primary key default true check (one),
    before_start timestamptz not null
);
insert into loyalty.summed (before_start) values ('-infinity');
