-- Reports of absence from school that is suspected to be without leave, as the office's administration keeps them.
create table registry.verzuimmelding (
  verzuim_id   bigint      generated always as identity primary key,
  jeugdige_id  bigint      not null references registry.jeugdige on delete cascade,
  eerste_dag   date        not null,
  laatste_dag  date        not null check (laatste_dag >= eerste_dag),
  kantoor_oin  text        not null check (kantoor_oin ~ '^[0-9]{20}$'),
  gemeld_op    timestamptz not null default now()
);

create index verzuimmelding_jeugdige on registry.verzuimmelding (jeugdige_id);
