-- What the crisis team's deployments say of a child. To wrap another system, rewrite this file.

create function care.agency_party() returns text
  language sql immutable parallel safe
  as $$ select 'crisis' $$;

-- Milliseconds since 1970 as a moment; null where they are further from now than any clock is wrong.
create function care.crisis_moment(milliseconds bigint) returns timestamptz
  language sql immutable
  as $$
    select case when milliseconds between 0 and 253402300799999 then to_timestamp(milliseconds / 1000.0) end
  $$;

-- dd-mm-jjjj as a day; null where it is no day.
create function care.crisis_day(spoken text) returns date
  language sql stable
  as $$
    select case when iso ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' and pg_input_is_valid(iso, 'date') then iso::date end
    from (select regexp_replace(btrim(spoken), '^([0-9]{2})-([0-9]{2})-([0-9]{4})$', '\3-\2-\1')) as turned (iso)
    where btrim(spoken) ~ '^[0-9]{2}-[0-9]{2}-[0-9]{4}$'
  $$;

create function care.crisis_in_scope(causes text[]) returns boolean
  language sql immutable
  as $$
    select coalesce(bool_or(
      lower(btrim(cause)) in ('huiselijk geweld', 'kindermishandeling', 'bedreiging', 'ernstig voorval')
    ), false)
    from unnest(causes) as cause
  $$;

-- `aanwezige` is a row of registry.aanwezige: that somebody was there.
create function care.read_registry_child(aanwezige jsonb) returns care.registry_child
  language sql stable
  as $$
    select
      inzet.inzetnummer,
      crisisteam.oin,
      care.crisis_moment(inzet.ter_plaatse_ms),
      care.crisis_in_scope(inzet.aanleidingen),
      lower(btrim(aanwezige ->> 'hoedanigheid')) = 'kind',
      aanwezige #>> '{persoon,bsn}',
      aanwezige #>> '{persoon,naam,voor}',
      aanwezige #>> '{persoon,naam,tussen}',
      aanwezige #>> '{persoon,naam,achter}',
      care.crisis_day(aanwezige #>> '{persoon,geboren}')
    from registry.inzet
    left join registry.crisisteam using (teamcode)
    where inzet.inzetnummer = aanwezige ->> 'inzetnummer'
  $$;

create trigger raise_signal after insert on registry.aanwezige
  for each row execute function care.raise_signal();
