-- What the shelter's client records say of a child. To wrap another system, rewrite this file.

create function care.agency_party() returns text
  language sql immutable parallel safe
  as $$ select 'shelter' $$;

-- `melding_client` is a row of registry.melding_client: that a note is about a client.
create function care.read_registry_child(melding_client jsonb) returns care.registry_child
  language sql stable
  as $$
    select
      melding.melding_uid::text,
      opvanglocatie.oin,
      melding.voorgevallen_op,
      melding.feitelijk_geweld and melding.soort in (10, 20, 30, 90),
      client.gezinsrol = 'kind',
      client.burgerservicenummer,
      client.voornaam,
      client.tussenvoegsel,
      client.achternaam,
      client.geboren_op
    from registry.melding
    join registry.client on client.client_uid = (melding_client ->> 'client_uid')::uuid
    join registry.gezin on gezin.gezin_uid = melding.gezin_uid
    left join registry.opvanglocatie using (locatienr)
    where melding.melding_uid = (melding_client ->> 'melding_uid')::uuid
  $$;

create trigger raise_signal after insert on registry.melding_client
  for each row execute function care.raise_signal();
