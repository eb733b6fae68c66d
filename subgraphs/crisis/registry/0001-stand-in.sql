-- Stands for the deployment system that a crisis intervention team already has: calls to which a team went out, and
-- who was there. A deployment is known by a number of text, its moment is counted in milliseconds since 1970, it has
-- any number of causes, and a person is one document, with a day of birth as it is spoken. Teams and causes are made up.

create table registry.crisisteam (
  teamcode text not null primary key,
  teamnaam text not null,
  regio    text,
  oin      text not null unique check (oin ~ '^[0-9]{20}$')
);

create sequence registry.inzet_volgnummer;

create table registry.inzet (
  inzetnummer     text      not null primary key default 'CI-' || nextval('registry.inzet_volgnummer'),
  teamcode        text      not null references registry.crisisteam,
  aanleidingen    text[]    not null default '{}',
  ter_plaatse_ms  bigint,
  kenmerk_melder  text,
  afgerond        boolean   not null default false
);

create table registry.aanwezige (
  inzetnummer  text     not null references registry.inzet,
  volgnummer   smallint not null check (volgnummer > 0),
  hoedanigheid text     not null,
  persoon      jsonb    not null default '{}',
  primary key (inzetnummer, volgnummer)
);

comment on column registry.inzet.aanleidingen is 'huiselijk geweld, kindermishandeling, bedreiging, ernstig voorval, verward gedrag, rouw, uithuiszetting and the like';
comment on column registry.inzet.ter_plaatse_ms is 'when the team was there; null where it was not noted';
comment on column registry.aanwezige.hoedanigheid is 'kind, ouder, buur, hulpverlener and the like';
comment on column registry.aanwezige.persoon is '{"bsn", "naam": {"voor", "tussen", "achter"}, "geboren": "dd-mm-jjjj"}, each where it is known';

insert into registry.crisisteam (teamcode, teamnaam, regio, oin) values
  ('WD', 'Crisisinterventieteam Waterdal', 'Waterdal', '00000099000000011000');
