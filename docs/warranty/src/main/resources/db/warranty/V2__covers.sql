create table warranty.cover (
    id          uuid        not null primary key,
    customer_id uuid        not null,
    order_id    text        not null,
    ends_at     timestamptz not null,
    ended       boolean     not null,
    unique (customer_id, order_id)
);
