-- A reminder whose job is lost gets another (hops/timers.ts). When the deputies are told of a signal that nobody has seen by
-- then, and when whom of a talk; null where nobody is to be.
alter table care.signal add column deputies_at timestamptz;
alter table care.talk_to_come add column first_at timestamptz, add column deputies_at timestamptz;
-- When a reminder of a talk was sent, or turned out not to be wanted or possible.
alter table care.talk_reminder add column settled_at timestamptz;
grant update on care.talk_reminder to :app;
create index reminder_to_send on care.reminder (id) where settled_at is null;

-- Jobs that an earlier version has set. The owner is held by row-level security, too.
select set_config('app.claims', '{"party":"system"}', true);
update care.signal set deputies_at = job.run_at
  from graphile_worker._private_jobs job where job.key = 'remind:deputies:' || signal.id;
update care.talk_to_come set first_at = job.run_at
  from graphile_worker._private_jobs job where job.key = 'remindOfTalk:first:' || talk_to_come.id;
update care.talk_to_come set deputies_at = job.run_at
  from graphile_worker._private_jobs job where job.key = 'remindOfTalk:deputies:' || talk_to_come.id;
update care.talk_reminder set settled_at = care.now() where not exists (
  select from graphile_worker._private_jobs job where job.key = 'mailTalkReminder:' || talk_reminder.id
);
