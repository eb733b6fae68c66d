import type { Task } from "graphile-worker";
import { systemClaims } from "../../../plumbing/database.ts";
import { postpone } from "../../../plumbing/jobs.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { takeCalendarTurn } from "../calendar/school-days.ts";
import { endDay } from "../store/day.ts";
import { SignalRow } from "../store/entities.ts";
import { lockSignal } from "../store/inbox.ts";
import { tell } from "../store/tell.ts";

/** When a signal's day is over, its content goes. One that nobody has seen is due again instead. */
export function eraseTask({ database, clock, log }: Pick<Room, "database" | "clock" | "log">): Task {
  return async (payload) => {
    const { id } = payload as { id: string };
    await database.transaction(systemClaims, async (rows) => {
      const known = await rows.findOneBy(SignalRow, { id });
      if (known === null) return;
      await takeCalendarTurn(rows, known.schoolId);
      const signal = await lockSignal(rows, id);
      if (signal === null || signal.pupilId === null) return;
      if (signal.erasesAt > clock.now()) return postpone(rows, "erase", { id }, signal.erasesAt, `erase:${id}`);
      tell(rows, await endDay(rows, signal, clock.now(), log));
    });
  };
}
