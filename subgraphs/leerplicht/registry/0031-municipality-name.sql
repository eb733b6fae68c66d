-- DUO's address file has the name of each site's municipality beside its number. An operator reads figures by it.
alter table registry.onderwijsinstelling add gemeentenaam text;
