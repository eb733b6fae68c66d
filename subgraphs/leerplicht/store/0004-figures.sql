-- What is told of signals by month and municipality, so that no answer, and no difference between two answers, is about
-- fewer than five of them.

alter table care.submission
  -- Of the school that it went to, else where the child lives (CBS, four digits).
  add column municipality text,
  -- When it was supported, withdrawn or closed.
  add column ended_at timestamptz;
create index submission_waiting on care.submission (received_at)
  where seen_at is null and progress in ('DELIVERED', 'SEEN');

-- What may be told of each signal, once it is out of the officers' hands. Columns are filled for five signals of one month
-- and municipality at a time, and never change after. So whatever is computed from them changes by whole fives.
create table care.measured (
  submission_id uuid primary key references care.submission,
  -- The first day of the month, in the Netherlands, in which it came in.
  month date not null,
  municipality text not null,
  counted boolean,
  in_time boolean,
  -- Both rounded up to multiples of five.
  minutes_to_seen integer,
  minutes_to_supported integer
);
create index measured_by_month on care.measured (month, municipality);

-- What goes up and down: each count as it was last shown. It moves once it is five off.
create table care.shown_count (
  name text primary key,
  count integer not null check (count > 0 and count % 5 = 0)
);

alter table care.measured enable row level security;
alter table care.measured force row level security;
create policy system on care.measured using ((select care.is_system()));

alter table care.shown_count enable row level security;
alter table care.shown_count force row level security;
create policy system on care.shown_count using ((select care.is_system()));

grant select, insert, update on care.measured to :app;
grant select, insert, delete on care.shown_count to :app;
