-- What the registry last said of where a child goes to school, which a keyed digest recognises when it is said again; and
-- whether an officer has ended the search's task on that: no other comes until the registry says something else.
alter table care.circle_search
  add column whereabouts text,
  add column left_alone boolean not null default false,
  drop column enrolled_at;
alter table care.circle_search alter column whereabouts set statistics 0;
