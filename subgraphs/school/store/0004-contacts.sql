-- The order in which a school's contact persons are told: the first contact, then the deputies.
alter table care.contact_person add column position integer not null default 1 check (position > 0);

-- A school reads its own; who is a contact person comes by import alone.
drop policy own_schools on care.contact_person;
create policy system on care.contact_person using ((select care.is_system()));
create policy own_schools on care.contact_person for select using (school_id = any (care.contact_sites()));
grant update on care.contact_person to :app;

-- On which days a contact person cannot be reached. It goes once it has passed.
create table care.contact_absence (
  id uuid primary key default gen_random_uuid(),
  school_id text not null,
  staff_key text not null,
  first_day date not null,
  last_day date not null check (last_day >= first_day),
  unique (school_id, staff_key, first_day, last_day)
);
create index contact_absence_by_end on care.contact_absence (last_day);

-- Who has been told today that a signal waits: one mail a person, signal and day. Nothing of the signal's child.
create table care.reminder (
  id uuid primary key default gen_random_uuid(),
  signal_id uuid not null references care.signal,
  staff_key text not null,
  day date not null,
  -- When it was sent, or turned out not to be wanted or possible.
  settled_at timestamptz,
  unique (signal_id, staff_key, day)
);

-- The days on which nobody of a school can be reached, as Leerplicht is told of them. The revision tells which word is
-- the last, as messages may overtake each other.
create table care.contact_gap (
  school_id text not null,
  day date not null,
  open boolean not null,
  revision integer not null,
  primary key (school_id, day)
);

-- The days on whose noon the day to come was looked at: each once, on whichever replica.
create table care.look_ahead (
  day date primary key
);

alter table care.contact_absence enable row level security;
alter table care.contact_absence force row level security;
create policy system on care.contact_absence using ((select care.is_system()));
-- Of those who act for a school, a teacher is told of one signal and of nobody's absence.
create policy own_schools on care.contact_absence using (school_id = any (care.contact_sites()));

alter table care.reminder enable row level security;
alter table care.reminder force row level security;
create policy system on care.reminder using ((select care.is_system()));

alter table care.contact_gap enable row level security;
alter table care.contact_gap force row level security;
create policy system on care.contact_gap using ((select care.is_system()));

alter table care.look_ahead enable row level security;
alter table care.look_ahead force row level security;
create policy system on care.look_ahead using ((select care.is_system()));

grant select, insert, update, delete on care.contact_absence, care.reminder, care.contact_gap, care.look_ahead to :app;
