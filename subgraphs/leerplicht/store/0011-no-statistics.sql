-- As in the outbox: no samples of what is erased, nor of what an earlier version had in plain.
alter table care.submission
  alter column child set statistics 0, alter column person_id set statistics 0, alter column sought set statistics 0;
alter table care.circle_search
  alter column child set statistics 0, alter column person_id set statistics 0, alter column sought set statistics 0;
select pg_clear_attribute_stats('care', relation, attribute, false)
  from unnest(array['submission', 'circle_search']) as relation,
       unnest(array['child', 'person_id', 'sought']) as attribute;
