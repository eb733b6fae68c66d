-- Stands for the client-record system that a shelter already has: families that live at a location,
-- their members, and notes of what happened to them. Everyone has one record, to which the notes
-- refer; whether there was actual violence is a tick in the note. Codes and locations are made up.

create table registry.opvanglocatie (
  locatienr smallint not null primary key,
  naam      text     not null,
  plaats    text     not null,
  oin       text     not null unique check (oin ~ '^[0-9]{20}$')
);

create table registry.gezin (
  gezin_uid  uuid     not null default gen_random_uuid() primary key,
  locatienr  smallint not null references registry.opvanglocatie,
  dossiernr  text,
  instroom   date     not null default current_date,
  uitstroom  date
);

create table registry.client (
  client_uid    uuid        not null default gen_random_uuid() primary key,
  gezin_uid     uuid        not null references registry.gezin,
  gezinsrol     text        not null check (gezinsrol in ('ouder', 'partner', 'kind', 'overig')),
  burgerservicenummer varchar(9),
  voornaam      text,
  tussenvoegsel text,
  achternaam    text,
  geboren_op    date,
  aangemaakt_op timestamptz not null default now()
);

create index client_gezin on registry.client (gezin_uid);

create table registry.meldingsoort (
  soort        smallint not null primary key,
  omschrijving text     not null
);

create table registry.melding (
  melding_uid      uuid           not null default gen_random_uuid() primary key,
  gezin_uid        uuid           not null references registry.gezin,
  soort            smallint       not null references registry.meldingsoort,
  feitelijk_geweld boolean        not null default false,
  voorgevallen_op  timestamptz(3) not null,
  kenmerk          text,
  vastgelegd_op    timestamptz    not null default now()
);

create table registry.melding_client (
  melding_uid uuid not null references registry.melding,
  client_uid  uuid not null references registry.client,
  primary key (melding_uid, client_uid)
);

create index melding_client_client on registry.melding_client (client_uid);

comment on column registry.melding.feitelijk_geweld is 'whether violence took place, rather than was feared';
comment on column registry.melding.kenmerk is 'number of the note in the reporter''s own system';

insert into registry.opvanglocatie (locatienr, naam, plaats, oin) values
  (1, 'Opvanghuis De Steiger', 'Waterdal', '00000099000000003000');

insert into registry.meldingsoort (soort, omschrijving) values
  (10, 'Huiselijk geweld'),
  (20, 'Kindermishandeling'),
  (30, 'Ernstige bedreiging'),
  (90, 'Ander ernstig voorval'),
  (510, 'Gesprek met ouder'),
  (520, 'Verzuim van school');
