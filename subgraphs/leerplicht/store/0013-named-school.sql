-- The school that the parent named, where they named one: no other is told of the circle.
alter table care.circle_search add column named_school text;
