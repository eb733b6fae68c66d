-- Stands for the records system that a police force already has: incidents by class, and the people
-- involved in them by role. Dates of birth are eight digits of text, in which the unknown is 00, and
-- a moment is a date and a time on the wall. The codes and the units are made up.

create table registry.eenheid (
  eenheidscode text not null primary key check (eenheidscode ~ '^[0-9]{4}$'),
  naam         text not null,
  oin          text not null unique check (oin ~ '^[0-9]{20}$')
);

create table registry.maatschappelijke_klasse (
  klassecode   text not null primary key,
  omschrijving text not null
);

create table registry.incident (
  incident_id    bigint      generated always as identity primary key,
  incidentnummer text,
  eenheidscode   text        not null references registry.eenheid,
  klassecode     text        references registry.maatschappelijke_klasse,
  pleegdatum     date,
  pleegtijd      time(3),
  invoermoment   timestamptz not null default now()
);

create index incident_incidentnummer on registry.incident (incidentnummer);

create table registry.betrokkene (
  betrokkene_id bigint      generated always as identity primary key,
  incident_id   bigint      not null references registry.incident,
  rol           text        not null,
  bsn           text,
  achternaam    text,
  voorvoegsels  text,
  voornamen     text,
  geboortedatum text,
  geslacht      text        check (geslacht in ('M', 'V', 'X')),
  invoermoment  timestamptz not null default now()
);

create index betrokkene_incident on registry.betrokkene (incident_id);

comment on column registry.incident.incidentnummer is 'given at the desk, sometimes after the row';
comment on column registry.incident.pleegtijd is 'Dutch time; null where it is not known';
comment on column registry.betrokkene.rol is 'AANGEVER, GETUIGE, KIND, SLACHTOFFER, VERDACHTE and the like';
comment on column registry.betrokkene.geboortedatum is 'jjjjmmdd, with 00 for an unknown month or day';

insert into registry.eenheid (eenheidscode, naam, oin) values
  ('9101', 'Politie Waterdal', '00000099000000001000'),
  ('9102', 'Politie Heidekant', '00000099000000002000');

insert into registry.maatschappelijke_klasse (klassecode, omschrijving) values
  ('G10', 'Huiselijk geweld'),
  ('G20', 'Kindermishandeling'),
  ('G30', 'Ernstige bedreiging in de huiselijke kring'),
  ('G90', 'Overig ernstig incident in de huiselijke kring'),
  ('D10', 'Winkeldiefstal'),
  ('V10', 'Verkeersongeval');
