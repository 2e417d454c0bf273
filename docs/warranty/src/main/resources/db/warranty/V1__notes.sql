create table warranty.note (
    id          uuid        not null primary key,
    customer_id uuid        not null,
    text        text        not null,
    created_at  timestamptz not null
);

create index note_by_customer on warranty.note (customer_id, id desc);
