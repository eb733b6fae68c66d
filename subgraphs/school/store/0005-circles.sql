-- The pupils for whom a parent has agreed to a support circle (Ruggensteun), by Leerplicht's id. The key and the pupil's
-- id are minted here, for this circle only; they go, with the pupil, when the consent does.
create table care.circle_pupil (
  id uuid primary key,
  school_id text,
  pupil_number bigint,
  pupil_id uuid default gen_random_uuid(),
  circle_key uuid unique default gen_random_uuid(),
  check ((pupil_number is null) = (circle_key is null))
);

alter table care.circle_pupil enable row level security;
alter table care.circle_pupil force row level security;
create policy system on care.circle_pupil using ((select care.is_system()));
create policy own_schools on care.circle_pupil for select using (
  school_id = any ((select care.contact_sites())::text[])
);
grant select, insert, update on care.circle_pupil to :app;
