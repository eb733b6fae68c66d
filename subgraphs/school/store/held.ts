import type { EntityManager } from "typeorm";
import { postpone, schedule } from "../../../plumbing/jobs.ts";
import { send } from "../../../plumbing/outbox.ts";
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

type Appearance = Pick<HeldDeliveryRow, "id" | "appearsAt" | "pupilDigest">;

/** All that came in a night appears at once in the morning: in an order that does not tell which came first. */
export function scheduleAppearance(rows: EntityManager, { id, appearsAt, pupilDigest }: Appearance): Promise<void> {
  return schedule(rows, "appear", { id }, appearsAt, `appear:${id}`, null, pupilDigest);
}

/** Has a held delivery appear at another time, and tells the router, whose timers go by it. */
export async function moveAppearance(
  rows: EntityManager,
  held: HeldDeliveryRow,
  appearsAt: Date,
  firstBells: readonly Date[],
): Promise<void> {
  const moves = held.moves + 1;
  await rows.update(HeldDeliveryRow, { id: held.id }, { appearsAt, moves });
  await scheduleAppearance(rows, { ...held, appearsAt });
  await send(rows, "reportAppearance", { id: held.id, appearsAt, firstBells, revision: moves });
}

/** Puts off an appearance whose job came before its time. */
export function postponeAppearance(rows: EntityManager, { id, appearsAt, pupilDigest }: Appearance): Promise<void> {
  return postpone(rows, "appear", { id }, appearsAt, `appear:${id}`, pupilDigest);
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
