-- What a consent is for, besides that supporter and school's contact know each other: one named school only, where
-- `school_id` is set; CONCERNS, that each side may know why another called for a talk; PAST_TALKS, that a school may see
-- the talks that were held with an earlier one.
alter table care.consent
  add column school_id text,
  add column covers text[] not null default '{}' check (covers <@ array['CONCERNS', 'PAST_TALKS']);

-- On which side of a circle the caller stands.
create function care.side() returns text
  language sql stable parallel safe
  as $$
    select case
      when care.own_organisation() is not null then 'SHELTER'
      when care.claim('party') = 'school' and care.claim('role') is null then 'SCHOOL'
    end
  $$;

-- As in 0002, but that a consent may name the school, and says what it covers. Who names no school leaves it to where the
-- child goes.
drop view care.support_circle;
create view care.support_circle with (security_barrier) as
  select link.consent as id, link.circle_key, link.school_id, link.since, consent.child, consent.covers,
    consent.given_by, child.registry_key as child_key, guidance.id as guidance, guidance.organisation,
    guidance.supporter_name, guidance.supporter_telephone, guidance.supporter_email
  from care.school_link as link
  join care.consent as consent on consent.id = link.consent
  join care.guided_child as child on child.id = consent.child
  join care.guidance as guidance on guidance.id = child.guidance
  where link.circle_key is not null
    and coalesce(consent.school_id, link.school_id) = link.school_id
    and consent.ended_at is null and consent.valid_until > care.now() and guidance.ended_at is null
    and (
      (select care.is_system())
      or guidance.organisation = (select care.own_organisation())
      or ((select care.side()) = 'SCHOOL' and link.school_id = any (care.claim_list('schools')))
    );
grant select on care.support_circle to :app;

-- A talk of parents, supporter and the school's contact about one child. Its content goes with the guidance's.
create table care.conversation (
  id uuid primary key default gen_random_uuid(),
  guidance uuid not null references care.guidance,
  child uuid not null references care.guided_child,
  organisation text not null,
  -- The school that takes part. Null once erased, as are the concern and the place.
  school_id text,
  -- The concern: of what kind, and whose.
  kind text check (kind in ('DOMESTIC_VIOLENCE', 'ABSENCE', 'OTHER')),
  raised_by text check (raised_by in ('SHELTER', 'LEERPLICHT', 'SCHOOL')),
  -- The registry's key of the shelter's note, where that is the concern.
  note uuid,
  -- Leerplicht's id of the absence, where that is the concern.
  absence uuid unique,
  status text not null default 'CALLED' check (status in ('CALLED', 'PROPOSED', 'PLANNED', 'HELD', 'CANCELLED')),
  moments timestamptz(3)[] not null default '{}',
  starts_at timestamptz(3),
  place care.encrypted,
  called_at timestamptz(3) not null default care.now(),
  -- How often it was changed.
  revision integer not null default 0,
  -- The moment of which the participants were reminded.
  reminded_for timestamptz(3),
  check ((starts_at is not null) or status not in ('PLANNED', 'HELD'))
);
create index conversation_by_guidance on care.conversation (guidance);
create index conversation_by_child on care.conversation (child, called_at desc);

-- What was agreed in a talk: who does what by when.
create table care.support_action (
  id uuid primary key default gen_random_uuid(),
  conversation uuid not null references care.conversation,
  ordinal integer not null,
  -- Null once erased.
  what care.encrypted,
  who text not null check (who in ('PARENTS', 'SUPPORTER', 'SCHOOL_CONTACT')),
  by_day date not null,
  kept_at timestamptz(3),
  unique (conversation, ordinal)
);

alter table care.conversation enable row level security;
alter table care.conversation force row level security;
alter table care.support_action enable row level security;
alter table care.support_action force row level security;
create policy system on care.conversation using ((select care.is_system()));
create policy system on care.support_action using ((select care.is_system()));
create policy the_owner on care.conversation to current_user using (true) with check (true);
create policy the_owner on care.support_action for select to current_user using (true);

