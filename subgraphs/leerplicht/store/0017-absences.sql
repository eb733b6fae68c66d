-- Whether there is a support circle is not for the office to find out by a report. So it sees an absence from when the talk
-- about it has been more than called for, which takes supporter, school and parents; and for four weeks after that talk.
alter table care.absence
  add column shown boolean not null default false,
  add column erases_at timestamptz(3),
  add check ((erases_at is null) = (talk in ('CALLED', 'PROPOSED', 'PLANNED'))) not valid;
-- As the system, for row-level security holds the owner as well.
select set_config('app.claims', '{"party": "system"}', true);
update care.absence set shown = true where talk <> 'CALLED';
update care.absence set erases_at = care.now() + interval '28 days' where talk in ('HELD', 'CANCELLED');
create index absence_to_erase on care.absence (erases_at) where erases_at is not null;

drop policy own_office on care.absence;
create policy own_office on care.absence for select using (
  shown
  and (select care.claim('party')) = 'leerplicht' and organisation = (select care.claim('organisation'))
);

create or replace function care.tell_of_absence() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      if new.shown then
        insert into care.event (stream, kind, subject) values ('absence:' || new.organisation, 'CHANGED', new.id);
      end if;
      return null;
    end
  $$;

-- What subscribers were told of an absence goes with it.
create policy erased_absences on care.event for delete using ((select care.is_system()) and starts_with(stream, 'absence:'));
grant delete on care.absence, care.event to :app;
