import { mailQueueOf } from "../../../plumbing/mail-task.ts";
import type { Timers } from "../../../plumbing/sweep.ts";

/** What waits here for its time. Each row has a job, under the key and with the payload that are said here. */
export const schoolTimers: Timers = {
  appear: `
    select 'appear:' || id as key, json_build_object('id', id) as payload, appears_at as due from care.held_delivery`,
  erase: `
    select 'erase:' || id as key, json_build_object('id', id) as payload, erases_at as due
    from care.signal where pupil_id is not null`,
  // Of a signal that nobody has seen, the first contact is told on each school day.
  remind: `
    select 'remind:' || whom || ':' || id as key, json_build_object('id', id, 'whom', whom, 'at', at) as payload,
      at as due
    from care.signal cross join lateral (values ('first', raised_at), ('deputies', deputies_at)) as told (whom, at)
    where status = 'RAISED' and not practice and at is not null`,
  sendReminder: `
    select 'sendReminder:' || id as key, json_build_object('id', id) as payload, now() as due,
      ${mailQueueOf("id")} as queue
    from care.reminder where settled_at is null`,
  remindOfTalk: `
    select 'remindOfTalk:' || whom || ':' || id as key, json_build_object('id', id, 'whom', whom, 'at', at) as payload,
      at as due
    from care.talk_to_come
    cross join lateral (values ('first', first_at), ('deputies', deputies_at)) as told (whom, at)
    where at is not null`,
  mailTalkReminder: `
    select 'mailTalkReminder:' || id as key, json_build_object('id', id) as payload, now() as due,
      ${mailQueueOf("id")} as queue
    from care.talk_reminder where settled_at is null`,
  forgetTalk: `
    select 'forgetTalk:' || id as key, json_build_object('id', id, 'at', over) as payload, over as due
    from (
      select id, (day + 1)::timestamp at time zone 'Europe/Amsterdam' as over from care.talk_to_come where day is not null
    ) as talk`,
};
