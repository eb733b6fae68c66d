-- As in the outbox: no samples of what is erased, nor of what an earlier version had in plain.
alter table care.signal
  alter column pupil_number set statistics 0, alter column pupil set statistics 0, alter column pupil_digest set statistics 0,
  alter column pupil_id set statistics 0;
alter table care.held_delivery
  alter column pupil_number set statistics 0, alter column pupil set statistics 0, alter column pupil_digest set statistics 0;
alter table care.circle_pupil
  alter column pupil_number set statistics 0, alter column pupil set statistics 0, alter column pupil_id set statistics 0;
select pg_clear_attribute_stats('care', relname, attname, false)
  from pg_class join pg_attribute on attrelid = pg_class.oid
  where relnamespace = 'care'::regnamespace and relname in ('signal', 'held_delivery', 'circle_pupil')
    and attname in ('pupil_number', 'pupil', 'pupil_digest', 'pupil_id');
