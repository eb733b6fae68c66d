-- Suspected unauthorised absence that calls for a talk (Ruggensteun), which takes a support circle: of any other child
-- nothing is kept here. It names the child by the search alone, and so for as long as a parent agrees.
create table care.absence (
  id uuid primary key default gen_random_uuid(),
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

alter table care.absence enable row level security;
alter table care.absence force row level security;
create policy system on care.absence using ((select care.is_system()));
create policy own_office on care.absence for select using (
  (select care.claim('party')) = 'leerplicht' and organisation = (select care.claim('organisation'))
);
-- The owner is who the function below runs as.
create policy the_owner on care.absence to current_user using (true) with check (true);
create policy the_owner on care.circle_search for select to current_user using (true);

-- The one way in which an absence calls for a talk, whoever reports it. One about which there is a talk to come already
-- is the same concern.
create function care.report_absence(person bigint, office text, first_day date, last_day date) returns uuid
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      search uuid := (
        select id from care.circle_search
        where person_id = person and organisation = office and ended_at is null and circle_id is not null
        order by id limit 1
      );
      absence_id uuid;
    begin
      if search is null then
        return null;
      end if;
      insert into care.absence as known (organisation, circle_search, first_day, last_day)
        values (office, search, report_absence.first_day, report_absence.last_day)
        on conflict (circle_search) where talk in ('CALLED', 'PROPOSED', 'PLANNED') do update
          set first_day = least(known.first_day, excluded.first_day), last_day = greatest(known.last_day, excluded.last_day)
        returning id into absence_id;
      insert into care.outbox (kind, payload)
        values ('raiseAbsence', jsonb_build_object('id', absence_id, 'circleId', search));
      return absence_id;
    end
  $$;
revoke execute on function care.report_absence from public;
grant execute on function care.report_absence to :app;

create function care.read_absence() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      perform care.report_absence(new.jeugdige_id, new.kantoor_oin, new.eerste_dag, new.laatste_dag);
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

grant select, update on care.absence to :app;
