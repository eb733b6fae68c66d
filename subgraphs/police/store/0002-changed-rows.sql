-- A role that becomes KIND only later, and an incident that is classed, or dated, only later.

create or replace trigger raise_signal after insert or update on registry.betrokkene
  for each row execute function care.raise_signal();

create function care.raise_signals_of_incident() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      perform care.raise_signal_of('registry.betrokkene'::regclass, to_jsonb(betrokkene), false)
        from registry.betrokkene where incident_id = new.incident_id;
      return null;
    end
  $$;
create trigger raise_signals after update on registry.incident
  for each row execute function care.raise_signals_of_incident();
