-- Guidance of families, with the parents' consents (Ruggensteun). Nothing here has to do with a signal, and no id of it
-- is in a table of signals. Who accompanies whom, and on whose consent, goes some weeks after the end of guidance; the
-- moments stay.
create table care.guidance (
  id uuid primary key default gen_random_uuid(),
  organisation text not null,
  -- The registry's key of the family; null once erased, as are the supporter's columns.
  family_key uuid,
  supporter_name text,
  supporter_telephone text,
  supporter_email text,
  started_at timestamptz(3) not null default care.now(),
  first_circle_at timestamptz(3),
  ended_at timestamptz(3),
  erases_at timestamptz(3)
);
create unique index guidance_open on care.guidance (family_key) where ended_at is null;
create index guidance_by_organisation on care.guidance (organisation, started_at desc, id desc);

create table care.guided_child (
  id uuid primary key default gen_random_uuid(),
  guidance uuid not null references care.guidance,
  organisation text not null,
  -- The registry's key of the child; null once erased.
  registry_key uuid,
  unique (guidance, registry_key)
);

-- One consent of one parent, for one child. It holds from when it was given until it ends.
create table care.consent (
  id uuid primary key default gen_random_uuid(),
  child uuid not null references care.guided_child,
  organisation text not null,
  -- The registry's key of the parent; null once erased.
  given_by uuid,
  given_at timestamptz(3) not null,
  valid_until timestamptz(3) not null,
  ended_at timestamptz(3),
  withdrawn boolean not null default false
);
create unique index consent_open on care.consent (child) where ended_at is null;

-- Where Leerplicht found the child: the school, and the key by which the school knows the circle. News may come in any
-- order: `turn` says which is the latest. It goes with the consent.
create table care.school_link (
  consent uuid primary key references care.consent,
  organisation text not null,
  turn integer not null,
  school_id text,
  circle_key uuid unique,
  since timestamptz(3) not null,
  check ((school_id is null) = (circle_key is null))
);

alter table care.guidance enable row level security;
alter table care.guidance force row level security;
alter table care.guided_child enable row level security;
alter table care.guided_child force row level security;
alter table care.consent enable row level security;
alter table care.consent force row level security;
alter table care.school_link enable row level security;
alter table care.school_link force row level security;

create policy own on care.guidance
  using ((select care.is_system()) or organisation = (select care.own_organisation()));
create policy own on care.guided_child
  using ((select care.is_system()) or organisation = (select care.own_organisation()));
create policy own on care.consent
  using ((select care.is_system()) or organisation = (select care.own_organisation()));
-- Nobody reads where a child goes to school but through care.support_circle.
create policy system on care.school_link using ((select care.is_system()));

-- The owner is who the trigger and the view below run as.
create policy the_owner on care.guidance to current_user using (true) with check (true);
create policy the_owner on care.guided_child to current_user using (true) with check (true);
create policy the_owner on care.consent for select to current_user using (true);
create policy the_owner on care.school_link for select to current_user using (true);

-- The one rule of who knows whom: while guidance runs and a consent holds, the shelter's organisation and the contact
-- persons of the child's school. A teacher's token (`role`) is not a contact person's.
create view care.support_circle with (security_barrier) as
  select link.consent as id, link.circle_key, link.school_id, link.since, consent.child, guidance.organisation,
    guidance.supporter_name, guidance.supporter_telephone, guidance.supporter_email
  from care.school_link as link
  join care.consent as consent on consent.id = link.consent
  join care.guided_child as child on child.id = consent.child
  join care.guidance as guidance on guidance.id = child.guidance
  where link.circle_key is not null
    and consent.ended_at is null and consent.valid_until > care.now() and guidance.ended_at is null
    and (
      (select care.is_system())
      or guidance.organisation = (select care.own_organisation())
      or ((select care.claim('party')) = 'school' and (select care.claim('role')) is null
        and link.school_id = any (care.claim_list('schools')))
    );

-- A guidance's events have a stream of their own: that of the organisation is its signals'.
create policy own_guidance on care.event for select using (
  stream = 'guidance:' || (select care.own_organisation())
);

-- The one way in which guidance begins, whoever writes the row. A family that is guided already stays so.
create function care.start_guidance() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    declare
      family_organisation text := coalesce((
        select opvanglocatie.oin from registry.gezin join registry.opvanglocatie using (locatienr)
        where gezin.gezin_uid = new.gezin_uid
      ), 'UNKNOWN');
      guidance_id uuid;
    begin
      insert into care.guidance (organisation, family_key, supporter_name, supporter_telephone, supporter_email)
        values (family_organisation, new.gezin_uid,
          left(new.begeleider, 200), left(new.telefoon, 40), left(new.emailadres, 254))
        on conflict (family_key) where ended_at is null do nothing
        returning id into guidance_id;
      insert into care.guided_child (guidance, organisation, registry_key)
        select guidance_id, family_organisation, client_uid from registry.client
        where guidance_id is not null and gezin_uid = new.gezin_uid and gezinsrol = 'kind';
      return null;
    end
  $$;

-- A registry that was there before guidance was has no such table: the operator of another system adds the trigger.
do $$
  begin
    if to_regclass('registry.begeleiding') is not null then
      create trigger start_guidance after insert on registry.begeleiding
        for each row execute function care.start_guidance();
    end if;
  end
$$;

grant select, update on care.guidance, care.guided_child to :app;
grant select, insert, update on care.consent to :app;
grant select, insert, update, delete on care.school_link to :app;
grant select on care.support_circle to :app;
