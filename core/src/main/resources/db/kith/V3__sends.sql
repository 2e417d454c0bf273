-- Effects outside the database: a queue per receiver, an order within it, an end.

alter table kith.send
    add column number bigint generated always as identity,
    -- Those of one queue share its rests and pauses; those of one lane in it go one after another.
    add column queue uuid,
    add column lane uuid,
    drop constraint send_state_check,
    add constraint send_state_check check (state in ('waiting', 'sent', 'parked', 'skipped'));
alter table kith.send rename column sent_at to ended_at;

create table kith.send_queue (
    id            uuid        not null primary key,
    plugin        text        not null,
    failures      int         not null default 0,
    failing_since timestamptz,
    last_failure  text,
    last_sent_at  timestamptz,
    rests_until   timestamptz,
    paused_reason text,
    paused_at     timestamptz
);

drop index kith.send_due;
create index send_due on kith.send (due_at) where state = 'waiting' and queue is null;
create index send_queue_due on kith.send (queue, due_at, number) where state = 'waiting';
create index send_lane on kith.send (queue, lane, number) where state = 'waiting';
create index send_by_queue on kith.send (queue, number);
create unique index send_by_number on kith.send (number);
create index send_parked on kith.send (number) where state = 'parked';
create index send_ended on kith.send (ended_at) where state in ('sent', 'skipped');
