-- That contact persons are reminded of a talk (Ruggensteun). It names no pupil and no talk.
create table care.talk_reminder (
  id uuid primary key default gen_random_uuid(),
  -- Under which the shelter's part asked for it: taken in once.
  asked uuid not null,
  school_id text not null,
  staff_key text not null,
  day date not null,
  unique (asked, staff_key)
);
alter table care.talk_reminder enable row level security;
alter table care.talk_reminder force row level security;
create policy system on care.talk_reminder using ((select care.is_system()));
grant select, insert, delete on care.talk_reminder to :app;
