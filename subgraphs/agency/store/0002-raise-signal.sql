-- A child as a row of an agency's registry gives it. Only incident_key may not be null: whatever
-- else the existing system left out or got wrong is sent as it is, and a person looks into it.
create type care.registry_child as (
  incident_key text,
  -- The OIN of the unit that the incident belongs to.
  organisation text,
  occurred_at timestamptz,
  -- Whether the incident is of a class that Handle with Care is about.
  class_in_scope boolean,
  -- Whether the row is about a person in a child's role.
  is_child boolean,
  bsn text,
  given_name text,
  prefix text,
  family_name text,
  birth_date date
);

-- The rule: an incident of a class in scope, of the last month, and a child of at most eighteen on
-- that day. What is unknown of the moment or the birth date counts in the child's favour. A month
-- is a day more than the API takes (30), so that the two clocks cannot disagree about a report.
create function care.raises_signal(child care.registry_child) returns boolean
  language sql stable
  as $$
    select coalesce(child.class_in_scope and child.is_child, false)
      and coalesce(child.occurred_at >= now() - interval '31 days', true)
      and coalesce(
        child.birth_date
          > (least(child.occurred_at, now()) at time zone 'Europe/Amsterdam')::date - interval '19 years',
        true
      )
  $$;

-- The SubmitSignalInput of Leerplicht. What its types would refuse is left out, or cut, rather
-- than refused for ever: a wrong BSN goes as it is, an impossible day of birth goes as unknown.
create function care.submission(signal uuid, organisation text, due_by timestamptz, child care.registry_child)
  returns jsonb
  language sql stable
  as $$
    select jsonb_build_object(
      'id', signal,
      'organisation', organisation,
      'dueBy', to_char(due_by at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'child', jsonb_build_object(
        'bsn', case when child.bsn ~ '^[0-9]{8}$' then '0' || child.bsn else left(nullif(btrim(child.bsn), ''), 200) end,
        'givenName', left(nullif(btrim(child.given_name), ''), 200),
        'prefix', left(nullif(btrim(child.prefix), ''), 200),
        'familyName', left(nullif(btrim(child.family_name), ''), 200),
        'birthDate', case when child.birth_date between '1900-01-01' and '9999-12-31' then child.birth_date end
      )
    )
  $$;

-- The one way in which a signal comes to be. An agency's own file puts it on the table of its
-- registry that a child's row is written to, `after insert ... for each row`: so a row that the
-- existing system writes past us raises a signal by the same code, in the same transaction.
-- No value in the row makes it fail. It catches nothing, for a signal that could not be put in
-- the outbox must not be lost in silence.
create function care.raise_signal() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      child care.registry_child := care.read_registry_child(to_jsonb(new));
      -- A row of no known unit is sent as well; no organisation can then follow it here.
      sender text := coalesce(nullif(child.organisation, ''), 'UNKNOWN');
      occurred timestamptz := least(coalesce(child.occurred_at, now()), now());
      incident_id uuid;
      signal_id uuid := gen_random_uuid();
      due timestamptz := occurred + interval '24 hours';
    begin
      if not care.raises_signal(child) then
        return null;
      end if;
      insert into care.incident (organisation, registry_key, occurred_at)
        values (sender, child.incident_key, occurred)
        on conflict (registry_key) do nothing;
      select id into strict incident_id from care.incident where registry_key = child.incident_key;
      insert into care.sent_signal (id, organisation, incident, due_by) values (signal_id, sender, incident_id, due);
      insert into care.outbox (kind, payload)
        values ('submitSignal', care.submission(signal_id, sender, due, child));
      return null;
    end
  $$;
