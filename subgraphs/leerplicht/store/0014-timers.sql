-- Until when a signal that was seen may come back: then the child goes. Null while it has not been seen.
alter table care.submission add column forget_at timestamptz;
create index submission_to_forget on care.submission (forget_at) where forget_at is not null and sought is not null;

-- When a delivery that nobody has seen goes to an officer. Null once that has been looked at.
alter table care.delivery add column escalates_at timestamptz;
create index delivery_to_escalate on care.delivery (escalates_at) where escalates_at is not null;

create index release_task_to_pass_on on care.release_task (act_by) where closed_at is null;

-- Timers that an earlier version has set. The owner is held by row-level security, too.
select set_config('app.claims', '{"party":"system"}', true);
update care.submission set forget_at = job.run_at
  from graphile_worker._private_jobs job where job.key = 'forget:' || submission.id and submission.seen_at is not null;
update care.delivery set escalates_at = job.run_at
  from graphile_worker._private_jobs job where job.key = 'escalate:' || delivery.id;

-- Why a school returned a signal, as it says.
alter table care.routing_task add column return_reason text;
