-- Consents are each parent's own: a row for each parent and act, and none changes what another parent gave. The circle is
-- a row apart: it is there while a consent of the child has not ended, and with it go the search at Leerplicht and the
-- key at the school. An open consent's id was its circle's: the searches that run go on under it.
create table care.circle (
  -- Under which Leerplicht is asked for the school.
  id uuid primary key default gen_random_uuid(),
  child uuid not null unique references care.guided_child,
  organisation text not null,
  -- The one school that Leerplicht is asked for; null where it looks for whichever the child goes to.
  named_school text,
  -- Counts Leerplicht's news, which may come in any order; 0 before the first.
  turn integer not null default 0,
  -- The school that is in, and the key by which it knows the circle.
  school_id text,
  circle_key uuid unique,
  since timestamptz(3),
  check ((school_id is null) = (circle_key is null) and (school_id is null) = (since is null))
);
alter table care.circle enable row level security;
alter table care.circle force row level security;
-- Nobody reads where a child goes to school but through care.support_circle.
create policy system on care.circle using ((select care.is_system()));
create policy the_owner on care.circle to current_user using (true) with check (true);
insert into care.circle (id, child, organisation, turn, school_id, circle_key, since)
  select consent.id, consent.child, consent.organisation, coalesce(link.turn, 0), link.school_id, link.circle_key,
    case when link.school_id is not null then link.since end
  from care.consent left join care.school_link as link on link.consent = consent.id
  where consent.ended_at is null;
drop view care.visible_conversation;
drop view care.support_circle;
drop table care.school_link;

-- Under which id the school was told of a sharing, so that what subscribers were told of it can be erased with it.
alter table care.sharing add column circle uuid;
select set_config('app.claims', '{"party":"system"}', true);
update care.sharing set circle = consent;
alter table care.sharing alter circle set not null;

-- One that a parent gives anew takes the place of that parent's earlier one, which stays as it was given.
drop index care.consent_open;
create unique index consent_open on care.consent (child, given_by) where ended_at is null;
create index consent_by_child on care.consent (child);

-- Nothing of an erased guidance stays: neither how many children and consents there were, nor a moment by which somebody
-- could tell which of the facts for the evaluation came of it.
alter table care.conversation alter kind set not null, alter raised_by set not null, alter school_id set not null;
alter table care.support_action alter what set not null;
delete from care.consent where child in (
  select child.id from care.guided_child as child join care.guidance on guidance.id = child.guidance
  where guidance.family_key is null);
delete from care.guided_child where guidance in (select id from care.guidance where family_key is null);
delete from care.guidance where family_key is null;
alter table care.guidance alter family_key set not null, alter supporter_name set not null;
alter table care.guided_child alter registry_key set not null;
alter table care.consent alter given_by set not null;
-- A worker may change what is the organisation's own, and erases nothing.
create policy erased_by_the_part on care.guidance as restrictive for delete to :app using ((select care.is_system()));
create policy erased_by_the_part on care.guided_child as restrictive for delete to :app using ((select care.is_system()));
create policy erased_by_the_part on care.consent as restrictive for delete to :app using ((select care.is_system()));
grant delete on care.guidance, care.guided_child, care.consent to :app;

-- Whose view a parent's code has opened: the guidance, and the registry's key of the parent. The part states both once it
-- has checked the view's key (doors/parent-reading.ts); no access token holds them.
create function care.viewed_guidance() returns uuid
  language sql stable parallel safe
  as $$ select case when care.claim('party') = 'parent' then care.claim('guidance')::uuid end $$;
create function care.viewing_parent() returns uuid
  language sql stable parallel safe
  as $$ select case when care.claim('party') = 'parent' then care.claim('person')::uuid end $$;

-- As in 0004, and with the parent.
create or replace function care.side() returns text
  language sql stable parallel safe
  as $$
    select case
      when care.own_organisation() is not null then 'SHELTER'
      when care.claim('party') = 'school' and care.claim('role') is null then 'SCHOOL'
      when care.viewing_parent() is not null then 'PARENT'
    end
  $$;

-- A parent sees what rests on an own consent. The guidance is shown for the supporter's sake.
create policy own_view on care.guidance for select using (id = (select care.viewed_guidance()));
create policy own_consents on care.consent for select using (given_by = (select care.viewing_parent()));
create policy own_children on care.guided_child for select using (
  guidance = (select care.viewed_guidance()) and id in (select child from care.consent)
);
create policy own_sharings on care.sharing for select using (
  (select care.viewing_parent()) is not null and consent in (select id from care.consent)
);
create policy own_view_events on care.event for select using (
  stream = 'parent:' || (select care.viewed_guidance()) || ':' || (select care.viewing_parent())
);

