import { type EntityManager, In } from "typeorm";
import type { Log } from "../../../plumbing/log.ts";
import { supportDayOf } from "../calendar/school-days.ts";
import { endDay } from "./day.ts";
import { DeliveryRow, SignalRow } from "./entities.ts";
import { raiseSignal, reportProgress } from "./inbox.ts";
import { pupilDigest } from "./pupil-number.ts";

/** A delivery that reaches the inbox. */
export interface Arrival {
  readonly deliveryId: string;
  readonly schoolId: string;
  /** The registry's number. */
  readonly pupilNumber: string;
  /** When the inbox shows it. */
  readonly appearsAt: Date;
}

/** Brings a delivery into the inbox: raises the pupil's signal, or refreshes the one that is open. */
export async function arrive(
  rows: EntityManager,
  { deliveryId, schoolId, pupilNumber, appearsAt }: Arrival,
  now: Date,
  log: Log,
): Promise<void> {
  await endOverdueDay(rows, pupilNumber, now, log);
  const supportOn = await supportDayOf(rows, schoolId, now, log);
  const signal = await raiseSignal(rows, { schoolId, pupilNumber, supportOn, now: appearsAt });
  await rows.save(DeliveryRow, { id: deliveryId, signalId: signal.id, withdrawn: false });
  // Somebody has already looked at this pupil's signal: the new report has been seen as well.
  if (signal.status === "SEEN") await reportProgress(rows, signal.id, "SEEN", now);
}

/** What was over before this came is ended first, however late its job is: else it would pass for having been seen. */
async function endOverdueDay(rows: EntityManager, pupilNumber: string, now: Date, log: Log): Promise<void> {
  const open = await lockOpenSignal(rows, pupilNumber);
  if (open !== null && open.erasesAt <= now) await endDay(rows, open, now, log);
}

export function lockOpenSignal(rows: EntityManager, pupilNumber: string): Promise<SignalRow | null> {
  return rows.findOne(SignalRow, {
    where: { pupilDigest: pupilDigest(rows, pupilNumber), status: In(["RAISED", "SEEN"]) },
    lock: { mode: "pessimistic_write" },
  });
}
