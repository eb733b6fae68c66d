import { mailQueueOf } from "../../../plumbing/mail-task.ts";
import type { Timers } from "../../../plumbing/sweep.ts";

/** What waits here for its time. Each row has a job, under the key and with the payload that are said here. */
export const shelterTimers: Timers = {
  endConsent: `
    select 'consent:' || id as key, json_build_object('id', id) as payload, valid_until as due
    from care.consent where ended_at is null`,
  eraseGuidance: `
    select 'erase:' || id as key, json_build_object('id', id) as payload, erases_at as due
    from care.guidance where erases_at is not null`,
  remindOfTalk: `
    select 'talk:' || id as key, json_build_object('id', id) as payload, reminds_at as due
    from care.conversation where reminds_at is not null`,
  mailSupporter: `
    select 'mailSupporter:' || id as key, json_build_object('id', id) as payload, mails_at as due,
      ${mailQueueOf("id")} as queue
    from care.conversation where mails_at is not null`,
};
