-- A change of one school's days or hours is followed at that school, by a job of its own, so that none holds up another;
-- one of a region's holidays at each school of it (hops/follow-calendar.ts).
drop trigger follow_calendar on care.region_holiday;
drop trigger follow_calendar on care.school_region;
drop trigger follow_calendar on care.school_own_days;
drop trigger follow_calendar on care.school_hours;
drop trigger follow_calendar on care.contact_hours;
drop function care.follow_calendar();

create function care.follow_school() returns trigger
  language plpgsql security definer set search_path = pg_catalog
  as $$
    begin
      perform graphile_worker.add_job(
        'followCalendar', json_build_object('schoolId', school_id), job_key := 'followCalendar:' || school_id)
      from (select distinct school_id from changed) as school;
      return null;
    end
  $$;
create function care.follow_region() returns trigger
  language plpgsql security definer set search_path = pg_catalog
  as $$
    begin
      perform graphile_worker.add_job(
        'followCalendar', json_build_object('region', region), job_key := 'followCalendar:region ' || region)
      from (select distinct region from changed) as region;
      return null;
    end
  $$;

create trigger follow_new after insert on care.region_holiday
  referencing new table as changed for each statement execute function care.follow_region();
create trigger follow_gone after delete on care.region_holiday
  referencing old table as changed for each statement execute function care.follow_region();
create trigger follow_new after insert on care.school_region
  referencing new table as changed for each statement execute function care.follow_school();
create trigger follow_gone after delete on care.school_region
  referencing old table as changed for each statement execute function care.follow_school();
create trigger follow_new after insert on care.school_own_days
  referencing new table as changed for each statement execute function care.follow_school();
create trigger follow_gone after delete on care.school_own_days
  referencing old table as changed for each statement execute function care.follow_school();
create trigger follow_new after insert on care.school_hours
  referencing new table as changed for each statement execute function care.follow_school();
create trigger follow_gone after delete on care.school_hours
  referencing old table as changed for each statement execute function care.follow_school();
create trigger follow_new after insert on care.contact_hours
  referencing new table as changed for each statement execute function care.follow_school();
create trigger follow_changed after update on care.contact_hours
  referencing new table as changed for each statement execute function care.follow_school();
create trigger follow_gone after delete on care.contact_hours
  referencing old table as changed for each statement execute function care.follow_school();

-- How often the router was told that a held delivery appears at another time: messages may overtake each other.
alter table care.held_delivery add column moves integer not null default 0;
