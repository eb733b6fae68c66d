-- What goes to Leerplicht is encrypted, and PostgreSQL has no key. So the trigger writes of a child's row no more than
-- where it stands, its table and primary key, and the part makes the payload of that: before the report through the API
-- commits, and within moments of a row that the existing system wrote (hops/submit-signal.ts).

create function care.registry_key(relation oid, item jsonb) returns jsonb
  language plpgsql stable
  as $$
    declare
      key jsonb := (
        select jsonb_object_agg(attname, item -> attname::text)
        from pg_index join pg_attribute on attrelid = indrelid and attnum = any (indkey)
        where indrelid = relation and indisprimary
      );
    begin
      if key is null then
        raise exception 'The table that raises signals needs a primary key';
      end if;
      return key;
    end
  $$;

-- The row of a draft as it is now, with the names and types of its table; null where there is none any more.
create function care.registry_row(draft jsonb) returns jsonb
  language plpgsql stable
  as $$
    declare
      relation regclass := draft #>> '{row,table}';
      condition text := (
        select string_agg(
          format('%I = (%L)::%s', attname, draft #>> array['row', 'key', attname], format_type(atttypid, atttypmod)), ' and ')
        from pg_index join pg_attribute on attrelid = indrelid and attnum = any (indkey)
        where indrelid = relation and indisprimary
      );
      item jsonb;
    begin
      execute format('select to_jsonb(item) from %s as item where %s', relation, condition) into item;
      return item;
    end
  $$;

-- The SubmitSignalInput of Leerplicht that a draft stands for; null where the registry no longer has the row. plpgsql
-- looks read_registry_child() up late.
create function care.submission_of(draft jsonb) returns jsonb
  language plpgsql stable
  as $$
    declare
      item jsonb := care.registry_row(draft);
    begin
      return case when item is not null then care.submission(
        (draft ->> 'id')::uuid, draft ->> 'organisation', (draft ->> 'occurredAt')::timestamptz,
        care.read_registry_child(item)
      ) end;
    end
  $$;

-- An idempotency key is the integrator's own text, and may name a child: of it as well there is a keyed digest only.
alter table care.receipt
  drop constraint receipt_pkey,
  alter column idempotency_key drop not null,
  add column id uuid primary key default gen_random_uuid(),
  add column key_digest text,
  add unique (organisation, key_digest),
  add constraint receipt_key_unread check (idempotency_key is null) not valid;
create index receipt_in_plain on care.receipt (organisation) where idempotency_key is not null;
grant update (idempotency_key, key_digest) on care.receipt to :app;
