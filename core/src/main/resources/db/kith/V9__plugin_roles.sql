-- Plugins log in as themselves. What a plugin's login may do in this schema stands here: the columns
-- and rows that its own handlers, and core's bookkeeping in the same transaction, need. Core owns
-- the tables, so policies do not bind it.

-- The passwords of all plugins follow from this, so that every node knows them.
create table kith.login_secret (
    only_one boolean not null primary key default true check (only_one),
    secret   bytea   not null
);
insert into kith.login_secret (secret)
values (sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));

-- The plugin this session logged in as, or null. session_user is what no SET can change. Parsed here
-- and not when called, so no search path changes what it means.
create function kith.plugin() returns text language sql stable parallel safe
return substring(session_user::text from '^kith_[0-9]+_([a-z][a-z0-9]*)$');

-- Whose a path such as /api/v1/loyalty/accounts is.
create function kith.plugin_of(p_path text) returns text language sql immutable parallel safe
return case
    when starts_with(p_path, '/api/v1/') then split_part(p_path, '/', 4)
    when starts_with(p_path, '/public/') then split_part(p_path, '/', 3)
end;

-- Rows that are the plugin's own -----------------------------------------------------------------

alter table kith.job enable row level security;
create policy own on kith.job using (plugin = kith.plugin());

alter table kith.send enable row level security;
create policy own on kith.send using (plugin = kith.plugin());

alter table kith.subscription enable row level security;
create policy own on kith.subscription using (plugin = kith.plugin());

-- A list that is made once for a statement, and not a look for each row.
alter table kith.cursor enable row level security;
create policy own on kith.cursor using (subscription = any (array(
    select s.name from kith.subscription s where s.plugin = kith.plugin())));

alter table kith.set_aside enable row level security;
create policy own on kith.set_aside using (subscription = any (array(
    select s.name from kith.subscription s where s.plugin = kith.plugin())));

-- Of the log it reads the topics it subscribes to. It writes there through kith.append alone.
alter table kith.event enable row level security;
create policy heard on kith.event for select using (topic = any (array(
    select s.topic from kith.subscription s where s.plugin = kith.plugin())));

alter table kith.event_key enable row level security;
create policy own on kith.event_key using (source = kith.plugin());

alter table kith.idempotency enable row level security;
create policy own on kith.idempotency using (kith.plugin_of(path) = kith.plugin());

-- It adds to the audit, and reads or changes nothing there.
alter table kith.audit enable row level security;
create policy own on kith.audit for insert
    with check (kith.plugin_of(split_part(action, ' ', 2)) = kith.plugin());

-- Consents are read, and held until the end of a transaction; that takes the right to update, of
-- which the check leaves nothing.
alter table kith.consent enable row level security;
create policy read on kith.consent for select using (true);
create policy hold on kith.consent for update using (true) with check (false);

-- The one way into the log, as before. A plugin writes in its own name, on topics that are its own
-- or that are requests to somebody else.
create or replace function kith.append(
    p_ids uuid[], p_shards smallint[], p_topics text[], p_customers uuid[], p_payloads text[],
    p_occurred timestamptz[], p_sources text[], p_causes uuid[], p_cause_kind text,
    p_clock_offset interval
) returns bigint
language plpgsql security definer set search_path = pg_catalog as $$
declare
    me       text := kith.plugin();
    strange  text;
    s        smallint;
    recorded timestamptz;
