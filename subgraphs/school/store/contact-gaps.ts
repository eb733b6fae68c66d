import { Temporal } from "temporal-polyfill";
import { type EntityManager, MoreThanOrEqual } from "typeorm";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import { schedule } from "../../../plumbing/jobs.ts";
import { send } from "../../../plumbing/outbox.ts";
import { isSchoolDay } from "../../../plumbing/school-days/school-calendar.ts";
import { readCalendar } from "../calendar/school-days.ts";
import { daysAhead } from "../decisions/reachable.ts";
import { ContactGapRow } from "./contact-entities.ts";
import { reachableContacts, takeContactTurn } from "./contact-persons.ts";
import { ContactPersonRow } from "./entities.ts";

/**
 * Looks for days ahead on which nobody of a school can be reached, and tells Leerplicht of those that it finds and of
 * those that are mended. Looked at again, it tells nothing new.
 */
export async function lookForGaps(rows: EntityManager, schoolId: string, now: Date): Promise<void> {
  await takeContactTurn(rows, schoolId);
  const calendar = await readCalendar(rows, schoolId);
  const reachableOn = await reachableContacts(rows, schoolId);
  const takesPart = await rows.existsBy(ContactPersonRow, { schoolId });
  const known = await rows.findBy(ContactGapRow, { schoolId, open: true, day: MoreThanOrEqual(dutchDay(now)) });
  const told = new Set(known.map(({ day }) => day));
  for (const day of new Set([...daysAhead(now, calendar), ...told])) {
    const wanted = takesPart && isSchoolDay(Temporal.PlainDate.from(day), calendar);
    const open = wanted && reachableOn(day).length === 0;
    if (open !== told.has(day)) await tell(rows, schoolId, day, open);
  }
}

/** Has one school looked at, by a job of its own. */
export function lookForGapsSoon(rows: EntityManager, schoolId: string, now: Date): Promise<void> {
  return schedule(rows, "lookForGaps", { schoolId }, now, `lookForGaps:${schoolId}`);
}

/** Has every school that takes part looked at, each by a job of its own. */
export async function lookAtAllSchools(rows: EntityManager): Promise<void> {
  await rows.query(`
    select graphile_worker.add_job(
      'lookForGaps', json_build_object('schoolId', school_id), job_key := 'lookForGaps:' || school_id)
    from (select distinct school_id from care.contact_person) as school`);
}

/** Tells Leerplicht what is news to it. */
async function tell(rows: EntityManager, schoolId: string, day: string, open: boolean): Promise<void> {
  const [news] = await rows.query<{ revision: number }[]>(
    `insert into care.contact_gap as gap (school_id, day, open, revision) values ($1, $2, $3, 1)
     on conflict (school_id, day) do update set open = excluded.open, revision = gap.revision + 1
     returning revision`,
    [schoolId, day, open],
  );
  if (news !== undefined) await send(rows, "reportContactGap", { schoolId, day, open, revision: news.revision });
}
