-- The routing ledger: one row for each signal that an agency sent. The child stands in it for as
-- long as the signal may still have to be routed; then only what is needed to count stays.
create table care.submission (
  id uuid primary key,
  organisation text not null,
  sender text not null,
  sender_organisation text not null,
  due_by timestamptz,
  received_at timestamptz not null,
  progress text not null check (progress in ('DELIVERED', 'SEEN', 'SUPPORTED', 'WITHDRAWN', 'CLOSED')),
  seen_at timestamptz,
  child jsonb,
  person_id bigint
);
create index submission_by_sender on care.submission (sender, sender_organisation);
create index submission_by_time on care.submission (received_at);

-- What went to which school. The id is minted here: neither end knows the other's.
create table care.delivery (
  id uuid primary key default gen_random_uuid(),
  submission_id uuid not null references care.submission,
  school_id text not null,
  state text not null check (state in ('SENT', 'DELIVERED', 'REFUSED', 'RETURNED', 'WITHDRAWN')),
  sent_at timestamptz not null
);
create index delivery_by_submission on care.delivery (submission_id);

-- What a person has to do, because it could not be routed.
create table care.routing_task (
  id uuid primary key default gen_random_uuid(),
  submission_id uuid not null references care.submission,
  organisation text not null,
  reason text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  outcome text,
  check ((closed_at is null) = (outcome is null))
);
create unique index routing_task_open on care.routing_task (submission_id) where closed_at is null;
create index routing_task_list on care.routing_task (organisation, opened_at, id);

alter table care.submission enable row level security;
alter table care.submission force row level security;
create policy system on care.submission using ((select care.is_system()));
create policy own_office on care.submission for select using (
  (select care.claim('party')) = 'leerplicht' and organisation = (select care.claim('organisation'))
);
create policy own_submissions on care.submission for select using (
  sender = (select care.claim('party')) and sender_organisation = (select care.claim('organisation'))
);

alter table care.delivery enable row level security;
alter table care.delivery force row level security;
create policy system on care.delivery using ((select care.is_system()));

alter table care.routing_task enable row level security;
alter table care.routing_task force row level security;
create policy system on care.routing_task using ((select care.is_system()));
create policy own_office on care.routing_task for select using (
  (select care.claim('party')) = 'leerplicht' and organisation = (select care.claim('organisation'))
);
-- An officer's gesture takes the task's row for itself first, so that two cannot do the same task.
create policy taken_by_own_office on care.routing_task for update using (
  (select care.claim('party')) = 'leerplicht' and organisation = (select care.claim('organisation'))
);

grant select, insert, update on care.submission, care.delivery, care.routing_task to :app;