begin
    if me is not null then
        select topic into strange from unnest(p_topics) topic
         where topic not like '%equested'
           and topic not in (select k.name from kith.topic k where k.owner = me)
         limit 1;
        if found then
            raise insufficient_privilege using
                message = format('plugin %s may not publish on %s', me, strange);
        end if;
        select source into strange from unnest(p_sources) source
         where source is distinct from me limit 1;
        if found then
            raise insufficient_privilege using
                message = format('plugin %s may not publish in the name of %s', me, strange);
        end if;
    end if;
    for s in select distinct x from unnest(p_shards) x order by x loop
        perform pg_advisory_xact_lock(1263686504, s);
    end loop;
    recorded := clock_timestamp() + p_clock_offset;
    insert into kith.event (position, id, shard, topic, customer_id, payload, occurred_at,
                            recorded_at, source, cause_id, cause_kind)
    select nextval('kith.event_position'), e.id, e.shard, e.topic, e.customer, e.payload::jsonb,
           coalesce(e.occurred, recorded), recorded, e.source, e.cause, p_cause_kind
      from (select * from unnest(p_ids, p_shards, p_topics, p_customers, p_payloads, p_occurred,
                                 p_sources, p_causes)
                     with ordinality as u(id, shard, topic, customer, payload, occurred, source,
                                          cause, ord)
             order by ord) e;
    return currval('kith.event_position');
end $$;

-- Nobody calls by default what changes something.
revoke execute on all functions in schema kith from public;
grant execute on function kith.plugin(), kith.plugin_of(text) to public;

-- The roles themselves ---------------------------------------------------------------------------
-- Roles belong to the cluster and not to this database, so no migration can make them: a dump that
-- is loaded elsewhere finds none. Every start looks whether they are there.

-- Named after the database's number, because other databases of the cluster may hold a Kith as well.
-- Without a plugin: the group of all of them, to which what they share is granted.
create function kith.role_name(p_plugin text default null) returns text
language sql stable set search_path = pg_catalog as $$
    select concat_ws('_', 'kith', oid, p_plugin) from pg_database where datname = current_database()
$$;

create function kith.may_create_roles() returns boolean
language sql stable set search_path = pg_catalog as $$
    select rolsuper or rolcreaterole from pg_roles where rolname = current_user
$$;

-- What is still to be said so that there is the group.
create function kith.group_sql() returns setof text
language plpgsql stable set search_path = pg_catalog as $$
declare
    r text := kith.role_name();
begin
    if to_regrole(quote_ident(r)) is null then
        return next format('create role %I nologin', r);
    end if;
end $$;

-- What is still to be said so that a plugin can log in: p_limits are the limits of its sessions, by
-- their names. Core becomes a member, because it looks after the plugin's schema.
create function kith.login_sql(p_plugin text, p_verifier text, p_limits jsonb) returns setof text
language plpgsql stable set search_path = pg_catalog as $$
declare
    r       text := kith.role_name(p_plugin);
    existing regrole := to_regrole(quote_ident(r));
    l       record;
begin
    if existing is null then
        return next format('create role %I login password %L', r, p_verifier);
    end if;
    if existing is null or to_regrole(quote_ident(kith.role_name())) is null
        or not exists (select from pg_auth_members m
                        where m.member = existing::oid
                          and m.roleid = to_regrole(quote_ident(kith.role_name()))::oid) then
        return next format('grant %I to %I', kith.role_name(), r);
    end if;
    if not (select rolsuper from pg_roles where rolname = current_user)
        and (existing is null or not pg_has_role(current_user, existing::oid, 'usage')) then
        return next format('grant %I to %I', r, current_user);
    end if;
    for l in select key, value from jsonb_each_text(p_limits) loop
        if existing is null or not exists (
            select from pg_roles, unnest(rolconfig) c
             where oid = existing::oid and c = l.key || '=' || l.value) then
            return next format('alter role %I set %I = %L', r, l.key, l.value);
        end if;
    end loop;
end $$;

create function kith.set_password(p_plugin text, p_verifier text) returns void
language plpgsql set search_path = pg_catalog as $$
begin
    execute format('alter role %I password %L', kith.role_name(p_plugin), p_verifier);
end $$;

-- One node at a time, and every node the same way.
create function kith.make_group() returns void
language plpgsql set search_path = pg_catalog as $$
declare
    statement text;
begin
    perform pg_advisory_xact_lock(1263686568, 2);
    for statement in select * from kith.group_sql() loop
        execute statement;
    end loop;
end $$;

create function kith.make_login(p_plugin text, p_verifier text, p_limits jsonb) returns void
language plpgsql set search_path = pg_catalog as $$
declare
    statement text;
