-- The official holidays of the regions ship with the code (plumbing/school-days/official-holidays.ts); what is imported
-- here for a region's school year, which runs from 1 August, stands in their place. They are public.
create table care.region_holiday (
  region text not null check (region in ('Noord', 'Midden', 'Zuid')),
  first_day date not null,
  last_day date not null check (last_day >= first_day),
  primary key (region, first_day)
);

alter table care.region_holiday enable row level security;
alter table care.region_holiday force row level security;
create policy system on care.region_holiday using ((select care.is_system()));
create policy whoever_asks on care.region_holiday for select using ((select care.claim('party')) is not null);

grant select, insert, delete on care.region_holiday to :app;
