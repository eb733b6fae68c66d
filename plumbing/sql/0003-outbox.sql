-- What is to be sent on. A row is written in the transaction of what caused it, and is kept,
-- without its payload, once the next part has acknowledged it.
create table care.outbox (
  id uuid primary key default gen_random_uuid(),
  kind text not null,
  payload jsonb,
  created_at timestamptz not null default now(),
  acknowledged_at timestamptz,
  check ((payload is null) = (acknowledged_at is not null))
);
create index outbox_waiting on care.outbox (created_at) where acknowledged_at is null;

create function care.enqueue_hop() returns trigger
  language plpgsql security definer set search_path = pg_catalog
  as $$
    begin
      perform graphile_worker.add_job('hop', json_build_object('id', new.id), job_key := 'hop:' || new.id);
      return null;
    end
  $$;
create trigger enqueue_hop after insert on care.outbox
  for each row execute function care.enqueue_hop();

alter table care.outbox enable row level security;
alter table care.outbox force row level security;
create policy system_only on care.outbox using ((select care.is_system())) with check (true);
grant select, insert, update on care.outbox to :app;
