import { type EntityManager, In } from "typeorm";
import { send } from "../../../plumbing/outbox.ts";
import { readCalendar } from "../calendar/school-days.ts";
import { toldBells } from "../decisions/told-bells.ts";
import type { ReturnReason } from "../schema/inputs.ts";
import { DeliveryRow, type SignalRow } from "./entities.ts";

/** Why something goes back to the router; null where it is not for want of the pupil. */
export type WhyReturned = `${ReturnReason}` | null;

/** What the router is told of deliveries. */
export type ProgressReport =
  | { readonly progress: "SEEN"; readonly at: Date; readonly returnableUntil: Date }
  | { readonly progress: "SUPPORTED"; readonly at: Date }
  | { readonly progress: "RETURNED"; readonly at: Date; readonly reason: WhyReturned };

/**
 * Tells the router how far deliveries to a school are. It may hear of it before it knows that they came, so it is told the
 * school's first bells each time.
 */
export async function reportDeliveries(
  rows: EntityManager,
  schoolId: string,
  ids: readonly string[],
  report: ProgressReport,
  now: Date,
): Promise<void> {
  if (ids.length === 0) return;
  const firstBells = toldBells(now, await readCalendar(rows, schoolId));
  for (const id of ids) await send(rows, "reportProgress", { id, ...report, firstBells });
  if (report.progress === "SEEN") await rows.update(DeliveryRow, { id: In([...ids]) }, { seen: true });
}

/** Tells the router how far a signal is, once for each delivery that it came from. */
export async function reportSignal(
  rows: EntityManager,
  { id: signalId, schoolId }: SignalRow,
  report: ProgressReport,
): Promise<void> {
  const deliveries = await rows.findBy(DeliveryRow, { signalId, withdrawn: false });
  await reportDeliveries(rows, schoolId, idsOf(deliveries), report, report.at);
}

/** The day of a signal has moved: what the router was told of as seen may come back until then. */
export async function reportLaterEnd(
  rows: EntityManager,
  { id: signalId, schoolId, seenAt, erasesAt }: SignalRow,
  now: Date,
): Promise<void> {
  if (seenAt === null) return;
  const seen = await rows.findBy(DeliveryRow, { signalId, withdrawn: false, seen: true });
  const report = { progress: "SEEN", at: seenAt, returnableUntil: erasesAt } as const;
  await reportDeliveries(rows, schoolId, idsOf(seen), report, now);
}

function idsOf(deliveries: readonly DeliveryRow[]): string[] {
  return deliveries.map(({ id }) => id);
}
