-- DUO's address file has a telephone number for each site. An officer calls it.
alter table registry.onderwijsinstelling add telefoon text;
