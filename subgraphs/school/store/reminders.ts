import { type EntityManager, IsNull, Not } from "typeorm";
import { postpone, schedule } from "../../../plumbing/jobs.ts";
import { mailQueue } from "../../../plumbing/mail-task.ts";
import type { SchoolCalendar } from "../../../plumbing/school-days/school-calendar.ts";
import { readCalendar, readContactHours } from "../calendar/school-days.ts";
import type { ContactHours } from "../decisions/opening.ts";
import { ReminderRow } from "./contact-entities.ts";
import { type ReachableContact, reachableContacts } from "./contact-persons.ts";
import { SignalRow } from "./entities.ts";

/** A job's payload: of which signal whom to tell, and when. */
export interface Reminding {
  readonly id: string;
  /** The first contact of those who are there, or all deputies who are. */
  readonly whom: "first" | "deputies";
  /** ISO 8601 */
  readonly at: string;
}

/** Has somebody told, at a moment, of a signal that nobody will have seen by then. */
export async function scheduleReminding(
  rows: EntityManager,
  id: string,
  whom: Reminding["whom"],
  at: Date,
): Promise<void> {
  if (whom === "deputies") await rows.update(SignalRow, { id }, { deputiesAt: at });
  await schedule(rows, "remind", { id, whom, at: at.toISOString() }, at, remindingKey(id, whom));
}

/** Puts off what came before its time. */
export function postponeReminding(rows: EntityManager, { id, whom, at }: Reminding): Promise<void> {
  return postpone(rows, "remind", { id, whom, at }, new Date(at), remindingKey(id, whom));
}

/** The deputies have been told, or need not be. */
export async function endDeputiesReminding(rows: EntityManager, id: string): Promise<void> {
  await rows.update(SignalRow, { id, deputiesAt: Not(IsNull()) }, { deputiesAt: null });
}

function remindingKey(id: string, whom: Reminding["whom"]): string {
  return `remind:${whom}:${id}`;
}

/** Has one person mailed about a signal, once a day. */
export async function remindOf(
  rows: EntityManager,
  signalId: string,
  { staffKey }: ReachableContact,
  { day, now }: { day: string; now: Date },
): Promise<void> {
  const [reminder] = await rows.query<{ id: string }[]>(
    `insert into care.reminder (signal_id, staff_key, day) values ($1, $2, $3)
     on conflict do nothing returning id`,
    [signalId, staffKey, day],
  );
  if (reminder === undefined) return;
  const { id } = reminder;
  await schedule(rows, "sendReminder", { id }, now, `sendReminder:${id}`, mailQueue(id));
}

/** Those who can be reached on a day, in their order, and have not been mailed about a signal that day. */
export async function untoldContacts(
  rows: EntityManager,
  { id, schoolId }: SignalRow,
  day: string,
): Promise<ReachableContact[]> {
  const told = await rows.findBy(ReminderRow, { signalId: id, day });
  const reachableOn = await reachableContacts(rows, schoolId);
  return reachableOn(day).filter(({ staffKey }) => !told.some((reminder) => reminder.staffKey === staffKey));
}

/** When a school's contact persons may be reached. */
export async function openTimesOf(
  rows: EntityManager,
  schoolId: string,
): Promise<{ hours: ContactHours; calendar: SchoolCalendar }> {
  return { hours: await readContactHours(rows, schoolId), calendar: await readCalendar(rows, schoolId) };
}
