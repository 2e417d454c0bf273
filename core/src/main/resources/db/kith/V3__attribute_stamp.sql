-- One row that changes with every change of kith.attribute_definition. Whoever has read the
-- definitions once can insert a customer under the condition that they are still the same, which
-- costs less than reading them each time.
create table kith.attribute_stamp (
    only_row boolean not null primary key default true check (only_row),
    version  bigint  not null
);
insert into kith.attribute_stamp (version) values (1);

create function kith.touch_attribute_stamp() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
    update kith.attribute_stamp set version = version + 1;
    return null;
end $$;

create trigger attribute_definition_changed
    after insert or update or delete on kith.attribute_definition
    for each statement execute function kith.touch_attribute_stamp();
