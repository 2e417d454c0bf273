-- A link into the console lets in with no more than whoever made it may do. Those made before are good
-- for a quarter of an hour at most, and were the administrator's to make.
alter table kith.login_link
    add column name        text   not null default 'admin',
    add column permissions text[] not null default array['*'];
alter table kith.login_link
    alter column name drop default,
    alter column permissions drop default;
