-- PostgreSQL keeps samples of a column for its planner, and goes on keeping them when the rows are gone. Of what is erased
-- there are none: a column's statistics are not gathered, and those that were go.
alter table care.outbox alter column payload set statistics 0, alter column encrypted set statistics 0;
alter table care.identity_key alter column proof set statistics 0;
select pg_clear_attribute_stats('care', relation, attribute, false)
  from (values ('outbox', 'payload'), ('outbox', 'encrypted'), ('identity_key', 'proof')) as erased (relation, attribute);
