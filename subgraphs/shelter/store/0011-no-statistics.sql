-- As in 0007, of the keys by which the existing system knows a guided family: its rows go with the guidance.
alter table care.guidance alter column family_key set statistics 0;
alter table care.guided_child alter column registry_key set statistics 0;
alter table care.consent alter column given_by set statistics 0;
alter table care.parent_code alter column parent set statistics 0;
select pg_clear_attribute_stats('care', relation, attribute, false)
  from (values ('guidance', 'family_key'), ('guided_child', 'registry_key'), ('consent', 'given_by'), ('parent_code', 'parent'))
    as erased (relation, attribute);
