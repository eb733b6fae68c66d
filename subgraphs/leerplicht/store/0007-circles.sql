-- Whose school a shelter asks for because a parent has agreed to a support circle (Ruggensteun). It has nothing to do
-- with the ledger of signals: no table, id or figure of it is joined with one. The child goes when the consent does.
create table care.circle_search (
  -- The asking part's.
  id uuid primary key,
  organisation text not null,
  sender text not null,
  child jsonb,
  person_id bigint,
  -- What the registry's enrolments last gave, and an officer's choice, which goes before it until it changes.
  enrolled_at text,
  chosen_school text,
  -- The school that is in, and the id under which it was told: minted here, so that neither end knows the other's.
  school_id text,
  circle_id uuid,
  -- Counts what the asking part was told.
  turn integer not null default 0,
  ended_at timestamptz,
  check ((school_id is null) = (circle_id is null))
);
create unique index circle_search_by_circle on care.circle_search (circle_id);

alter table care.circle_search enable row level security;
alter table care.circle_search force row level security;
create policy system on care.circle_search using ((select care.is_system()));
create policy own_office on care.circle_search for select using (
  (select care.claim('party')) = 'leerplicht' and organisation = (select care.claim('organisation'))
);
grant select, insert, update on care.circle_search to :app;

-- What no machine finds, an officer does: a task is about a signal or about a search.
alter table care.routing_task alter column submission_id drop not null;
alter table care.routing_task add column circle_search_id uuid references care.circle_search;
alter table care.routing_task add check ((submission_id is null) <> (circle_search_id is null));
create unique index routing_task_open_search on care.routing_task (circle_search_id) where closed_at is null;
