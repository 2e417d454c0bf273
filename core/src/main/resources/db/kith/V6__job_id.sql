-- A timer has an id by which an operator can name it: its key may tell whom it is about.
alter table kith.job add column id uuid not null default gen_random_uuid();
create unique index job_by_id on kith.job (id);

-- What is due is taken from each plugin and each subscription, so that none keeps another's out.
create index job_due_of on kith.job (plugin, due_at) where not parked;
drop index kith.job_due;
create index set_aside_due_of on kith.set_aside (subscription, next_attempt_at)
    where state <> 'parked';
drop index kith.set_aside_due;
