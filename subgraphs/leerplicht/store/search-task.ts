import { type EntityManager, IsNull } from "typeorm";
import { recordEvent } from "../../../plumbing/events.ts";
import type { CircleReason } from "../decisions/circle-school.ts";
import { CircleSearchRow } from "./circle-entities.ts";
import { RoutingTaskRow } from "./entities.ts";
import { closeTask } from "./tasks.ts";

/**
 * Gives a search to an officer, once: a task that is open already stays, and tells the reason of now; one that an officer
 * has ended does not come back for as long as the registry says the same.
 */
export async function openSearchTask(
  rows: EntityManager,
  { id: circleSearchId, organisation, namedSchool, leftAlone }: CircleSearchRow,
  reason: CircleReason,
  now: Date,
): Promise<void> {
  if (leftAlone) return;
  const open = await rows.findOneBy(RoutingTaskRow, { circleSearchId, closedAt: IsNull() });
  if (open?.reason === reason) return;
  const id = open?.id ?? crypto.randomUUID();
  if (open === null) {
    const task = { id, circleSearchId, organisation, reason, schoolId: namedSchool, openedAt: now };
    await rows.insert(RoutingTaskRow, task);
  } else await rows.update(RoutingTaskRow, { id }, { reason });
  recordEvent(rows, { stream: organisation, kind: "OPENED", subject: id });
}

/** An officer ends the task of a search without a school: no other comes until the registry says something else. */
export async function leaveAlone(rows: EntityManager, { id }: CircleSearchRow): Promise<void> {
  await rows.update(CircleSearchRow, { id }, { leftAlone: true });
}

/** Ends the officer's task of a search, where there is one. */
export async function closeSearchTask(
  rows: EntityManager,
  circleSearchId: string,
  outcome: "ROUTED" | "WITHDRAWN",
  now: Date,
): Promise<void> {
  const task = await rows.findOneBy(RoutingTaskRow, { circleSearchId, closedAt: IsNull() });
  if (task !== null) await closeTask(rows, task, outcome, now);
}
