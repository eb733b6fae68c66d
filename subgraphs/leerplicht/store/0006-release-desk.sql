-- The release desk of a region (Veilig Thuis): what it may let go or stop before Leerplicht routes it. Empty where the
-- region has none.
create table care.release_task (
  id uuid primary key,
  submission_id uuid not null unique references care.submission,
  -- The organisation whose desk it is.
  organisation text not null,
  -- When the signal goes on by itself.
  act_by timestamptz not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  outcome text check (outcome in ('RELEASED', 'STOPPED', 'PASSED_ON', 'WITHDRAWN')),
  -- Why the desk stopped it.
  stop_reason text,
  check ((closed_at is null) = (outcome is null)),
  check ((stop_reason is not null) = (outcome is not distinct from 'STOPPED'))
);
create index release_task_list on care.release_task (organisation, opened_at, id);

alter table care.release_task enable row level security;
alter table care.release_task force row level security;
create policy system on care.release_task using ((select care.is_system()));
create policy own_desk on care.release_task for select using (
  (select care.claim('party')) = 'release' and organisation = (select care.claim('organisation'))
);
grant select, insert, update on care.release_task to :app;

-- The desk sees a signal for as long as it is there, and no other.
create policy at_own_desk on care.submission for select using (
  (select care.claim('party')) = 'release' and exists (
    select from care.release_task task where task.submission_id = submission.id and task.closed_at is null
  )
);
