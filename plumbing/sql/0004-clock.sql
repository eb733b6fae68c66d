-- The one clock: the part's own, where it runs on another than the system's (app.now), else PostgreSQL's.
create function care.now() returns timestamptz
  language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) $$;

alter table care.outbox alter column created_at set default care.now();
