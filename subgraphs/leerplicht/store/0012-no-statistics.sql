-- As in 0011, of the digest by which the child of a search is recognised.
alter table care.circle_search alter column person_digest set statistics 0;
select pg_clear_attribute_stats('care', 'circle_search', 'person_digest', false);
