-- A case is where its steps have led. What its columns say about time is computed from the steps,
-- the promise made when it came in (targets and calendar version), and nothing else.

create sequence complaints.receipt_number start with 1001;

create table complaints.complaint (
    id                   uuid        not null primary key,
    receipt              text        not null unique,
    -- What another system calls it; importing it again finds it.
    reference            text        unique,
    customer_id          uuid,
    -- Whose it was before two customers turned out to be one.
    original_customer_id uuid,
    channel              text        not null,
    severity             text        not null,
    state                text        not null,
    subject              text        not null,
    text                 text        not null,
    contact              text,
    queue                text,
    assignee             text,
    -- The promise.
    calendar             text        not null,
    calendar_version     integer     not null,
    acknowledge_within   bigint      not null,
    resolve_within       bigint      not null,
    due_given            boolean     not null,
    -- What follows from it and the steps; no due time while the clock waits.
    acknowledge_due_at   timestamptz,
    resolve_due_at       timestamptz,
    next_due_at          timestamptz not null,
    acknowledge_told     boolean     not null,
    resolve_told         boolean     not null,
    received_at          timestamptz not null,
    acknowledged_at      timestamptz,
    resolved_at          timestamptz,
    closed_at            timestamptz,
    created_at           timestamptz not null,
    updated_at           timestamptz not null,
    version              bigint      not null
) with (fillfactor = 80);
create index complaint_by_due on complaints.complaint (next_due_at, id);
create index complaint_by_receipt on complaints.complaint (received_at desc, id desc);
create index complaint_by_customer on complaints.complaint (customer_id) where customer_id is not null;
create index complaint_open on complaints.complaint (calendar, id)
    where state not in ('RESOLVED', 'CLOSED', 'WITHDRAWN');

-- Only added.
create table complaints.step (
    id          uuid        not null primary key,
    case_id     uuid        not null,
    number      integer     not null,
    state       text        not null,
    occurred_at timestamptz not null,
    unique (case_id, number)
);

create table complaints.message (
    id          uuid        not null primary key,
    case_id     uuid        not null,
    visibility  text        not null,
    author      text        not null,
    name        text,
    text        text        not null,
    occurred_at timestamptz not null
);
create index message_by_case on complaints.message (case_id, id);

-- Who holds the token sees the status page. Only its hash is kept, so each message has another.
create table complaints.link (
    secret     bytea       not null primary key,
    case_id    uuid        not null,
    created_at timestamptz not null
);
create index link_by_case on complaints.link (case_id);

-- Versions are only added, so a case that is over keeps the calendar it was judged by.
create table complaints.calendar (
    name       text        not null,
    version    integer     not null,
    -- Null: the deployment's zone.
    zone       text,
    hours      text[]      not null,
    holidays   date[]      not null,
    workdays   text[]      not null,
    created_at timestamptz not null,
    primary key (name, version)
);
insert into complaints.calendar values (
    'standard', 1, null,
    array ['MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY 09:00 18:00'], '{}', '{}',
    timestamptz '2025-01-01 00:00:00+00');
