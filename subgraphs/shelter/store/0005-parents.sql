-- A parent's way in: a code that a supporter hands over, good once, and the view that it opened. Of both there is a keyed
-- digest only.
create table care.parent_code (
  id uuid primary key default gen_random_uuid(),
  guidance uuid not null references care.guidance,
  -- The registry's key of the parent.
  parent uuid not null,
  code bytea not null unique,
  valid_until timestamptz(3) not null,
  used_at timestamptz(3),
  view_key bytea unique,
  view_until timestamptz(3),
  check ((used_at is null) = (view_key is null) and (view_key is null) = (view_until is null))
);

-- What a parent's consent has led to: that a school and the supporter knew each other, from when until when. It goes with
-- the guidance's content.
create table care.sharing (
  id uuid primary key default gen_random_uuid(),
  consent uuid not null references care.consent,
  school_id text not null,
  since timestamptz(3) not null,
  until timestamptz(3)
);
create unique index sharing_open on care.sharing (consent) where until is null;
insert into care.sharing (consent, school_id, since)
  select consent, school_id, since from care.school_link where school_id is not null;

alter table care.parent_code enable row level security;
alter table care.parent_code force row level security;
alter table care.sharing enable row level security;
alter table care.sharing force row level security;
create policy system on care.parent_code using ((select care.is_system()));
create policy system on care.sharing using ((select care.is_system()));
grant select, insert, update, delete on care.parent_code, care.sharing to :app;
