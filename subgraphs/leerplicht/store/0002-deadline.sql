-- The deadline follows from the moment of the incident and the school days of whoever has the signal first.
alter table care.submission add column occurred_at timestamptz;
