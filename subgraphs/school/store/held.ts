import type { EntityManager } from "typeorm";
import { schedule } from "../../../plumbing/jobs.ts";
import { HeldDeliveryRow } from "./entities.ts";
import { reportDeliveries, type WhyReturned } from "./progress-reports.ts";
import { keepPupil } from "./pupil-number.ts";

/** Keeps a delivery until the inbox opens. */
export async function hold(
  rows: EntityManager,
  { pupilNumber, ...held }: Pick<HeldDeliveryRow, "id" | "schoolId" | "appearsAt"> & { readonly pupilNumber: string },
): Promise<void> {
  const row = { ...held, ...keepPupil(rows, "held_delivery", held.id, pupilNumber) };
  await rows.insert(HeldDeliveryRow, row);
  await scheduleAppearance(rows, row);
}

export function scheduleAppearance(
  rows: EntityManager,
  { id, appearsAt, pupilDigest }: Pick<HeldDeliveryRow, "id" | "appearsAt" | "pupilDigest">,
): Promise<void> {
  // All that came in a night appears at once in the morning: in an order that does not tell which came first.
  return schedule(rows, "appear", { id }, appearsAt, `appear:${id}`, null, pupilDigest);
}

/** Sends back what a school holds about a pupil. */
export async function returnHeld(
  rows: EntityManager,
  { schoolId, pupilDigest }: { readonly schoolId: string; readonly pupilDigest: string },
  reason: WhyReturned,
  at: Date,
): Promise<void> {
  const [held] = await rows.query<[{ id: string }[], number]>(
    "delete from care.held_delivery where pupil_digest = $1 returning id",
    [pupilDigest],
  );
  const ids = held.map(({ id }) => id);
  await reportDeliveries(rows, schoolId, ids, { progress: "RETURNED", at, reason }, at);
}
