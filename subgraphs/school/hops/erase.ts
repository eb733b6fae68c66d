import type { Task } from "graphile-worker";
import { systemClaims } from "../../../plumbing/database.ts";
import { recordEvent } from "../../../plumbing/events.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { supportDayOf } from "../calendar/school-days.ts";
import { atErasure } from "../decisions/status.ts";
import { erasureTime } from "../decisions/support-day.ts";
import { SignalRow } from "../store/entities.ts";
import { scheduleErasure, seal } from "../store/inbox.ts";

/** When a signal's day is over, its content goes. One that nobody has seen is due again instead. */
export function eraseTask({ database, clock, log }: Pick<Room, "database" | "clock" | "log">): Task {
  return async (payload) => {
    const { id } = payload as { id: string };
    await database.transaction(systemClaims, async (rows) => {
      const signal = await rows.findOne(SignalRow, { where: { id }, lock: { mode: "pessimistic_write" } });
      if (signal === null || signal.pupilId === null || signal.erasesAt > clock.now()) return;
      const outcome = atErasure(signal.status);
      if (outcome === "due again") {
        signal.supportOn = await supportDayOf(rows, signal.schoolId, clock.now(), log);
        signal.erasesAt = erasureTime(signal.supportOn);
        await scheduleErasure(rows, signal);
      } else {
        signal.status = outcome;
        signal.handedToNumber = null;
        seal(signal);
      }
      await rows.save(signal);
      const kind = outcome === "due again" ? "CHANGED" : "ERASED";
      await recordEvent(rows, { stream: signal.schoolId, kind, subject: id });
    });
  };
}
