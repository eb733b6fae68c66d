import type { Task } from "graphile-worker";
import { type EntityManager, In, MoreThan } from "typeorm";
import { systemClaims } from "../../../plumbing/database.ts";
import type { SchoolCalendar } from "../../../plumbing/school-days/school-calendar.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { readCalendar, readContactHours, takeCalendarTurn } from "../calendar/school-days.ts";
import { opensAt } from "../decisions/opening.ts";
import { erasureTime, movedSupportDay } from "../decisions/support-day.ts";
import { lookAtAllSchools } from "../store/contact-gaps.ts";
import { HeldDeliveryRow, SignalRow } from "../store/entities.ts";
import { scheduleAppearance } from "../store/held.ts";
import { scheduleErasure } from "../store/inbox.ts";
import { reportLaterEnd } from "../store/progress-reports.ts";
import { tell } from "../store/tell.ts";

/**
 * Days or hours have changed: open signals, held deliveries and the days on which nobody can be reached follow them,
 * whoever changed them and how.
 */
export function followCalendarTask({ database, clock }: Pick<Room, "database" | "clock">): Task {
  return async () => {
    const schools = await database.transaction(systemClaims, (rows) =>
      rows.query<{ id: string }[]>(
        `select school_id as id from care.signal where status in ('RAISED', 'SEEN')
         union select school_id from care.held_delivery`,
      ),
    );
    await database.transaction(systemClaims, lookAtAllSchools);
    for (const { id } of schools) {
      await database.transaction(systemClaims, async (rows) => {
        await takeCalendarTurn(rows, id);
        const calendar = await readCalendar(rows, id);
        const moved = await moveSignals(rows, id, calendar, clock.now());
        await moveHeld(rows, id, calendar, clock.now());
        for (const signal of moved) await tell(rows, { signal, kind: "CHANGED" });
      });
    }
  };
}

async function moveSignals(rows: EntityManager, schoolId: string, calendar: SchoolCalendar, now: Date) {
  const open = await rows.find(SignalRow, {
    where: { schoolId, status: In(["RAISED", "SEEN"]), erasesAt: MoreThan(now) },
    order: { id: "ASC" },
    lock: { mode: "pessimistic_write" },
  });
  const moved: SignalRow[] = [];
  for (const signal of open) {
    const { supportOn, status } = signal;
    const day = movedSupportDay({ supportOn, seen: status === "SEEN" }, now, calendar);
    if (day === supportOn) continue;
    moved.push(Object.assign(signal, { supportOn: day, erasesAt: erasureTime(day) }));
    await scheduleErasure(rows, signal);
    await reportLaterEnd(rows, signal, now);
  }
  return rows.save(moved);
}

async function moveHeld(rows: EntityManager, schoolId: string, calendar: SchoolCalendar, now: Date): Promise<void> {
  // What should be there by now is left to its job, which is late.
  const held = await rows.find(HeldDeliveryRow, {
    where: { schoolId, appearsAt: MoreThan(now) },
    order: { id: "ASC" },
    lock: { mode: "pessimistic_write" },
  });
  const appearsAt = opensAt(now, await readContactHours(rows, schoolId), calendar);
  for (const one of held) {
    if (one.appearsAt.getTime() === appearsAt.getTime()) continue;
    await rows.update(HeldDeliveryRow, { id: one.id }, { appearsAt });
    await scheduleAppearance(rows, { ...one, appearsAt });
  }
}
