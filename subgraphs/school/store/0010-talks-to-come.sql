-- Talks of which a school's contact persons are to be reminded (Ruggensteun): on which day they are, and of which circle.
-- It goes once that day is over. Of what was taken back the id alone stays: the taking back may come first.
create table care.talk_to_come (
  -- Under which the shelter's part asked for it: taken in once.
  id uuid primary key,
  circle_key uuid,
  day date,
  check ((circle_key is null) = (day is null))
);
alter table care.talk_to_come enable row level security;
alter table care.talk_to_come force row level security;
create policy system on care.talk_to_come using ((select care.is_system()));
grant select, insert, update, delete on care.talk_to_come to :app;

-- Who was mailed of which: what an earlier version kept was of one day.
truncate care.talk_reminder;
alter table care.talk_reminder drop column school_id;
