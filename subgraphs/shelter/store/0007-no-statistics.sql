-- As in the outbox: no samples of what is erased.
alter table care.conversation alter column place set statistics 0;
alter table care.support_action alter column what set statistics 0;
select pg_clear_attribute_stats('care', relation, attribute, false)
  from (values ('conversation', 'place'), ('support_action', 'what')) as erased (relation, attribute);
