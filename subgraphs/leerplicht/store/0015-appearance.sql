-- The school may say anew when a delivery appears: by its revision, the last word counts.
alter table care.delivery add column appearance integer not null default 0;
-- Whether the deadline is a first bell of the first school, and not 24 hours after the incident: then it moves with the bell.
alter table care.submission add column due_at_bell boolean not null default false;
