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
    select 'remind:first:' || id as key, json_build_object('id', id, 'whom', 'first', 'at', raised_at) as payload,
      raised_at as due
    from care.signal where status = 'RAISED' and not practice`,
};
