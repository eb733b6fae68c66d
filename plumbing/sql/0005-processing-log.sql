-- The processing log (Logboek Dataverwerkingen): who did what with whose data, on whose behalf, what for and when.
-- It is written in the transaction of what it records, so that nothing is answered that is not in it. It names no
-- child: the subject is a keyed digest.
create table care.processing (
  position bigint primary key,
  at timestamptz not null default care.now(),
  -- What for: the name of the processing activity.
  activity text not null,
  -- Who: the person or client that the access token names, and the organisation that they act for.
  actor text not null,
  party text not null,
  organisation text,
  -- Whose data.
  subject text,
  -- What of ours it was about, by its id in this part.
  object uuid,
  trace text,
  previous bytea not null,
  hash bytea not null
);
create index processing_by_object on care.processing (object, activity);
create index processing_by_subject on care.processing (subject);
create sequence care.processing_position;

-- Each entry holds the hash of the one before it, so that none can be changed, taken out or moved unseen.
-- Writers take turns until they commit, as the chain has one end.
create function care.chain_processing() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  as $$
    begin
      perform pg_advisory_xact_lock(hashtextextended('care.processing', 0));
      new.position := nextval('care.processing_position');
      new.previous := coalesce(
        (select hash from care.processing order by position desc limit 1), sha256('care.processing'::bytea));
      new.hash := care.processing_hash(new);
      return new;
    end
  $$;

create function care.processing_hash(entry care.processing) returns bytea
  language sql stable
  as $$
    select sha256(entry.previous || convert_to(jsonb_build_array(
      entry.position, extract(epoch from entry.at), entry.activity, entry.actor, entry.party, entry.organisation,
      entry.subject, entry.object, entry.trace
    )::text, 'UTF8'))
  $$;

create trigger chain_processing before insert on care.processing
  for each row execute function care.chain_processing();

alter table care.processing enable row level security;
alter table care.processing force row level security;
create policy written_by_the_part on care.processing for insert with check (true);
create policy read_by_the_part on care.processing for select using ((select care.is_system()));
-- The owner is who the trigger runs as: it looks up the end of the chain on behalf of whoever writes.
create policy the_chain on care.processing for select to current_user using (true);
grant select, insert on care.processing to :app;
