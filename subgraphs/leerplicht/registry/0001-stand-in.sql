-- Stands for the administration that a municipality's Leerplicht office already has: the young people
-- of its area, the enrolments that DUO delivers every week, the institutions, and which officer
-- looks after which site. We read it and never alter it.

create table registry.jeugdige (
  jeugdige_id   bigint      generated always as identity primary key,
  sleutel       text        not null unique,
  bsn           text        check (bsn ~ '^[0-9]{9}$'),
  achternaam    text        not null,
  voorvoegsel   text,
  voornamen     text,
  roepnaam      text,
  geboortedatum date        not null,
  gemeentecode  text        check (gemeentecode ~ '^[0-9]{4}$'),
  mutatiedatum  timestamptz not null default now()
);

create index jeugdige_bsn on registry.jeugdige (bsn) where bsn is not null;
create index jeugdige_geboortedatum on registry.jeugdige (geboortedatum);

create table registry.onderwijsinstelling (
  brin         text        not null check (brin ~ '^[0-9]{2}[A-Z]{2}$'),
  vestiging    text        not null default '00' check (vestiging ~ '^[0-9]{2}$'),
  naam         text        not null,
  plaats       text,
  gemeentecode text        not null check (gemeentecode ~ '^[0-9]{4}$'),
  deelname     boolean     not null default false,
  einddatum    date,
  mutatiedatum timestamptz not null default now(),
  primary key (brin, vestiging)
);

-- No foreign key to onderwijsinstelling: DUO also delivers enrolments at sites that the office
-- does not (yet) know.
create table registry.inschrijving (
  inschrijving_id bigint      generated always as identity primary key,
  jeugdige_id     bigint      not null references registry.jeugdige on delete cascade,
  brin            text        not null check (brin ~ '^[0-9]{2}[A-Z]{2}$'),
  vestiging       text        not null default '00' check (vestiging ~ '^[0-9]{2}$'),
  datum_in        date        not null,
  datum_uit       date        check (datum_uit >= datum_in),
  mutatiedatum    timestamptz not null default now(),
  unique (jeugdige_id, brin, vestiging, datum_in)
);

create index inschrijving_vestiging on registry.inschrijving (brin, vestiging);

create table registry.leerplichtambtenaar (
  ambtenaar_id bigint      generated always as identity primary key,
  naam         text        not null,
  telefoon     text,
  emailadres   text        not null unique,
  mutatiedatum timestamptz not null default now()
);

create table registry.ambtenaar_werkgebied (
  ambtenaar_id bigint not null references registry.leerplichtambtenaar on delete cascade,
  brin         text   not null,
  vestiging    text   not null,
  primary key (ambtenaar_id, brin, vestiging),
  foreign key (brin, vestiging) references registry.onderwijsinstelling
);

create index ambtenaar_werkgebied_vestiging on registry.ambtenaar_werkgebied (brin, vestiging);

comment on column registry.jeugdige.sleutel is 'key of the person in the deliveries; a BSN may be lacking';
comment on column registry.inschrijving.datum_uit is 'first day on which the enrolment no longer holds';
comment on column registry.onderwijsinstelling.deelname is 'takes part in Handle with Care';
