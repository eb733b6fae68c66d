-- Under which id, and for which day, a school was asked to remind its contact persons of a talk: so that it can be taken
-- back. Minted for that; null while nothing is asked.
alter table care.conversation
  add column reminder_id uuid,
  add column reminder_day date,
  add check ((reminder_id is null) = (reminder_day is null));
