-- Whom a signal is about is encrypted: as the sender described the child, and the registry's number where one was
-- matched, as both lead to the child in the registry beside it (store/sought-child.ts). What an earlier version left in
-- plain is encrypted at the next start; nothing is written to its columns any more.
alter table care.submission
  add column sought care.encrypted,
  add constraint submission_unread check (child is null and person_id is null) not valid;
create index submission_encrypted on care.submission (id) where sought is not null;
create index submission_in_plain on care.submission (id) where child is not null or person_id is not null;

alter table care.circle_search
  add column sought care.encrypted,
  add constraint circle_search_unread check (child is null and person_id is null) not valid;
