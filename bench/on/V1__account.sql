create table account (
    customer_id uuid   not null primary key,
    purchases   bigint not null
);
