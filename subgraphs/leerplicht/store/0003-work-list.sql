-- The officers' work list: which school to call, and who is at work on a task. A claim ends by the clock.
alter table care.routing_task
  -- Where the signal lies unseen, or from where it came back.
  add column school_id text,
  -- The officer's `sub`.
  add column claimed_by text,
  add column claimed_until timestamptz,
  add check ((claimed_by is null) = (claimed_until is null)),
  add check (closed_at is null or claimed_by is null);
create index routing_task_by_submission on care.routing_task (submission_id);
