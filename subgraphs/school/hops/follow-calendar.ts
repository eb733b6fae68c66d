import type { Task } from "graphile-worker";
import { type EntityManager, In, MoreThan } from "typeorm";
import type { Clock } from "../../../plumbing/clock.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { defaultRegion, type SchoolCalendar } from "../../../plumbing/school-days/school-calendar.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { readCalendar, readContactHours, takeCalendarTurn } from "../calendar/school-days.ts";
import { opensAt } from "../decisions/opening.ts";
import { erasureTime, movedSupportDay } from "../decisions/support-day.ts";
import { toldBells } from "../decisions/told-bells.ts";
import { lookForGapsSoon } from "../store/contact-gaps.ts";
import { HeldDeliveryRow, SignalRow } from "../store/entities.ts";
import { moveAppearance } from "../store/held.ts";
import { scheduleErasure } from "../store/inbox.ts";
import { reportLaterEnd } from "../store/progress-reports.ts";
import { tell } from "../store/tell.ts";

/** Whose days or hours have changed: a school's, or those of all schools of a region. */
interface Changed {
  readonly schoolId?: string;
  readonly region?: string;
}

/**
 * Days or hours have changed: open signals, held deliveries and the days on which nobody can be reached follow them,
 * whoever changed them and how. Each school has a job of its own.
 */
export function followCalendarTask({ database, clock }: Pick<Room, "database" | "clock">): Task {
  return (payload) => {
    const { schoolId, region = null } = payload as Changed;
    return database.transaction(systemClaims, async (rows) => {
      if (schoolId === undefined) await rows.query(followAtEachSchool, [region, defaultRegion]);
      else await followAt(rows, schoolId, clock);
    });
  };
}

const followAtEachSchool = `
  select graphile_worker.add_job(
    'followCalendar', json_build_object('schoolId', school.id), job_key := 'followCalendar:' || school.id)
  from (
    select school_id as id from care.contact_person
    union select school_id from care.signal where status in ('RAISED', 'SEEN')
    union select school_id from care.held_delivery
  ) as school
  left join care.school_region own on own.school_id = school.id
  where $1::text is null or coalesce(own.region, $2) = $1`;

async function followAt(rows: EntityManager, schoolId: string, clock: Clock): Promise<void> {
  await lookForGapsSoon(rows, schoolId, clock.now());
  await takeCalendarTurn(rows, schoolId);
  // Only now: what was delivered while this waited for its turn came later than it was asked for.
  const now = clock.now();
  const calendar = await readCalendar(rows, schoolId);
  const moved = await moveSignals(rows, schoolId, calendar, now);
  await moveHeld(rows, schoolId, calendar, now);
  for (const signal of moved) tell(rows, { signal, kind: "CHANGED" });
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
    await moveAppearance(rows, one, appearsAt, toldBells(now, calendar));
  }
}
