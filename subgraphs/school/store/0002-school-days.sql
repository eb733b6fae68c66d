-- School days. The official holidays of the regions ship with the code (calendar/official-holidays.ts); what is
-- imported here for a region's school year, which runs from 1 August, stands in their place.
create table care.region_holiday (
  region text not null check (region in ('Noord', 'Midden', 'Zuid')),
  first_day date not null,
  last_day date not null check (last_day >= first_day),
  primary key (region, first_day)
);

-- A school that is not in here is in the region Midden.
create table care.school_region (
  school_id text primary key check (school_id ~ '^[0-9]{2}[A-Z]{2}[0-9]{2}$'),
  region text not null check (region in ('Noord', 'Midden', 'Zuid'))
);

-- Where a school differs from its region: free days, and extra school days, which go before them.
create table care.school_own_days (
  school_id text not null check (school_id ~ '^[0-9]{2}[A-Z]{2}[0-9]{2}$'),
  first_day date not null,
  last_day date not null check (last_day >= first_day),
  is_school boolean not null,
  primary key (school_id, first_day, last_day, is_school)
);

-- By the clock on the wall in the Netherlands; Monday is 1. A weekday that is not in here has the usual hours.
create table care.school_hours (
  school_id text not null check (school_id ~ '^[0-9]{2}[A-Z]{2}[0-9]{2}$'),
  weekday smallint not null check (weekday between 1 and 7),
  first_bell time not null,
  end_of_day time not null check (end_of_day > first_bell),
  primary key (school_id, weekday)
);

-- The regions' holidays are public: any school may read them.
alter table care.region_holiday enable row level security;
alter table care.region_holiday force row level security;
create policy system on care.region_holiday using ((select care.is_system()));
create policy any_school on care.region_holiday for select using ((select care.claim('party')) = 'school');

alter table care.school_region enable row level security;
alter table care.school_region force row level security;
create policy system on care.school_region using ((select care.is_system()));
create policy own_schools on care.school_region for select using (
  (select care.claim('party')) = 'school' and school_id = any (care.claim_list('schools'))
);

alter table care.school_own_days enable row level security;
alter table care.school_own_days force row level security;
create policy system on care.school_own_days using ((select care.is_system()));
create policy own_schools on care.school_own_days for select using (
  (select care.claim('party')) = 'school' and school_id = any (care.claim_list('schools'))
);

alter table care.school_hours enable row level security;
alter table care.school_hours force row level security;
create policy system on care.school_hours using ((select care.is_system()));
create policy own_schools on care.school_hours for select using (
  (select care.claim('party')) = 'school' and school_id = any (care.claim_list('schools'))
);

grant select, insert, delete
  on care.region_holiday, care.school_region, care.school_own_days, care.school_hours to :app;
