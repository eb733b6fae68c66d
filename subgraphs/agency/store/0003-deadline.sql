-- By when a signal is due follows from the moment of the incident and the region's school days, which the database does
-- not know. So a signal keeps that moment, and whoever reads it works out the rest.
alter table care.sent_signal rename column due_by to occurred_at;
update care.sent_signal set occurred_at = occurred_at - interval '24 hours';
alter table care.sent_signal alter column sent_at set default care.now();
alter table care.incident alter column reported_at set default care.now();
alter table care.receipt alter column received_at set default care.now();

-- The rule of 0002, on the part's clock.
create or replace function care.raises_signal(child care.registry_child) returns boolean
  language sql stable
  as $$
    select coalesce(child.class_in_scope and child.is_child, false)
      and coalesce(child.occurred_at >= care.now() - interval '31 days', true)
      and coalesce(
        child.birth_date
          > (least(child.occurred_at, care.now()) at time zone 'Europe/Amsterdam')::date - interval '19 years',
        true
      )
  $$;

drop function care.submission;

-- The SubmitSignalInput of Leerplicht. What its types would refuse is left out, or cut, rather
-- than refused for ever: a wrong BSN goes as it is, an impossible day of birth goes as unknown.
create function care.submission(signal uuid, organisation text, occurred_at timestamptz, child care.registry_child)
  returns jsonb
  language sql stable
  as $$
    select jsonb_build_object(
      'id', signal,
      'organisation', organisation,
      'occurredAt', to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'child', jsonb_build_object(
        'bsn', case when child.bsn ~ '^[0-9]{8}$' then '0' || child.bsn else left(nullif(btrim(child.bsn), ''), 200) end,
        'givenName', left(nullif(btrim(child.given_name), ''), 200),
        'prefix', left(nullif(btrim(child.prefix), ''), 200),
        'familyName', left(nullif(btrim(child.family_name), ''), 200),
        'birthDate', case when child.birth_date between '1900-01-01' and '9999-12-31' then child.birth_date end
      )
    )
  $$;

-- As in 0002, but that the moment of the incident goes along instead of a deadline.
create or replace function care.raise_signal() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      child care.registry_child := care.read_registry_child(to_jsonb(new));
      -- A row of no known unit is sent as well; no organisation can then follow it here.
      sender text := coalesce(nullif(child.organisation, ''), 'UNKNOWN');
      occurred timestamptz := least(coalesce(child.occurred_at, care.now()), care.now());
      incident_id uuid;
      signal_id uuid := gen_random_uuid();
    begin
      if not care.raises_signal(child) then
        return null;
      end if;
      insert into care.incident (organisation, registry_key, occurred_at)
        values (sender, child.incident_key, occurred)
        on conflict (registry_key) do nothing;
      select id into strict incident_id from care.incident where registry_key = child.incident_key;
      insert into care.sent_signal (id, organisation, incident, occurred_at)
        values (signal_id, sender, incident_id, occurred);
      insert into care.outbox (kind, payload)
        values ('submitSignal', care.submission(signal_id, sender, occurred, child));
      return null;
    end
  $$;

-- What waits in the outbox is sent in the new form.
update care.outbox
  set payload = (payload - 'dueBy') || jsonb_build_object(
    'occurredAt', to_char((payload ->> 'dueBy')::timestamptz at time zone 'UTC' - interval '24 hours',
                          'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  where kind = 'submitSignal' and payload ? 'dueBy';
