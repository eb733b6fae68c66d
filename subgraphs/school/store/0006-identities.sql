-- The registry's number leads to the pupil in the registry beside it, so it is encrypted, and recognised by a keyed digest
-- (store/pupil-number.ts). What an earlier version left in plain is encrypted at the next start; nothing is written to its
-- columns any more. Who a signal was handed to stays readable: row-level security finds the teacher by it.
alter table care.signal
  add column pupil care.encrypted,
  add column pupil_digest text,
  drop constraint signal_pupil,
  add constraint signal_pupil check (
    (pupil is null) = (pupil_digest is null)
    and case when practice then pupil is null else (pupil_id is null) = (pupil is null) end
    and pupil_number is null
  ) not valid;
drop index care.signal_open;
create unique index signal_open on care.signal (pupil_digest) where status in ('RAISED', 'SEEN');
create index signal_encrypted on care.signal (id) where pupil is not null;
create index signal_in_plain on care.signal (id) where pupil_number is not null;

alter table care.held_delivery
  alter column pupil_number drop not null,
  add column pupil care.encrypted,
  add column pupil_digest text,
  add constraint held_delivery_pupil check (
    pupil is not null and pupil_digest is not null and pupil_number is null
  ) not valid;
drop index care.held_delivery_by_pupil;
create index held_delivery_by_pupil on care.held_delivery (pupil_digest);

alter table care.circle_pupil
  add column pupil care.encrypted,
  drop constraint circle_pupil_check,
  add constraint circle_pupil_pupil check ((pupil is null) = (circle_key is null) and pupil_number is null) not valid;
