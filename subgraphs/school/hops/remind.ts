import type { Task } from "graphile-worker";
import { LessThan } from "typeorm";
import { systemClaims } from "../../../plumbing/database.ts";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { opensAt } from "../decisions/opening.ts";
import { deputiesAt, nextReminderAt } from "../decisions/reminders.ts";
import type { SchoolSettings } from "../settings.ts";
import { ReminderRow } from "../store/contact-entities.ts";
import { SignalRow } from "../store/entities.ts";
import {
  endDeputiesReminding,
  openTimesOf,
  postponeReminding,
  type Reminding,
  remindOf,
  scheduleReminding,
  untoldContacts,
} from "../store/reminders.ts";

/**
 * Tells a school's contact persons, by mail, of a signal that nobody has looked at: the first contact who is there, then
 * the deputies who are, and so again on each later school day. Ends by itself once somebody has looked, or nobody needs to.
 */
export function remindTask({
  database,
  clock,
  settings,
}: Pick<Room<SchoolSettings>, "database" | "clock" | "settings">): Task {
  return async (payload) => {
    const reminding = payload as Reminding;
    const { id, whom, at } = reminding;
    await database.transaction(systemClaims, async (rows) => {
      const now = clock.now();
      if (now < new Date(at)) return postponeReminding(rows, reminding);
      const signal = await rows.findOneBy(SignalRow, { id });
      if (signal?.status !== "RAISED") {
        await rows.delete(ReminderRow, { signalId: id });
        await endDeputiesReminding(rows, id);
        return;
      }
      const { hours, calendar } = await openTimesOf(rows, signal.schoolId);
      const open = opensAt(now, hours, calendar);
      if (open > now) return scheduleReminding(rows, id, whom, open);

      const day = dutchDay(now);
      if (settings.mail !== undefined) {
        const untold = await untoldContacts(rows, signal, day);
        const anyoneTold = await rows.existsBy(ReminderRow, { signalId: id, day });
        // Only the first contact was told before the school closed: the deputies' turn has come, whichever job is first.
        const deputiesWait = (await rows.countBy(ReminderRow, { signalId: id, day: LessThan(day) })) === 1;
        const audience = whom === "deputies" || deputiesWait ? untold : anyoneTold ? [] : untold.slice(0, 1);
        for (const contact of audience) await remindOf(rows, id, contact, { day, now });
      }
      if (whom === "deputies") return endDeputiesReminding(rows, id);
      await rows.delete(ReminderRow, { signalId: id, day: LessThan(day) });
      // Whom somebody has in mind already is not put off, should this come a second time.
      if (signal.deputiesAt === null) {
        await scheduleReminding(rows, id, "deputies", deputiesAt(now, settings.deputyAfter, hours, calendar));
      }
      await scheduleReminding(rows, id, "first", nextReminderAt(now, hours, calendar));
    });
  };
}