-- The one rule of who sees a talk. The shelter sees those of its families. A school sees those that it takes part in while
-- its circle stands, from when a moment is proposed: a talk that is called for at once with a signal would tell where
-- that came from. Why it was called for, only who called knows, unless the parent agrees.
create view care.visible_conversation with (security_barrier) as
  select conversation.id, conversation.guidance, conversation.child, conversation.organisation, conversation.status,
    conversation.moments, conversation.starts_at, conversation.place, conversation.revision, conversation.called_at,
    child.registry_key as child_key, circle.id as circle, circle.given_by,
    case when reason.known then conversation.kind end as kind,
    case when reason.known then conversation.raised_by end as raised_by
  from care.conversation
  join care.guided_child as child on child.id = conversation.child
  left join care.support_circle as circle on circle.child = conversation.child
  cross join lateral (
    select (select care.is_system())
      or 'CONCERNS' = any (circle.covers)
      or conversation.raised_by = (select care.side())
        and ((select care.side()) = 'SHELTER' or conversation.school_id = circle.school_id) as known
  ) as reason
  where (select care.is_system())
    or conversation.organisation = (select care.own_organisation())
    or (circle.id is not null
      and (conversation.school_id = circle.school_id or 'PAST_TALKS' = any (circle.covers))
      and (conversation.moments <> '{}'
        or conversation.raised_by = 'SCHOOL' and conversation.school_id = circle.school_id));
grant select on care.visible_conversation to :app;

-- Actual violence in a family that is guided calls for a talk about the child, whoever writes the note, once for each
-- note. It is apart from the signal, which the same rows raise: neither knows of the other.
create function care.call_for_talk_of(noted registry.melding_client) returns void
  language plpgsql
  as $$
    declare
      about care.registry_child := care.read_registry_child(to_jsonb(noted));
    begin
      if not care.raises_signal(about) then
        return;
      end if;
      insert into care.conversation (guidance, child, organisation, school_id, kind, raised_by, note)
        select guidance.id, child.id, guidance.organisation, link.school_id, 'DOMESTIC_VIOLENCE', 'SHELTER',
          noted.melding_uid
        from care.guided_child as child
        join care.guidance as guidance on guidance.id = child.guidance and guidance.ended_at is null
        join care.consent as consent
          on consent.child = child.id and consent.ended_at is null and consent.valid_until > care.now()
        join care.school_link as link
          on link.consent = consent.id and coalesce(consent.school_id, link.school_id) = link.school_id
        where child.registry_key = noted.client_uid and about.organisation = guidance.organisation
          and not exists (
            select from care.conversation as known where known.child = child.id
              and (known.note = noted.melding_uid
                or known.kind = 'DOMESTIC_VIOLENCE' and known.status in ('CALLED', 'PROPOSED', 'PLANNED')));
    end
  $$;
revoke execute on function care.call_for_talk_of from public;

create function care.call_for_talk() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      perform care.call_for_talk_of(new);
      return null;
    end
  $$;
create trigger call_for_talk after insert or update on registry.melding_client
  for each row execute function care.call_for_talk();

-- Violence may be ticked only later.
create function care.call_for_talks_of_note() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      perform care.call_for_talk_of(melding_client) from registry.melding_client where melding_uid = new.melding_uid;
      return null;
    end
  $$;
create trigger call_for_talks after update on registry.melding
  for each row execute function care.call_for_talks_of_note();

-- Whoever's deed it is, the shelter hears of a talk that is called for, and so do the school's other contact persons of
-- one that their own side called for.
create function care.tell_of_talk() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      insert into care.event (stream, kind, subject)
        select 'conversation:' || side, 'CHANGED', new.id
        from unnest(array[new.organisation, case when new.raised_by = 'SCHOOL' then new.school_id end]) as side
        where side is not null;
      return null;
    end
  $$;
-- At the commit, as it keeps other writers of events waiting until then.
create constraint trigger tell_of_talk after insert on care.conversation
  deferrable initially deferred for each row execute function care.tell_of_talk();

create policy own_conversations on care.event for select using (
  stream = 'conversation:' || (select care.own_organisation())
  or ((select care.side()) = 'SCHOOL' and starts_with(stream, 'conversation:')
    and substr(stream, length('conversation:') + 1) = any (care.claim_list('schools')))
);

grant select, insert, update, delete on care.conversation, care.support_action to :app;
