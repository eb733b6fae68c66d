-- Identities at rest. What names a child, or leads to one in the registry, is encrypted by the part before it comes here:
-- PostgreSQL has no key. A column of this type takes nothing else, so that no oversight puts a name in it; and what is of
-- this type is found by whoever looks for it (plumbing/identities/reencryption.ts). It reads `<key's name>.<base64url>`.
create domain care.encrypted as text check (value ~ '^[A-Za-z0-9-]{1,32}[.][A-Za-z0-9_-]{38,}$');

-- Which key has which name here: each proves itself by a known text, so that a wrong one is found before it is used.
create table care.identity_key (
  name text primary key,
  proof care.encrypted not null
);
alter table care.identity_key enable row level security;
alter table care.identity_key force row level security;
create policy system on care.identity_key using ((select care.is_system()));
grant select, insert on care.identity_key to :app;

-- What is to be sent on is encrypted. A trigger, which has no key, writes as the payload a draft that names nobody, of
-- which the part makes what it sends (plumbing/outbox.ts). What an earlier version left in plain is a draft as well.
alter table care.outbox
  add column encrypted care.encrypted,
  -- The `id` in the payload, by which it can be taken back.
  add column about uuid,
  drop constraint outbox_check,
  add constraint outbox_content check (
    case
      when acknowledged_at is null then (payload is null) <> (encrypted is null)
      else payload is null and encrypted is null
    end
  );
-- The owner is held by row-level security, too.
select set_config('app.claims', '{"party":"system"}', true);
update care.outbox set about = (payload ->> 'id')::uuid where pg_input_is_valid(payload ->> 'id', 'uuid');
create index outbox_about on care.outbox (about) where acknowledged_at is null;
create index outbox_encrypted on care.outbox (id) where encrypted is not null;
