-- A row may come to be about a child, or its incident to be in scope, only when the existing system changes it. So a
-- change raises a signal as well, where the row has raised none before.

create table care.raised_row (
  -- Of its table and primary key: enough to know the row again, and no more.
  digest bytea primary key
);
alter table care.raised_row enable row level security;
alter table care.raised_row force row level security;
create policy the_trigger on care.raised_row to current_user using (true) with check (true);

-- Raises the signal of a child's row, if it is to raise one. A row that is written anew does so again: where it was taken
-- away before it was sent, that one is the only one.
create function care.raise_signal_of(relation oid, item jsonb, is_new boolean) returns void
  language plpgsql
  as $$
    declare
      child care.registry_child := care.read_registry_child(item);
      -- A row of no known unit is sent as well; no organisation can then follow it here.
      sender text := coalesce(nullif(child.organisation, ''), 'UNKNOWN');
      occurred timestamptz := least(coalesce(child.occurred_at, care.now()), care.now());
      place jsonb;
      incident_id uuid;
      signal_id uuid := gen_random_uuid();
    begin
      if not care.raises_signal(child) then
        return;
      end if;
      place := jsonb_build_object('table', relation::regclass::text, 'key', care.registry_key(relation, item));
      insert into care.raised_row (digest) values (sha256(convert_to(place::text, 'UTF8'))) on conflict do nothing;
      if not (found or is_new) then
        return;
      end if;
      insert into care.incident (organisation, registry_key, occurred_at)
        values (sender, child.incident_key, occurred)
        on conflict (registry_key) do nothing;
      select id into strict incident_id from care.incident where registry_key = child.incident_key;
      insert into care.sent_signal (id, organisation, incident, occurred_at)
        values (signal_id, sender, incident_id, occurred);
      insert into care.outbox (kind, about, payload)
        values ('submitSignal', signal_id, jsonb_build_object(
          'id', signal_id, 'organisation', sender, 'occurredAt', occurred, 'row', place));
    end
  $$;
revoke execute on function care.raise_signal_of from public;

-- As in 0003, but that the outbox is given a draft (0004), and of a changed row as well: `after insert or update ... for
-- each row`.
create or replace function care.raise_signal() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      perform care.raise_signal_of(tg_relid, to_jsonb(new), tg_op = 'INSERT');
      return null;
    end
  $$;
