-- Who asks, at a school. A contact person's token has no role: one with a role that is not known here is nobody's.
create function care.contact_sites() returns text[]
  language sql stable parallel safe
  as $$
    select case
      when care.claim('party') = 'school' and care.claim('role') is null then care.claim_list('schools')
      else '{}'::text[]
    end
  $$;

-- A teacher is known by one site and the key that the school's own exports have: also the stream of the teacher's events.
create function care.teacher_stream() returns text
  language sql stable parallel safe
  as $$
    select case
      when care.claim('party') = 'school' and care.claim('role') = 'teacher'
        and cardinality(care.claim_list('schools')) = 1
      then (care.claim_list('schools'))[1] || '/' || nullif(care.claim('staffMember'), '')
    end
  $$;

-- The inbox, from here on also with what was handed over to whom (by the number and by the key of the same person),
-- and with signals to practise with, which are about nobody in the registry.
alter table care.signal
  add column handed_to_key text,
  add column practice boolean not null default false,
  drop constraint signal_check,
  add constraint signal_pupil check (
    case when practice then pupil_number is null else (pupil_id is null) = (pupil_number is null) end
  );

drop policy own_schools on care.signal;
drop policy handled_by_own_schools on care.signal;
create policy own_schools on care.signal for select using (school_id = any (care.contact_sites()));
create policy handled_by_own_schools on care.signal for update using (school_id = any (care.contact_sites()));
create policy handed_to_me on care.signal for select using (
  school_id || '/' || handed_to_key = (select care.teacher_stream())
);
-- All that a teacher can do with it.
create policy supported_by_me on care.signal for update
  using (school_id || '/' || handed_to_key = (select care.teacher_stream()))
  with check (school_id || '/' || handed_to_key = (select care.teacher_stream()) and status = 'SUPPORTED');

drop policy own_streams on care.event;
create policy own_streams on care.event for select using (
  (select care.is_system()) or stream = any (care.contact_sites()) or stream = (select care.teacher_stream())
);

drop policy own_schools on care.contact_person;
create policy own_schools on care.contact_person using (
  (select care.is_system()) or school_id = any (care.contact_sites())
);
drop policy own_schools on care.school_region;
create policy own_schools on care.school_region for select using (school_id = any (care.contact_sites()));
drop policy own_schools on care.school_hours;
create policy own_schools on care.school_hours for select using (school_id = any (care.contact_sites()));

-- A contact person sets days of the school's own.
alter table care.school_own_days add column id uuid not null unique default gen_random_uuid();
drop policy own_schools on care.school_own_days;
create policy own_schools on care.school_own_days using (school_id = any (care.contact_sites()));

-- When the contact persons of a school are reached, by the clock on the wall, on its school days.
-- A school that is not in here has the usual hours (decisions/opening.ts).
create table care.contact_hours (
  school_id text primary key check (school_id ~ '^[0-9]{2}[A-Z]{2}[0-9]{2}$'),
  opens time not null default '07:00',
  closes time not null default '18:00' check (closes > opens),
  always boolean not null default false
);
alter table care.contact_hours enable row level security;
alter table care.contact_hours force row level security;
create policy system on care.contact_hours using ((select care.is_system()));
create policy own_schools on care.contact_hours using (school_id = any (care.contact_sites()));

-- What came outside those hours, until the inbox opens. No token of a school can learn that there is any.
create table care.held_delivery (
  id uuid primary key references care.delivery,
  school_id text not null,
  pupil_number bigint not null,
  appears_at timestamptz not null
);
create index held_delivery_by_pupil on care.held_delivery (pupil_number);
alter table care.held_delivery enable row level security;
alter table care.held_delivery force row level security;
create policy system on care.held_delivery using ((select care.is_system()));

grant select, insert, update, delete on care.contact_hours, care.held_delivery to :app;

-- However days and hours change, what is open or held follows them (hops/follow-calendar.ts).
create function care.follow_calendar() returns trigger
  language plpgsql security definer set search_path = pg_catalog
  as $$
    begin
      perform graphile_worker.add_job('followCalendar', '{}'::json, job_key := 'followCalendar');
      return null;
    end
  $$;
create trigger follow_calendar after insert or delete on care.region_holiday
  for each statement execute function care.follow_calendar();
create trigger follow_calendar after insert or delete on care.school_region
  for each statement execute function care.follow_calendar();
create trigger follow_calendar after insert or delete on care.school_own_days
  for each statement execute function care.follow_calendar();
create trigger follow_calendar after insert or delete on care.school_hours
  for each statement execute function care.follow_calendar();
create trigger follow_calendar after insert or update or delete on care.contact_hours
  for each statement execute function care.follow_calendar();
