import type { EntityManager } from "typeorm";
import { send } from "../../../plumbing/outbox.ts";
import { namedBy } from "../decisions/consent.ts";
import { type DescribedChild, describeChild } from "../registry/families.ts";
import { CircleRow, type ConsentRow, GuidedChildRow } from "./entities.ts";

/** Has Leerplicht look for a child's school, as the system. */
export async function beginSearch(
  rows: EntityManager,
  { childId, organisation, namedSchool }: Pick<CircleRow, "childId" | "organisation" | "namedSchool">,
  child: DescribedChild,
): Promise<void> {
  const id = crypto.randomUUID();
  await rows.insert(CircleRow, { id, childId, organisation, namedSchool, turn: 0 });
  await send(rows, "findSchool", { id, child, schoolId: namedSchool });
}

/** Nobody looks for the school any more, and who had the child forgets it. */
export async function endSearch(rows: EntityManager, { id }: CircleRow): Promise<void> {
  await rows.delete(CircleRow, { id });
  await send(rows, "endSearch", { id });
}

/**
 * No school is in, or none any more. Where the consents that hold mean another than was asked for, it is asked anew: a
 * school that none of them means is not to be told, and one that they mean was perhaps passed over.
 */
export async function leaveSchool(
  rows: EntityManager,
  circle: CircleRow,
  holding: readonly ConsentRow[],
): Promise<void> {
  const { id, childId, organisation } = circle;
  const namedSchool = namedBy(holding);
  const { registryKey } = await rows.findOneByOrFail(GuidedChildRow, { id: childId });
  const child = namedSchool === circle.namedSchool ? undefined : await describeChild(rows, registryKey);
  if (child === undefined) {
    await rows.update(CircleRow, { id }, { schoolId: null, circleKey: null, since: null });
    return;
  }
  await endSearch(rows, circle);
  await beginSearch(rows, { childId, organisation, namedSchool }, child);
}
