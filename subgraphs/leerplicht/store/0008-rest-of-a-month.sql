-- In a region of small municipalities most months of one have no five signals. What is left of a month is told together.

alter table care.measured
  -- Under which name it is told: that of its municipality, or `rest`.
  add column place text;
update care.measured set place = municipality;
alter table care.measured alter column place set not null;

drop index care.measured_by_month;
create index measured_by_month on care.measured (month, place);
