-- A note in which violence is ticked only later, and somebody whose part in the family becomes a child's only later.

create or replace trigger raise_signal after insert or update on registry.melding_client
  for each row execute function care.raise_signal();

create function care.raise_signals_of_note() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      perform care.raise_signal_of('registry.melding_client'::regclass, to_jsonb(melding_client), false)
        from registry.melding_client where melding_uid = new.melding_uid;
      return null;
    end
  $$;
create trigger raise_signals after update on registry.melding
  for each row execute function care.raise_signals_of_note();

create function care.raise_signals_of_person() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      perform care.raise_signal_of('registry.melding_client'::regclass, to_jsonb(melding_client), false)
        from registry.melding_client where client_uid = new.client_uid;
      return null;
    end
  $$;
create trigger raise_signals after update on registry.client
  for each row execute function care.raise_signals_of_person();
