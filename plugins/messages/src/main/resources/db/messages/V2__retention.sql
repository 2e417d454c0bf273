-- What the job that forgets looks for, the oldest first.
create index delivery_by_end on messages.delivery (ended_at) where ended_at is not null;
create index link_by_age on messages.link (created_at);
