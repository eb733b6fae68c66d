-- A family changes while it is guided: another supporter comes, and children are written, or become a child's part in the
-- family, only later. Whoever may know of the family hears of it by a job of the part, which knows who that is.

-- A text of the registry as a school's screen may show it: without what deceives who reads it (the agency's
-- decisions/check-text.ts refuses the same), blanks around it, or more than its length; null where nothing is left.
create function care.plain_text(given text, longest integer) returns text
  language sql immutable parallel safe
  as $$
    select nullif(btrim(left(btrim(regexp_replace(given,
      '[\u0001-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]', '', 'g')), longest)), '')
  $$;

-- How a supporter is reached, by the rules of decisions/supporter.ts; null where nobody could be by it.
create function care.plain_telephone(given text) returns text
  language sql immutable parallel safe
  as $$
    select plain from care.plain_text(given, 41) as plain where plain ~ '^\+?[0-9][0-9 ()-]{5,}$' and length(plain) <= 40
  $$;
create function care.plain_email(given text) returns text
  language sql immutable parallel safe
  as $$
    select plain from care.plain_text(given, 255) as plain
    where plain ~ '^[^[:space:]@]+@[^[:space:]@]+\.[^[:space:]@]+$' and length(plain) <= 254
  $$;

-- What stood there before this was asked.
update care.guidance set
  supporter_name = coalesce(care.plain_text(supporter_name, 200), '-'),
  supporter_telephone = care.plain_telephone(supporter_telephone),
  supporter_email = care.plain_email(supporter_email);

-- Has those told who see what has changed of a family: SUPPORTER, which schools and parents see as well, or FAMILY, of
-- which they may not even learn when it was. Once for a transaction, and after it.
create function care.tell_of_family(guidance_id uuid, change text) returns void
  language sql
  as $$
    select graphile_worker.add_job('tellOfFamily', json_build_object('id', guidance_id, 'change', change),
      job_key := change || ':' || guidance_id, run_at := least(care.now(), now()))
  $$;
revoke execute on function care.tell_of_family from public;

-- The one way in which guidance begins, and in which its supporter changes, whoever writes the row: the row last written
-- of a family says who accompanies it. A row that is changed begins no guidance anew. Where it names nobody, the house
-- stands for the supporter.
create or replace function care.start_guidance() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      house record;
      guidance_id uuid;
      is_new boolean := false;
      name text; telephone text := care.plain_telephone(new.telefoon); email text := care.plain_email(new.emailadres);
    begin
      -- A child of the family that is written at the same moment waits for this, or this for it.
      perform pg_advisory_xact_lock(hashtextextended('guided family:' || new.gezin_uid, 0));
      select opvanglocatie.oin, opvanglocatie.naam into house
        from registry.gezin join registry.opvanglocatie using (locatienr) where gezin.gezin_uid = new.gezin_uid;
      name := coalesce(care.plain_text(new.begeleider, 200), care.plain_text(house.naam, 200), '-');
      if tg_op = 'INSERT' then
        insert into care.guidance (organisation, family_key, supporter_name, supporter_telephone, supporter_email)
          values (coalesce(house.oin, 'UNKNOWN'), new.gezin_uid, name, telephone, email)
          on conflict (family_key) where ended_at is null do nothing
          returning id into guidance_id;
        is_new := guidance_id is not null;
      end if;
      if is_new then
        insert into care.guided_child (guidance, organisation, registry_key)
          select guidance_id, coalesce(house.oin, 'UNKNOWN'), client_uid from registry.client
          where gezin_uid = new.gezin_uid and gezinsrol = 'kind';
      else
        update care.guidance set supporter_name = name, supporter_telephone = telephone, supporter_email = email
          where family_key = new.gezin_uid and ended_at is null
            and (supporter_name, supporter_telephone, supporter_email) is distinct from (name, telephone, email)
          returning id into guidance_id;
      end if;
      if guidance_id is not null then
        perform care.tell_of_family(guidance_id, case when is_new then 'FAMILY' else 'SUPPORTER' end);
      end if;
      return null;
    end
  $$;

create function care.guide_child() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      guidance_id uuid;
    begin
      perform pg_advisory_xact_lock_shared(hashtextextended('guided family:' || new.gezin_uid, 0));
      insert into care.guided_child (guidance, organisation, registry_key)
        select guidance.id, guidance.organisation, new.client_uid from care.guidance
        where guidance.family_key = new.gezin_uid and guidance.ended_at is null
        on conflict do nothing
        returning guidance into guidance_id;
      if guidance_id is not null then
        perform care.tell_of_family(guidance_id, 'FAMILY');
      end if;
      return null;
    end
  $$;

-- Children who came too late so far.
insert into care.guided_child (guidance, organisation, registry_key)
  select guidance.id, guidance.organisation, client.client_uid
  from care.guidance join registry.client on client.gezin_uid = guidance.family_key and client.gezinsrol = 'kind'
  where guidance.ended_at is null
  on conflict do nothing;

-- As in 0002: the operator of another system adds the triggers. Of clients there are others on the same table already.
do $$
  begin
    if to_regclass('registry.begeleiding') is not null then
      create trigger change_supporter after update on registry.begeleiding
        for each row
        when ((old.begeleider, old.telefoon, old.emailadres) is distinct from (new.begeleider, new.telefoon, new.emailadres))
        execute function care.start_guidance();
    end if;
  end
$$;
create trigger guide_child after insert or update on registry.client
  for each row when (new.gezinsrol = 'kind') execute function care.guide_child();
