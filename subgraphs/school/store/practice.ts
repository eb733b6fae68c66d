import { type EntityManager, In } from "typeorm";
import type { Log } from "../../../plumbing/log.ts";
import { supportDayOf, takeCalendarTurn } from "../calendar/school-days.ts";
import { openPractices } from "../decisions/practice.ts";
import { erasureTime } from "../decisions/support-day.ts";
import { SignalRow } from "./entities.ts";
import { scheduleErasure } from "./inbox.ts";
import { tell } from "./tell.ts";

/** Raises a signal to practise with; the newest open one is it, where a school has as many as it may. */
export async function raisePractice(rows: EntityManager, schoolId: string, now: Date, log: Log): Promise<SignalRow> {
  await takeCalendarTurn(rows, schoolId);
  const open = await rows.find(SignalRow, {
    where: { schoolId, practice: true, status: In(["RAISED", "SEEN"]) },
    order: { raisedAt: "DESC" },
  });
  const [newest] = open;
  if (newest !== undefined && open.length >= openPractices) return newest;
  const supportOn = await supportDayOf(rows, schoolId, now, log);
  const [raised] = await rows.query<{ id: string }[]>(
    `insert into care.signal (school_id, practice, support_on, status, raised_at, erases_at)
     values ($1, true, $2, 'RAISED', $3, $4) returning id`,
    [schoolId, supportOn, now, erasureTime(supportOn)],
  );
  const signal = await rows.findOneByOrFail(SignalRow, { id: raised?.id ?? "" });
  await scheduleErasure(rows, signal);
  tell(rows, { signal, kind: "RAISED" });
  return signal;
}
