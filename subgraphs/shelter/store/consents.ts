import { type EntityManager, In, IsNull } from "typeorm";
import type { NewEvent } from "../../../plumbing/events.ts";
import { schedule } from "../../../plumbing/jobs.ts";
import { admits, type ConsentTerms, coverageOf, endOf, holds } from "../decisions/consent.ts";
import type { DescribedChild } from "../registry/families.ts";
import { type CircleChange, followCircles } from "./circle-changes.ts";
import { type CircleRow, ConsentRow, GuidedChildRow } from "./entities.ts";
import { beginSharing, endSharing } from "./parents.ts";
import { beginSearch, endSearch, leaveSchool } from "./school-search.ts";
import { guidanceChanged, viewsChanged } from "./telling.ts";

/** The consents for these children that have not ended, also those whose last day is over and whose job is late. */
export function openConsents(rows: EntityManager, childIds: readonly string[]): Promise<ConsentRow[]> {
  return rows.findBy(ConsentRow, { childId: In([...childIds]), endedAt: IsNull() });
}

/**
 * Ends consents, as the system, whose circles are taken. A circle stands on while another parent's consent holds; else it
 * is no more, and the parts that help to keep it are told to forget.
 * @returns whom to tell of what, last in the transaction.
 */
export async function endConsents(
  rows: EntityManager,
  circles: readonly CircleRow[],
  ending: readonly ConsentRow[],
  { now, withdrawn }: { readonly now: Date; readonly withdrawn: boolean },
): Promise<NewEvent[]> {
  const childIds = circles.map(({ childId }) => childId);
  const open = Map.groupBy(await openConsents(rows, childIds), ({ childId }) => childId);
  const ended = new Set(ending.map(({ id }) => id));
  for (const consent of ending) await end(rows, consent, { now, withdrawn });
  const changes: CircleChange[] = [];
  for (const circle of circles) {
    const before = open.get(circle.childId) ?? [];
    const left = before.filter(({ id }) => !ended.has(id));
    changes.push(...(await settle(rows, circle, { before, left }, now)));
  }
  return [...(await followCircles(rows, changes, now)), ...(await consentEvents(rows, ending))];
}

/** The consent is over, and with it what it has led to; at its last day's end where that was sooner. */
async function end(
  rows: EntityManager,
  consent: ConsentRow,
  { now, withdrawn }: { readonly now: Date; readonly withdrawn: boolean },
): Promise<void> {
  const endedAt = endOf(consent, now);
  await rows.update(ConsentRow, { id: consent.id }, { endedAt, withdrawn });
  await endSharing(rows, [consent.id], endedAt);
}

/** Lets a circle be what the consents that are left make of it. */
async function settle(
  rows: EntityManager,
  circle: CircleRow,
  { before, left }: { readonly before: readonly ConsentRow[]; readonly left: readonly ConsentRow[] },
  now: Date,
): Promise<CircleChange[]> {
  const { id, childId, schoolId } = circle;
  const holding = left.filter((consent) => holds(consent, now));
  if (holding.length === 0) {
    for (const consent of left) await end(rows, consent, { now, withdrawn: false });
    await endSearch(rows, circle);
  }
  const stays = schoolId !== null && holding.some((consent) => admits(consent, schoolId));
  if (holding.length > 0 && !stays) await leaveSchool(rows, circle, holding);
  if (schoolId === null) return [];
  const covered = coverageOf(before, schoolId);
  const covers = coverageOf(holding, schoolId);
  if (stays && covers.join() === covered.join()) return [];
  return [{ circleId: id, childId, schoolId, covers: [...covered, ...covers], isOver: !stays }];
}

/** A consent as a parent gives it now. */
export interface GivenConsent extends ConsentTerms {
  readonly id: string;
  readonly childId: string;
  readonly organisation: string;
}

/**
 * A parent gives a consent, as the system; the same parent's earlier one makes room, and no other's.
 * @param circle of the child, taken; undefined where there is none yet.
 * @returns whom to tell of what, last in the transaction.
 */
export async function giveConsent(
  rows: EntityManager,
  circle: CircleRow | undefined,
  given: GivenConsent,
  child: DescribedChild,
  now: Date,
): Promise<NewEvent[]> {
  const { id, childId, organisation, givenBy, validUntil } = given;
  const before = await openConsents(rows, [childId]);
  const earlier = before.find((one) => one.givenBy === givenBy);
  if (earlier !== undefined) await end(rows, earlier, { now, withdrawn: false });
  const consent = rows.create(ConsentRow, { ...given, covers: [...given.covers], givenAt: now, withdrawn: false });
  await rows.insert(ConsentRow, consent);
  await schedule(rows, "endConsent", { id }, validUntil, `consent:${id}`);
  const changes: CircleChange[] = [];
  if (circle === undefined) await beginSearch(rows, { childId, organisation, namedSchool: consent.schoolId }, child);
  else {
    const left = [...before.filter((one) => one !== earlier), consent];
    changes.push(...(await settle(rows, circle, { before, left }, now)));
    const { schoolId } = circle;
    if (schoolId !== null && admits(consent, schoolId)) await beginSharing(rows, id, { id: circle.id, schoolId }, now);
  }
  return [...(await followCircles(rows, changes, now)), ...(await consentEvents(rows, [consent]))];
}

/** The families whose consents these are, and the parents whose they are, look again. */
async function consentEvents(rows: EntityManager, consents: readonly ConsentRow[]): Promise<NewEvent[]> {
  const children = await rows.findBy(GuidedChildRow, { id: In(consents.map(({ childId }) => childId)) });
  const guidanceOf = new Map(children.map(({ id, guidanceId }) => [id, guidanceId]));
  return consents.flatMap(({ childId, organisation, givenBy }) => {
    const id = guidanceOf.get(childId);
    return id === undefined ? [] : [guidanceChanged({ id, organisation }), ...viewsChanged(id, [givenBy])];
  });
}
