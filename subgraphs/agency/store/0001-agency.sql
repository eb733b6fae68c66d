-- What every agency adds to its registry. Two functions are the agency's own and come after this file:
--   care.agency_party()                  the party of its callers
--   care.read_registry_child(row jsonb)  what a new row of its registry says of a child

-- The caller's organisation, where the caller is of this agency. plpgsql looks agency_party() up late.
create function care.own_organisation() returns text
  language plpgsql stable parallel safe
  as $$
    begin
      return case when care.claim('party') = care.agency_party() then care.claim('organisation') end;
    end
  $$;

-- Our handle on an incident of the registry, which keeps the rest of it.
create table care.incident (
  id uuid primary key default gen_random_uuid(),
  organisation text not null,
  registry_key text not null unique,
  occurred_at timestamptz(3) not null,
  reported_at timestamptz(3) not null default now()
);
create index incident_by_organisation on care.incident (organisation, reported_at desc, id desc);

-- How far the signal about one child is. It names the child nowhere.
create table care.sent_signal (
  id uuid primary key default gen_random_uuid(),
  organisation text not null,
  incident uuid not null references care.incident,
  -- The order in which the children were written. Tells volume, so it leaves the database with nobody.
  ordinal bigint generated always as identity,
  sent_at timestamptz(3) not null default now(),
  due_by timestamptz(3) not null,
  progress text not null default 'SENT'
    check (progress in ('SENT', 'DELIVERED', 'SEEN', 'SUPPORTED', 'WITHDRAWN', 'CLOSED'))
);
create index sent_signal_by_organisation on care.sent_signal (organisation, sent_at desc, id desc);
create index sent_signal_by_incident on care.sent_signal (incident, ordinal);

-- Which report came under which idempotency key. Of the body there is a keyed digest only.
create table care.receipt (
  organisation text not null,
  idempotency_key text not null,
  digest bytea not null,
  -- Empty only inside the transaction that takes the key in.
  incident uuid references care.incident,
  received_at timestamptz(3) not null default now(),
  primary key (organisation, idempotency_key)
);

alter table care.incident enable row level security;
alter table care.incident force row level security;
alter table care.sent_signal enable row level security;
alter table care.sent_signal force row level security;
alter table care.receipt enable row level security;
alter table care.receipt force row level security;

create policy own on care.incident
  using ((select care.is_system()) or organisation = (select care.own_organisation()));
create policy own on care.sent_signal
  using ((select care.is_system()) or organisation = (select care.own_organisation()));
create policy own on care.receipt
  using ((select care.is_system()) or organisation = (select care.own_organisation()));

-- The owner is who care.raise_signal() runs as. It may be set off by the existing system, which
-- knows of no claims, so it is let through by name and leaves the claims of the transaction alone.
create policy the_trigger on care.incident to current_user using (true) with check (true);
create policy the_trigger on care.sent_signal to current_user using (true) with check (true);

-- Nobody but the trigger makes an incident or a signal: the part has no right to insert one.
grant select on care.incident to :app;
grant select, update (progress) on care.sent_signal to :app;
grant select, insert, update (incident) on care.receipt to :app;
