-- A link into the console, and the session it opened, are good as long as the key that made the link;
-- none of those of the operator and those made before. Those end by themselves, after twelve hours.
alter table kith.login_link add column key_id uuid;
alter table kith.session    add column key_id uuid;
