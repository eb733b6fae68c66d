-- Since when the supporter is to be mailed of a talk; null where nobody waits for it. A mail whose job is lost gets another
-- (hops/timers.ts).
alter table care.conversation add column mails_at timestamptz(3);
create index conversation_to_mail_of on care.conversation (id) where mails_at is not null;

-- Mails that an earlier version was about to send.
update care.conversation set mails_at = job.run_at
  from graphile_worker._private_jobs job where job.key = 'mailSupporter:' || conversation.id;
