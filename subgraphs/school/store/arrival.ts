import { type EntityManager, In } from "typeorm";
import { takeTurn } from "../../../plumbing/database.ts";
import type { Log } from "../../../plumbing/log.ts";
import { supportDayOf } from "../calendar/school-days.ts";
import { endDay } from "./day.ts";
import { DeliveryRow, SignalRow } from "./entities.ts";
import { reportDeliveries } from "./progress-reports.ts";
import { pupilDigest } from "./pupil-number.ts";
import { raiseSignal } from "./raising.ts";
import { type News, tell } from "./tell.ts";

/** A delivery that reaches the inbox. */
export interface Arrival {
  readonly deliveryId: string;
  readonly schoolId: string;
  /** The registry's number. */
  readonly pupilNumber: string;
  /** When the inbox shows it. */
  readonly appearsAt: Date;
}

/** What happens to one delivery happens in turn: sent twice at once, or withdrawn meanwhile, it waits for itself. */
export function takeDeliveryTurn(rows: EntityManager, deliveryId: string): Promise<void> {
  return takeTurn(rows, `delivery:${deliveryId}`);
}

/** Brings a delivery into the inbox: raises the pupil's signal, or refreshes the one that is open. */
export async function arrive(
  rows: EntityManager,
  { deliveryId, schoolId, pupilNumber, appearsAt }: Arrival,
  now: Date,
  log: Log,
): Promise<void> {
  const ended = await endOverdueDay(rows, pupilNumber, now, log);
  const supportOn = await supportDayOf(rows, schoolId, now, log);
  const { signal, news } = await raiseSignal(rows, { schoolId, pupilNumber, supportOn, now: appearsAt });
  await rows.update(DeliveryRow, { id: deliveryId }, { signalId: signal.id });
  // Somebody has looked at this pupil's signal, and knows of support that day: the new report asks for nothing more.
  if (signal.status === "SEEN") {
    const report = { progress: "SEEN", at: now, returnableUntil: signal.erasesAt } as const;
    await reportDeliveries(rows, schoolId, [deliveryId], report, now);
  }
  for (const one of [ended, news]) if (one !== undefined) tell(rows, one);
}

/** What was over before this came is ended first, however late its job is: else it would pass for having been seen. */
async function endOverdueDay(rows: EntityManager, pupilNumber: string, now: Date, log: Log): Promise<News | undefined> {
  const open = await lockOpenSignal(rows, pupilNumber);
  return open !== null && open.erasesAt <= now ? endDay(rows, open, now, log) : undefined;
}

/**
 * Finds a pupil's open signal and keeps others from changing it. A signal is always taken before the processing log, which
 * is taken before the events: whoever reads a signal, or seals it, takes them in this order.
 */
export function lockOpenSignal(rows: EntityManager, pupilNumber: string): Promise<SignalRow | null> {
  return rows.findOne(SignalRow, {
    where: { pupilDigest: pupilDigest(rows, pupilNumber), status: In(["RAISED", "SEEN"]) },
    lock: { mode: "pessimistic_write" },
  });
}
