-- Guidance of a family, as the shelter's own system notes it: who accompanies them, and from when.
create table registry.begeleiding (
  begeleiding_uid uuid not null default gen_random_uuid() primary key,
  gezin_uid       uuid not null references registry.gezin,
  begeleider      text not null,
  telefoon        text,
  emailadres      text,
  begonnen_op     date not null default current_date
);

create index begeleiding_gezin on registry.begeleiding (gezin_uid);
