import { Temporal } from "temporal-polyfill";
import type { EntityManager } from "typeorm";
import { dutchTime, dutchZone } from "../../../plumbing/dutch-time.ts";
import { schedule } from "../../../plumbing/jobs.ts";
import { send } from "../../../plumbing/outbox.ts";
import type { OnBehalfOf } from "../../../plumbing/processing-log.ts";
import { circleSchool } from "../decisions/circle-school.ts";
import { cancelAbsences } from "./absences.ts";
import { CircleSearchRow } from "./circle-entities.ts";
import type { ChildRecord } from "./entities.ts";
import { recordProcessingOf } from "./processing.ts";
import { recordOf } from "./routing.ts";
import { closeSearchTask, openSearchTask } from "./search-task.ts";
import { encryptSought, personDigest, soughtChildOf } from "./sought-child.ts";
import { whereaboutsOf } from "./whereabouts.ts";

/**
 * Looks where the child goes to school today. The school that was in stays in, or goes out for the new one.
 * @param caller on whose behalf, as the processing log says.
 */
export async function lookForSchool(
  rows: EntityManager,
  search: CircleSearchRow,
  caller: OnBehalfOf,
  now: Date,
): Promise<void> {
  const { id } = search;
  const { child: described } = soughtChildOf(rows, "circle_search", search);
  recordProcessingOf(rows, caller, "circle.search", [{ object: id, child: described }]);
  const { child, schoolId: found, digest } = await whereaboutsOf(rows, described, now);
  search.sought = encryptSought(rows, "circle_search", id, { child: described, personId: child?.id ?? null });
  search.personDigest = child === null ? null : personDigest(rows, child.id);
  // What an officer decided holds for as long as the registry says what it said then.
  if (search.whereabouts !== null && search.whereabouts !== digest)
    Object.assign(search, { chosenSchool: null, leftAlone: false });
  search.whereabouts = digest;
  const { schoolId, reason } = circleSchool(search.chosenSchool ?? found, search.namedSchool);
  if (schoolId === null) {
    await leave(rows, search);
    await openSearchTask(rows, search, reason, now);
  } else if (schoolId !== search.schoolId) {
    await enter(rows, search, schoolId, child === null ? described : recordOf(child));
  }
  await rows.save(CircleSearchRow, search);
  await schedule(rows, "followEnrolment", { id }, nextMorning(now), `circle search:${id}`);
}

/** An officer has chosen the school, until the registry says something else. */
export async function chooseSchool(
  rows: EntityManager,
  search: CircleSearchRow,
  schoolId: string,
  child: ChildRecord | null,
): Promise<void> {
  search.chosenSchool = schoolId;
  await enter(rows, search, schoolId, child);
  await rows.save(CircleSearchRow, search);
}

/** Tells a school, under an id that is minted for it; the one that was in goes out. */
async function enter(
  rows: EntityManager,
  search: CircleSearchRow,
  schoolId: string,
  child: ChildRecord | null,
): Promise<void> {
  await leave(rows, search);
  search.schoolId = schoolId;
  search.circleId = crypto.randomUUID();
  await send(rows, "openCircle", { id: search.circleId, schoolId, child });
}

/** Takes the school that was in out of it, and tells the asking part that there is none. */
async function leave(rows: EntityManager, search: CircleSearchRow): Promise<void> {
  if (search.circleId === null) return;
  await send(rows, "closeCircle", { id: search.circleId });
  search.schoolId = null;
  search.circleId = null;
  search.turn += 1;
  await send(rows, "recordSchool", { id: search.id, turn: search.turn, found: null });
}

/** Nothing of the child is left here, nor at the school. */
export async function endSearch(rows: EntityManager, search: CircleSearchRow, now: Date): Promise<void> {
  if (search.circleId !== null) await send(rows, "closeCircle", { id: search.circleId });
  const nothing = {
    sought: null,
    personDigest: null,
    namedSchool: null,
    whereabouts: null,
    chosenSchool: null,
    schoolId: null,
    circleId: null,
  };
  await rows.save(CircleSearchRow, Object.assign(search, nothing, { endedAt: now }));
  await cancelAbsences(rows, search.id, now);
  await closeSearchTask(rows, search.id, "WITHDRAWN", now);
}

/** When enrolments are looked at again: soon after midnight, for a change of school is told by the day. */
function nextMorning(now: Date): Date {
  const tomorrow = dutchTime(now).toPlainDate().add({ days: 1 });
  const at = tomorrow.toZonedDateTime({ timeZone: dutchZone, plainTime: Temporal.PlainTime.from("00:05") });
  return new Date(at.epochMilliseconds);
}
