-- The days on which nobody of a school can be reached, as the school's part says it. The last word, by its revision, counts.
create table care.contact_gap (
  organisation text not null,
  school_id text not null,
  day date not null,
  open boolean not null,
  revision integer not null,
  found_at timestamptz not null,
  primary key (school_id, day)
);
create index contact_gap_list on care.contact_gap (organisation, day) where open;

alter table care.contact_gap enable row level security;
alter table care.contact_gap force row level security;
create policy system on care.contact_gap using ((select care.is_system()));
create policy own_office on care.contact_gap for select using (
  (select care.claim('party')) = 'leerplicht' and organisation = (select care.claim('organisation'))
);

grant select, insert, update, delete on care.contact_gap to :app;
