-- What subscribers are told, in the order in which it was committed. It holds no content:
-- a reader looks the subject up, under its own claims, when it is told.
create table care.event (
  position bigint not null unique,
  id uuid primary key default gen_random_uuid(),
  stream text not null,
  kind text not null,
  subject uuid not null
);
create index event_by_stream on care.event (stream, position);
create sequence care.event_position;

-- A sequence alone would give a later position to a transaction that commits earlier, and a
-- reader past it would miss the other. So writers of events take turns until they commit.
create function care.place_event() returns trigger
  language plpgsql
  as $$
    begin
      perform pg_advisory_xact_lock(hashtextextended('care.event', 0));
      new.position := nextval('care.event_position');
      perform pg_notify('care_event', new.stream);
      return new;
    end
  $$;
create trigger place_event before insert on care.event
  for each row execute function care.place_event();

alter table care.event enable row level security;
alter table care.event force row level security;
create policy own_streams on care.event for select using (
  (select care.is_system())
  or stream = (select care.claim('organisation'))
  or stream = any (care.claim_list('schools'))
);
create policy written_by_the_part on care.event for insert with check (true);
grant select, insert on care.event to :app;
grant usage on sequence care.event_position to :app;
