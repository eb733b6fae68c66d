-- Suspected unauthorised absence that calls for a talk (Ruggensteun), which takes a support circle: of any other child
-- nothing is kept here. It names the child by the search alone, and so for as long as a parent agrees.
create table care.absence (
  id uuid primary key,
  organisation text not null,
  circle_search uuid not null references care.circle_search,
  first_day date not null,
  last_day date not null,
  reported_at timestamptz(3) not null default care.now(),
  -- How far the talk is, by the shelter's latest news of it. Of its content nothing comes here.
  talk text not null default 'CALLED' check (talk in ('CALLED', 'PROPOSED', 'PLANNED', 'HELD', 'CANCELLED')),
  revision integer not null default 0
);
create unique index absence_open on care.absence (circle_search) where talk in ('CALLED', 'PROPOSED', 'PLANNED');
create index absence_list on care.absence (organisation, reported_at desc, id);

-- Recognises the registry's child of a search, where one was matched; null once the search has ended.
alter table care.circle_search add column person_digest text;
create index circle_search_by_person on care.circle_search (person_digest) where person_digest is not null;

alter table care.absence enable row level security;
alter table care.absence force row level security;
create policy system on care.absence using ((select care.is_system()));
create policy own_office on care.absence for select using (
  (select care.claim('party')) = 'leerplicht' and organisation = (select care.claim('organisation'))
);

-- A report in the office's own registry calls for a talk as well. Whether there is a circle only the part can tell, which
-- has the keys: the trigger writes no more than where the row stands (hops/raise-absence.ts).
create function care.read_absence() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      id uuid := gen_random_uuid();
    begin
      insert into care.outbox (kind, about, payload)
        values ('raiseAbsence', id, jsonb_build_object('id', id, 'row', new.verzuim_id::text));
      return null;
    end
  $$;

-- A registry that was there before absences were has no such table: the operator of another system adds the trigger.
do $$
  begin
    if to_regclass('registry.verzuimmelding') is not null then
      create trigger read_absence after insert on registry.verzuimmelding
        for each row execute function care.read_absence();
    end if;
  end
$$;

create function care.tell_of_absence() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      insert into care.event (stream, kind, subject) values ('absence:' || new.organisation, 'CHANGED', new.id);
      return null;
    end
  $$;
-- At the commit, as it keeps other writers of events waiting until then.
create constraint trigger tell_of_absence after insert or update on care.absence
  deferrable initially deferred for each row execute function care.tell_of_absence();

create policy own_absences on care.event for select using (
  (select care.claim('party')) = 'leerplicht' and stream = 'absence:' || (select care.claim('organisation'))
);

grant select, insert, update on care.absence to :app;
