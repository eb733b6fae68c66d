-- Somebody who turns out to be a child only later, and a deployment whose causes, or moment, are filled in only later.

create or replace trigger raise_signal after insert or update on registry.aanwezige
  for each row execute function care.raise_signal();

create function care.raise_signals_of_deployment() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      perform care.raise_signal_of('registry.aanwezige'::regclass, to_jsonb(aanwezige), false)
        from registry.aanwezige where inzetnummer = new.inzetnummer;
      return null;
    end
  $$;
create trigger raise_signals after update on registry.inzet
  for each row execute function care.raise_signals_of_deployment();
