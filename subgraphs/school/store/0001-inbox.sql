-- Who at a school is told. A school takes part once it has named a contact person.
create table care.contact_person (
  school_id text not null check (school_id ~ '^[0-9]{2}[A-Z]{2}[0-9]{2}$'),
  staff_key text not null,
  primary key (school_id, staff_key)
);

-- The inbox. A pupil is known here by the registry's number, and by a random id that is minted
-- for this one signal; both go when the signal is sealed or erased.
create table care.signal (
  id uuid primary key default gen_random_uuid(),
  school_id text not null,
  pupil_id uuid unique default gen_random_uuid(),
  pupil_number bigint,
  support_on date not null,
  status text not null check (status in ('RAISED', 'SEEN', 'SUPPORTED', 'RETURNED', 'WITHDRAWN', 'EXPIRED')),
  raised_at timestamptz not null,
  seen_at timestamptz,
  handed_to bigint,
  supported_at timestamptz,
  erases_at timestamptz not null,
  check ((pupil_id is null) = (pupil_number is null))
);
create index signal_by_school on care.signal (school_id, raised_at desc, id desc);
-- One open signal for a pupil, however many reports: the school cannot count them.
create unique index signal_open on care.signal (pupil_number) where status in ('RAISED', 'SEEN');

-- What Leerplicht delivered, by its id, so that each is taken in once. It names nobody.
create table care.delivery (
  id uuid primary key,
  signal_id uuid references care.signal,
  withdrawn boolean not null default false
);
create index delivery_by_signal on care.delivery (signal_id);

alter table care.contact_person enable row level security;
alter table care.contact_person force row level security;
create policy own_schools on care.contact_person using (
  (select care.is_system()) or school_id = any (care.claim_list('schools'))
);

alter table care.signal enable row level security;
alter table care.signal force row level security;
create policy system on care.signal using ((select care.is_system()));
create policy own_schools on care.signal for select using (
  (select care.claim('party')) = 'school' and school_id = any (care.claim_list('schools'))
);
create policy handled_by_own_schools on care.signal for update using (
  (select care.claim('party')) = 'school' and school_id = any (care.claim_list('schools'))
);

alter table care.delivery enable row level security;
alter table care.delivery force row level security;
create policy system on care.delivery using ((select care.is_system()));

grant select, insert, delete on care.contact_person to :app;
grant select, insert, update on care.signal, care.delivery to :app;
