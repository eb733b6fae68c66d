import type { Timers } from "../../../plumbing/sweep.ts";

/** What waits here for its time. Each row has a job, under the key and with the payload that are said here. */
export const leerplichtTimers: Timers = {
  escalate: `
    select 'escalate:' || id as key, json_build_object('id', id) as payload, escalates_at as due
    from care.delivery where escalates_at is not null`,
  forgetChild: `
    select 'forget:' || id as key, json_build_object('id', id) as payload, forget_at as due
    from care.submission where forget_at is not null and sought is not null`,
  passOn: `
    select 'pass-on:' || id as key, json_build_object('id', id) as payload, act_by as due
    from care.release_task where closed_at is null`,
  followEnrolment: `
    select 'circle search:' || id as key, json_build_object('id', id) as payload, now() as due
    from care.circle_search where ended_at is null`,
};
