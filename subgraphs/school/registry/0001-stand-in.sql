-- Stands for the student information system (SIS) that primary schools already have, in the manner
-- of the Dutch ones: its own names, its own keys, dates of entry and leaving instead of deletions.
-- We read it and never alter it. In EDEXML a pupil is known by a key within the school ("sleutel").

create table registry.school (
  brincode       text        not null check (brincode ~ '^[0-9]{2}[A-Z]{2}$'),
  dependancecode text        not null default '00' check (dependancecode ~ '^[0-9]{2}$'),
  naam           text,
  plaats         text,
  schooljaar     text        not null check (schooljaar ~ '^[0-9]{4}-[0-9]{4}$'),
  peildatum      date,
  mutatiedatum   timestamptz not null default now(),
  primary key (brincode, dependancecode)
);

create table registry.groep (
  groepnummer    bigint      generated always as identity primary key,
  brincode       text        not null,
  dependancecode text        not null,
  sleutel        text        not null,
  naam           text        not null,
  jaargroep      text,
  samengesteld   boolean     not null default false,
  einddatum      date,
  mutatiedatum   timestamptz not null default now(),
  unique (brincode, dependancecode, sleutel),
  foreign key (brincode, dependancecode) references registry.school
);

create table registry.leerling (
  leerlingnummer bigint      generated always as identity primary key,
  brincode       text        not null,
  dependancecode text        not null,
  sleutel        text        not null,
  achternaam     text,
  voorvoegsel    text,
  voornamen      text,
  voorletters    text,
  roepnaam       text,
  geboortedatum  date,
  geslacht       smallint    not null default 0 check (geslacht in (0, 1, 2, 9)),
  bsn            text        check (bsn ~ '^[0-9]{9}$'),
  jaargroep      text,
  groep          bigint      references registry.groep (groepnummer),
  instroomdatum  date,
  uitstroomdatum date,
  mutatiedatum   timestamptz not null default now(),
  unique (brincode, dependancecode, sleutel),
  foreign key (brincode, dependancecode) references registry.school,
  check (achternaam is not null or roepnaam is not null)
);

create index leerling_bsn on registry.leerling (bsn) where bsn is not null;
create index leerling_geboortedatum on registry.leerling (geboortedatum, brincode, dependancecode);
create index leerling_groep on registry.leerling (groep);

create table registry.medewerker (
  medewerkernummer bigint      generated always as identity primary key,
  brincode         text        not null,
  dependancecode   text        not null,
  sleutel          text        not null,
  achternaam       text,
  voorvoegsel      text,
  voornamen        text,
  voorletters      text,
  roepnaam         text,
  emailadres       text,
  rollen           text[]      not null default '{}',
  uitdienstdatum   date,
  mutatiedatum     timestamptz not null default now(),
  unique (brincode, dependancecode, sleutel),
  foreign key (brincode, dependancecode) references registry.school,
  check (achternaam is not null or roepnaam is not null)
);

create table registry.medewerker_groep (
  medewerkernummer bigint not null references registry.medewerker on delete cascade,
  groepnummer      bigint not null references registry.groep on delete cascade,
  primary key (medewerkernummer, groepnummer)
);

create index medewerker_groep_groepnummer on registry.medewerker_groep (groepnummer);

comment on column registry.leerling.sleutel is 'leerling/@key of EDEXML: stable within the school';
comment on column registry.leerling.geslacht is '0 unknown, 1 male, 2 female, 9 not specified';
comment on column registry.leerling.uitstroomdatum is 'first day on which the pupil is no longer enrolled';
comment on column registry.medewerker.rollen is 'DIR, ADJ, IB, LRK, LOC, SMW and the like';
