import type { EntityManager } from "typeorm";
import type { Log } from "../../../plumbing/log.ts";
import { supportDayOf } from "../calendar/school-days.ts";
import { atErasure } from "../decisions/status.ts";
import { erasureTime } from "../decisions/support-day.ts";
import type { SignalRow } from "./entities.ts";
import { scheduleErasure, seal } from "./inbox.ts";
import { reportLaterEnd } from "./progress-reports.ts";
import type { News } from "./tell.ts";

/**
 * Ends the day of a signal: its content goes. One that nobody has seen is due again instead.
 * @returns what is to be told of it, last.
 */
export async function endDay(rows: EntityManager, signal: SignalRow, now: Date, log: Log): Promise<News> {
  const { id, schoolId, handedToKey } = signal;
  const outcome = atErasure(signal.status, signal.practice);
  if (outcome === "due again") {
    signal.supportOn = await supportDayOf(rows, schoolId, now, log);
    signal.erasesAt = erasureTime(signal.supportOn);
    await scheduleErasure(rows, signal);
    await reportLaterEnd(rows, signal, now);
  } else {
    signal.status = outcome;
    seal(signal);
  }
  await rows.save(signal);
  return { signal: { id, schoolId, handedToKey }, kind: outcome === "due again" ? "CHANGED" : "ERASED" };
}
