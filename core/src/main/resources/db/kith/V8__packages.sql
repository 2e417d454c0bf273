-- Packages: what was uploaded, what is installed, what was removed. Kept here and not in files, so
-- that every node gets them and a backup holds them.

create table kith.plugin_package (
    sha256      text        not null primary key,
    plugin      text        not null,
    version     text        not null,
    bytes       bigint      not null,
    uploaded_by text        not null,
    uploaded_at timestamptz not null
);

create table kith.plugin_package_chunk (
    sha256 text  not null references kith.plugin_package (sha256) on delete cascade,
    number int   not null,
    piece  bytea not null,
    primary key (sha256, number)
);
-- Jars are compressed already.
alter table kith.plugin_package_chunk alter column piece set storage external;

create table kith.plugin_installed (
    plugin       text        not null primary key,
    sha256       text        not null references kith.plugin_package (sha256),
    installed_by text        not null,
    installed_at timestamptz not null
);

-- A plugin that was taken away. Its rows and tables stay as they are, or stand in the schema
-- set_aside, which is dropped at drop_at.
create table kith.plugin_removed (
    plugin     text        not null primary key,
    version    text,
    sha256     text        references kith.plugin_package (sha256),
    removed_by text        not null,
    removed_at timestamptz not null,
    set_aside  text,
    drop_at    timestamptz
);
create index plugin_removed_due on kith.plugin_removed (drop_at) where drop_at is not null;
