-- What the police records system says of a child. To wrap another system, rewrite this file.

create function care.agency_party() returns text
  language sql immutable parallel safe
  as $$ select 'police' $$;

-- A date and a time on the wall as a moment. An hour that comes twice is taken as the first, so
-- that no signal is late for it. Without a time the day counts from its beginning.
create function care.police_moment(day date, at time) returns timestamptz
  language sql stable
  as $$
    select least(
      (day + coalesce(at, '00:00')) at time zone 'Europe/Amsterdam',
      (day + coalesce(at, '00:00') - interval '1 hour') at time zone 'Europe/Amsterdam' + interval '1 hour'
    )
  $$;

-- jjjjmmdd as a day; null where a part of it is unknown or it is no day.
create function care.police_day(digits text) returns date
  language sql stable
  as $$
    select case when digits ~ '^[0-9]{8}$' and pg_input_is_valid(digits, 'date') then digits::date end
  $$;

-- `betrokkene` is a row of registry.betrokkene.
create function care.read_registry_child(betrokkene jsonb) returns care.registry_child
  language sql stable
  as $$
    select
      incident.incident_id::text,
      eenheid.oin,
      care.police_moment(incident.pleegdatum, incident.pleegtijd),
      incident.klassecode in ('G10', 'G20', 'G30', 'G90'),
      upper(btrim(betrokkene ->> 'rol')) = 'KIND',
      betrokkene ->> 'bsn',
      betrokkene ->> 'voornamen',
      betrokkene ->> 'voorvoegsels',
      betrokkene ->> 'achternaam',
      care.police_day(betrokkene ->> 'geboortedatum')
    from registry.incident
    left join registry.eenheid using (eenheidscode)
    where incident.incident_id = (betrokkene ->> 'incident_id')::bigint
  $$;

create trigger raise_signal after insert on registry.betrokkene
  for each row execute function care.raise_signal();
