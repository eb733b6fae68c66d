-- What is left of a guidance for the evaluation once its content is erased: nothing that leads to a family, a school or a
-- day. It is published with at least four others of its year, so that no figure, and no difference of two, is of one family.
create table care.guidance_fact (
  id uuid primary key default gen_random_uuid(),
  -- In which the guidance began.
  year integer not null,
  -- From the start until supporter and a school's contact first knew each other; null where they never did.
  hours_to_first_contact integer,
  talks integer not null,
  agreements integer not null,
  agreements_kept integer not null,
  published boolean not null default false
);
create index guidance_fact_by_year on care.guidance_fact (year);

alter table care.guidance_fact enable row level security;
alter table care.guidance_fact force row level security;
create policy system on care.guidance_fact using ((select care.is_system()));
create policy published on care.guidance_fact for select using (
  published and (select care.claim('party')) = 'operator'
);
grant select, insert, update on care.guidance_fact to :app;

-- What subscribers were told of a guidance says which school was in it: it goes with the content.
create policy erased_by_the_part on care.event for delete using ((select care.is_system()));
grant delete on care.event to :app;
