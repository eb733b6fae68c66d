-- When it is to be looked at whether somebody must be reminded of a talk, or no longer; null where nothing is to be done.
alter table care.conversation add column reminds_at timestamptz(3);
create index conversation_to_remind_of on care.conversation (reminds_at) where reminds_at is not null;

create index consent_to_end on care.consent (valid_until) where ended_at is null;
create index guidance_to_erase on care.guidance (erases_at) where erases_at is not null;

-- Timers that an earlier version has set.
update care.conversation set reminds_at = job.run_at
  from graphile_worker._private_jobs job where job.key = 'talk:' || conversation.id;
