package dev.kith.core.schema;

/** What is asked of the database's catalogue. */
final class Catalogue {

    /** Sets the search path of the session; answers the one before. */
    static final String SET_PATH =
            """
            with before as materialized (select current_setting('search_path') as path)
            select path, set_config('search_path', ?, false) from before
            """;

    /** Everything in a schema, but for Flyway's own table. */
    static final String THINGS =
            """
            with own as (select n.oid from pg_namespace n where n.nspname = ?),
            relation as (
                select c.* from pg_class c join own on own.oid = c.relnamespace
                 where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
                   and c.relname <> 'flyway_schema_history'),
            bound as (
                select r.oid as relation, r.relname, a.attnum, a.attname::text as name,
                       format_type(a.atttypid, a.atttypmod) as type,
                       a.attnotnull or t.typnotnull as required,
                       case when a.attidentity <> '' then ' identity ' || a.attidentity::text
                            when a.attgenerated <> ''
                                then ' generated as ' || pg_get_expr(d.adbin, d.adrelid)
                            else ' default ' || coalesce(pg_get_expr(d.adbin, d.adrelid), t.typdefault)
                       end as given,
                       r.relkind in ('r', 'p', 'f') as is_table
                  from relation r
                  join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
                  join pg_type t on t.oid = a.atttypid
                  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                 where r.relkind <> 'S')
            select 'relation ' || r.relname as key, w.word || ' ' || r.relname as label,
                   '' as part_of, r.relname::text as name,
                   'a ' || w.word || case when r.relispartition then ', a part of another' else '' end
                       || case when r.relrowsecurity or r.relforcerowsecurity
                               then ' with row level security' else '' end
                       || case when r.relforcerowsecurity then ', forced' else '' end
                       as shape,
                   '{}'::text[] as binds, true as spares,
                   case when r.relkind in ('r', 'm') then r.relfilenode::bigint else 0 end as file,
                   case when r.relkind = 'r' then pg_stat_get_xact_tuples_deleted(r.oid) else 0 end
                       as deleted
              from relation r
              cross join lateral (
                  select case r.relkind when 'v' then 'view' when 'm' then 'materialized view'
                                        when 'f' then 'foreign table' when 'S' then 'sequence'
                                        else 'table' end as word) w
            union all
            select 'column ' || relname || '.' || name, 'column ' || relname || '.' || name,
                   relname::text, name,
                   type || case when required then ' not null' else '' end || coalesce(given, ''),
                   array[name], not is_table or not required or given is not null, 0, 0
              from bound
            union all
            select 'rule ' || r.relname || '.' || c.conname,
                   'constraint ' || c.conname || ' of ' || r.relname, r.relname::text,
                   c.conname::text, regexp_replace(pg_get_constraintdef(c.oid), ' NOT VALID$', ''),
                   b.columns,
                   case when c.contype in ('c', 'f') then cardinality(b.columns) > 0
                        else b.one_is_left_out end, 0, 0
              from relation r
              join pg_constraint c on c.conrelid = r.oid and c.contype in ('c', 'f', 'p', 'u', 'x')
              cross join lateral (
                  select coalesce(array_agg(name), '{}') as columns,
                         coalesce(bool_or(not required and given is null), false)
                             as one_is_left_out
                    from bound where relation = r.oid and attnum = any (c.conkey)) b
            union all
            select 'index ' || r.relname || '.' || c.relname,
                   'unique index ' || c.relname || ' of ' || r.relname, r.relname::text,
                   c.relname::text, pg_get_indexdef(i.indexrelid), b.columns,
                   b.one_is_left_out and 0 <> all (i.indkey::int2[]), 0, 0
              from relation r
              join pg_index i on i.indrelid = r.oid and i.indisunique
              join pg_class c on c.oid = i.indexrelid
              cross join lateral (
                  select coalesce(array_agg(name), '{}') as columns,
                         coalesce(bool_or(not required and given is null), false)
                             as one_is_left_out
                    from bound where relation = r.oid and attnum = any (i.indkey::int2[])) b
             where not exists (select from pg_constraint k where k.conindid = i.indexrelid
                                  and k.contype in ('p', 'u', 'x'))
            union all
            select 'trigger ' || r.relname || '.' || t.tgname,
                   'trigger ' || t.tgname || ' of ' || r.relname, r.relname::text, t.tgname::text,
                   pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text, '{}', true, 0, 0
              from relation r
              join pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal
            union all
            select 'rewriting ' || r.relname || '.' || w.rulename,
                   'rule ' || w.rulename || ' of ' || r.relname, r.relname::text, w.rulename::text,
                   'it does something else than what is asked: ' || pg_get_ruledef(w.oid)
                       || ' ' || w.ev_enabled::text,
                   '{}', false, 0, 0
              from relation r
              join pg_rewrite w on w.ev_class = r.oid and w.rulename <> '_RETURN'
            union all
            select 'policy ' || r.relname || '.' || p.polname,
                   'policy ' || p.polname || ' of ' || r.relname, r.relname::text, p.polname::text,
                   'it hides rows: ' || concat_ws(' ', p.polpermissive, p.polcmd,
                       (select string_agg(coalesce(pg_get_userbyid(nullif(role, 0)), 'public'), ', ')
                          from unnest(p.polroles) role),
                       pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)),
                   '{}', false, 0, 0
              from relation r
              join pg_policy p on p.polrelid = r.oid
            union all
            select s.signature, s.signature, '', p.proname::text,
                   'returning ' || coalesce(pg_get_function_result(p.oid), 'nothing'),
                   '{}', true, 0, 0
              from pg_proc p join own on own.oid = p.pronamespace
              cross join lateral (
                  select 'function ' || p.proname || '('
                         || pg_get_function_identity_arguments(p.oid) || ')' as signature) s
            union all
            select 'type ' || t.typname, 'type ' || t.typname, '', t.typname::text,
                   case t.typtype
                       when 'd' then 'domain over ' || format_type(t.typbasetype, t.typtypmod)
                           || case when t.typnotnull then ' not null' else '' end
                           || coalesce(' default ' || t.typdefault, '')
                           || coalesce((select string_agg(' ' || pg_get_constraintdef(k.oid), ''
                                                          order by k.conname)
                                          from pg_constraint k where k.contypid = t.oid), '')
                       when 'c' then 'of ' || coalesce(
                           (select string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod),
                                              ', ' order by a.attnum)
                              from pg_attribute a
                             where a.attrelid = t.typrelid and not a.attisdropped), 'nothing')
                       when 'e' then 'enum' else 'range' end,
                   '{}', true, 0, 0
              from pg_type t join own on own.oid = t.typnamespace
              left join pg_class c on c.oid = t.typrelid
             where t.typtype in ('d', 'e', 'r') or (t.typtype = 'c' and c.relkind = 'c')
            union all
            select 'value ' || t.typname || '.' || e.enumlabel,
                   'value ' || e.enumlabel || ' of type ' || t.typname, '', e.enumlabel::text,
                   'a value', '{}', true, 0, 0
              from pg_enum e join pg_type t on t.oid = e.enumtypid
              join own on own.oid = t.typnamespace
             order by 1
            """;

    private Catalogue() {}
}