begin
    perform pg_advisory_xact_lock(1263686568, 2);
    for statement in select * from kith.login_sql(p_plugin, p_verifier, p_limits) loop
        execute statement;
    end loop;
end $$;

-- What all plugins share. Granted by core, who owns it, and only where it is missing: a grant that
-- changes nothing is a change of the catalogue all the same.
create function kith.let_plugins_in() returns void
language plpgsql set search_path = pg_catalog as $$
declare
    r       text := kith.role_name();
    append  regprocedure;
    what    text;
begin
    perform pg_advisory_xact_lock(1263686568, 2);
    select oid into append from pg_proc
     where proname = 'append' and pronamespace = 'kith'::regnamespace;
    if has_function_privilege(r, append, 'execute') then
        return;
    end if;
    foreach what in array array[
        'usage on schema kith',
        'select (id, kind, name, stage, tags, locale, time_zone, archived_at, emails, phones,'
            || ' external_ids) on kith.customer',
        'select (source, external_id, customer_id) on kith.customer_external_id',
        'select (customer_id, purpose, channel, state, expires_at), update (changed_at)'
            || ' on kith.consent',
        'select on kith.event',
        'select (source, key, event_id), insert on kith.event_key',
        'select, update (paused_reason, paused_until) on kith.subscription',
        'select, update (position) on kith.cursor',
        'select, insert, update, delete on kith.set_aside',
        'select, insert, update, delete on kith.job',
        'insert (id, plugin, name, payload, state, due_at, cause_id, created_at) on kith.send',
        'select, insert, update on kith.idempotency',
        'insert on kith.audit',
        -- Last, because it says that all others are there.
        format('execute on function %s', append)
    ] loop
        execute format('grant %s to %I', what, r);
    end loop;
end $$;

-- Gives a plugin its schema and all that is in it, which was core's before there were roles.
create function kith.give_schema(p_plugin text) returns void
language plpgsql set search_path = pg_catalog as $$
declare
    r    text := kith.role_name(p_plugin);
    mine oid := to_regrole(quote_ident(r))::oid;
    home oid;
    it   record;
begin
    perform pg_advisory_xact_lock(1263686568, 2);
    execute format('create schema if not exists %I authorization %I', p_plugin, r);
    select oid into home from pg_namespace where nspname = p_plugin;
    if exists (select from pg_namespace where oid = home and nspowner <> mine) then
        execute format('alter schema %I owner to %I', p_plugin, r);
    end if;
    for it in
        select c.oid::regclass::text as name, case c.relkind
                   when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence'
                   when 'f' then 'foreign table' when 'c' then 'type' else 'table' end as kind
          from pg_class c
         where c.relnamespace = home and c.relowner <> mine
           and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f', 'c')
           -- A sequence of a column goes with its table.
           and not exists (select from pg_depend d
                            where d.classid = 'pg_class'::regclass and d.objid = c.oid
                              and c.relkind = 'S' and d.deptype in ('a', 'i'))
        union all
        select p.oid::regprocedure::text, 'routine' from pg_proc p
         where p.pronamespace = home and p.proowner <> mine
        union all
        select t.oid::regtype::text, 'type' from pg_type t
         where t.typnamespace = home and t.typowner <> mine and t.typtype in ('d', 'e', 'r')
    loop
        execute format('alter %s %s owner to %I', it.kind, it.name, r);
    end loop;
end $$;

-- Drops a plugin's role when no schema is its own any more.
create function kith.drop_login(p_plugin text) returns void
language plpgsql set search_path = pg_catalog as $$
declare
    r text := kith.role_name(p_plugin);
begin
    perform pg_advisory_xact_lock(1263686568, 2);
    if to_regrole(quote_ident(r)) is null or exists (
        select from pg_namespace where nspowner = to_regrole(quote_ident(r))::oid) then
        return;
    end if;
    execute format('drop owned by %I', r);
    execute format('drop role %I', r);
exception when insufficient_privilege then
    raise warning 'role % stays: this user may not drop it', r;
end $$;

revoke execute on all functions in schema kith from public;
grant execute on function kith.plugin(), kith.plugin_of(text) to public;
