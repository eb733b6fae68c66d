import type { EntityManager } from "typeorm";
import type { NewEvent } from "../../../plumbing/events.ts";
import { admits, coverageOf, holds } from "../decisions/consent.ts";
import { followCircles } from "./circle-changes.ts";
import { openConsents } from "./consents.ts";
import { CircleRow, GuidedChildRow } from "./entities.ts";
import { beginSharing, endSharing } from "./parents.ts";
import { leaveSchool } from "./school-search.ts";
import { viewsChanged } from "./telling.ts";

/** Leerplicht's latest news of where a child goes to school. */
export interface SchoolNews {
  readonly turn: number;
  /** Null where the child has no school at the moment. */
  readonly found: { readonly schoolId: string; readonly circleKey: string } | null;
}

/**
 * Lets the school that is found in, and the one before it out, as the system; the circle is taken, and changed to what it
 * is now. Where no consent that holds is for the school, nothing of it is kept: where else the child goes is not for the
 * shelter to know.
 * @returns whom to tell of what, last in the transaction.
 */
export async function enterSchool(
  rows: EntityManager,
  circle: CircleRow,
  { turn, found }: SchoolNews,
  now: Date,
): Promise<NewEvent[]> {
  const { id, childId, schoolId: out } = circle;
  const open = await openConsents(rows, [childId]);
  const holding = open.filter((consent) => holds(consent, now));
  const admitting = holding.filter((consent) => found !== null && admits(consent, found.schoolId));
  const school = admitting.length > 0 ? found : null;
  const { schoolId, circleKey } = school ?? { schoolId: null, circleKey: null };
  const since = schoolId === null ? null : schoolId === out ? circle.since : now;
  await rows.save(CircleRow, Object.assign(circle, { turn, schoolId, circleKey, since }));
  if (schoolId === null && holding.length > 0) await leaveSchool(rows, circle, holding);
  if (schoolId === out) return [];
  await endSharing(
    rows,
    open.map((consent) => consent.id),
    now,
  );
  if (schoolId !== null) for (const consent of admitting) await beginSharing(rows, consent.id, { id, schoolId }, now);
  const change = { circleId: id, childId, isOver: true };
  const left = out === null ? [] : [{ ...change, schoolId: out, covers: coverageOf(open, out) }];
  const events = await followCircles(rows, left, now);
  if (schoolId !== null) events.push({ stream: schoolId, kind: "OPENED", subject: id });
  const { guidanceId } = await rows.findOneByOrFail(GuidedChildRow, { id: childId });
  const concerned = open.filter((consent) => [out, schoolId].some((one) => one !== null && admits(consent, one)));
  return [
    ...events,
    ...viewsChanged(
      guidanceId,
      concerned.map(({ givenBy }) => givenBy),
    ),
  ];
}