-- The one rule of who knows whom: while guidance runs and a consent holds that is for this school, the shelter's
-- organisation, the contact persons of the school, and each parent whose consent it is. It covers what any such consent
-- covers.
create view care.support_circle with (security_barrier) as
  select circle.id, circle.circle_key, circle.school_id, circle.since, circle.child, agreed.covers,
    -- A parent is not told whether another has consented.
    case when (select care.side()) = 'PARENT' then array[(select care.viewing_parent())] else agreed.parents end as parents,
    child.registry_key as child_key, guidance.id as guidance, guidance.organisation,
    guidance.supporter_name, guidance.supporter_telephone, guidance.supporter_email
  from care.circle
  join care.guided_child as child on child.id = circle.child
  join care.guidance as guidance on guidance.id = child.guidance and guidance.ended_at is null
  join lateral (
    select array_agg(distinct consent.given_by) as parents,
      coalesce(array_agg(distinct cover) filter (where cover is not null), '{}') as covers
    from care.consent left join lateral unnest(consent.covers) as cover on true
    where consent.child = circle.child and consent.ended_at is null and consent.valid_until > care.now()
      and coalesce(consent.school_id, circle.school_id) = circle.school_id
  ) as agreed on agreed.parents is not null
  where circle.circle_key is not null
    and (
      (select care.is_system())
      or guidance.organisation = (select care.own_organisation())
      or ((select care.side()) = 'SCHOOL' and circle.school_id = any (care.claim_list('schools')))
      or (guidance.id = (select care.viewed_guidance()) and (select care.viewing_parent()) = any (agreed.parents))
    );
grant select on care.support_circle to :app;

-- Whether a school that is in may know of a talk: of one that it takes part in, from when a moment is proposed, for a talk
-- that is called for at once with a signal would tell where that came from; and, where PAST_TALKS is covered, of one that
-- was held with a school before it.
create function care.is_for_school(talk care.conversation, school text, covers text[]) returns boolean
  language sql immutable parallel safe
  as $$
    select talk.school_id = school and (talk.moments <> '{}' or talk.raised_by = 'SCHOOL')
      or talk.status = 'HELD' and 'PAST_TALKS' = any (covers)
  $$;

-- Whether a parent may: of one that a person called for; else, once the supporter has acted and a moment is proposed. A
-- note of violence, which may be about this very parent, and an absence call for a talk by themselves.
create function care.is_for_parents(talk care.conversation) returns boolean
  language sql immutable parallel safe
  as $$ select talk.moments <> '{}' or talk.kind = 'OTHER' $$;

-- The one rule of who sees a talk. The shelter sees those of its families; a school and a parent, while a circle stands
-- that is theirs, those that are for them. Why it was called for, only who called knows, unless a parent agrees; parents
-- are told. Seeing is not taking part: only the circle's own school does, and the shelter.
create view care.visible_conversation with (security_barrier) as
  select conversation.id, conversation.guidance, conversation.child, conversation.organisation, conversation.status,
    conversation.moments, conversation.starts_at, conversation.place, conversation.revision, conversation.called_at,
    child.registry_key as child_key, circle.id as circle, coalesce(circle.parents, '{}') as parents,
    case when reason.known then conversation.kind end as kind,
    case when reason.known then conversation.raised_by end as raised_by,
    case (select care.side()) when 'SHELTER' then true when 'SCHOOL' then conversation.school_id = circle.school_id
      else false end as takes_part
  from care.conversation
  join care.guided_child as child on child.id = conversation.child
  left join care.support_circle as circle on circle.child = conversation.child
  cross join lateral (
    select (select care.is_system())
      or 'CONCERNS' = any (circle.covers)
      or (select care.side()) = 'PARENT'
      or conversation.raised_by = (select care.side())
        and ((select care.side()) = 'SHELTER' or conversation.school_id = circle.school_id) as known
  ) as reason
  where (select care.is_system())
    or conversation.organisation = (select care.own_organisation())
    or (circle.id is not null and (select care.side()) = 'SCHOOL'
      and care.is_for_school(conversation, circle.school_id, circle.covers))
    or (circle.id is not null and (select care.side()) = 'PARENT' and care.is_for_parents(conversation));
grant select on care.visible_conversation to :app;

-- As in 0004, but that the note waits for who ends guidance or a consent at that moment, and sees what they leave. It
-- takes the guidance first: notes about several children would else wait for one another.
create or replace function care.call_for_talk_of(noted registry.melding_client) returns void
  language plpgsql
  as $$
    declare
      about care.registry_child := care.read_registry_child(to_jsonb(noted));
      guided care.guided_child;
    begin
      if not care.raises_signal(about) then
        return;
      end if;
      select child.* into guided from care.guided_child as child
        join care.guidance on guidance.id = child.guidance and guidance.ended_at is null
        where child.registry_key = noted.client_uid and guidance.organisation = about.organisation;
      if not found then
        return;
      end if;
      perform from care.guidance where id = guided.guidance for no key update;
      perform from care.circle where child = guided.id for no key update;
      insert into care.conversation (guidance, child, organisation, school_id, kind, raised_by, note)
        select guidance.id, guided.id, guidance.organisation, circle.school_id, 'DOMESTIC_VIOLENCE', 'SHELTER',
          noted.melding_uid
        from care.guidance as guidance join care.circle as circle on circle.child = guided.id
        where guidance.id = guided.guidance and guidance.ended_at is null
          and exists (
            select from care.consent where consent.child = guided.id
              and consent.ended_at is null and consent.valid_until > care.now()
              and coalesce(consent.school_id, circle.school_id) = circle.school_id)
          and not exists (
            select from care.conversation as known where known.child = guided.id
              and (known.note = noted.melding_uid
                or known.kind = 'DOMESTIC_VIOLENCE' and known.status in ('CALLED', 'PROPOSED', 'PLANNED')));
    end
  $$;

grant select, insert, update, delete on care.circle to :app;
