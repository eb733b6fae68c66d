import type { Retention } from "../../../plumbing/retention.ts";

/**
 * The events of a teacher's stream tell which teacher had a signal. They go a day after its content has: until then the
 * teacher's screen may be told that it is gone.
 */
export const schoolRetention: Retention = {
  "events of teachers": `
    delete from care.event where position in (
      select position from care.event join care.signal on signal.id = event.subject
      where event.stream like '%/%' and signal.pupil_id is null and event.recorded_at < care.now() - interval '1 day'
      limit $1
    )`,
};
