import type { EntityManager } from "typeorm";
import type { Clock } from "../../../plumbing/clock.ts";
import { actAsSystem } from "../../../plumbing/database.ts";
import { recordEvent } from "../../../plumbing/events.ts";
import { schedule } from "../../../plumbing/jobs.ts";
import { send } from "../../../plumbing/outbox.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import { afterGesture, type Gesture, namesPupil } from "../decisions/status.ts";
import { erasureTime } from "../decisions/support-day.ts";
import { DeliveryRow, SignalRow } from "./entities.ts";
import { scheduleReminding } from "./reminders.ts";

/** A signal that somebody made a gesture with, or why not. */
export type Handled = { signal: SignalRow } | { refused: "not found" | "closed" };

/**
 * Makes a gesture with a signal: moves it on, tells the subscribers and, by way of the outbox, the
 * router. Made again, it changes nothing. Row-level security decides whether the caller finds it.
 */
export async function makeGesture(
  rows: EntityManager,
  clock: Clock,
  signalId: string,
  gesture: Gesture,
  handedToNumber?: string,
): Promise<Handled> {
  if (!isUuid(signalId)) return { refused: "not found" };
  const signal = await rows.findOne(SignalRow, { where: { id: signalId }, lock: { mode: "pessimistic_write" } });
  if (signal === null) return { refused: "not found" };
  const status = afterGesture(signal.status, gesture);
  if (status === "closed") return { refused: "closed" };
  const moved = status !== signal.status;
  if (!moved && (handedToNumber === undefined || handedToNumber === signal.handedToNumber)) return { signal };

  const now = clock.now();
  signal.status = status;
  if (status === "SEEN" || status === "SUPPORTED") signal.seenAt ??= now;
  if (status === "SUPPORTED") signal.supportedAt ??= now;
  if (handedToNumber !== undefined) signal.handedToNumber = handedToNumber;
  if (!namesPupil(status)) seal(signal);
  await rows.save(signal);
  await actAsSystem(rows);
  if (moved && (status === "SEEN" || status === "SUPPORTED" || status === "RETURNED")) {
    await reportProgress(rows, signal.id, status, now);
  }
  await recordEvent(rows, { stream: signal.schoolId, kind: "CHANGED", subject: signal.id });
  return { signal };
}

/** Takes the pupil out of a signal, so that nobody at the school finds out who it was about. */
export function seal(signal: SignalRow): void {
  signal.pupilId = null;
  signal.pupilNumber = null;
}

/** A pupil's signal, raised or refreshed. A second report while it is open does not stack. */
export async function raiseSignal(
  rows: EntityManager,
  { schoolId, pupilNumber, supportOn, now }: { schoolId: string; pupilNumber: string; supportOn: string; now: Date },
): Promise<SignalRow> {
  const erasesAt = erasureTime(supportOn);
  const [raised] = await rows.query<{ id: string; created: boolean; due_anew: boolean }[]>(
    `with before as (
       select id, support_on from care.signal where pupil_number = $2 and status in ('RAISED', 'SEEN')
     )
     insert into care.signal as signal (school_id, pupil_number, support_on, status, raised_at, erases_at)
     values ($1, $2, $3, 'RAISED', $4, $5)
     on conflict (pupil_number) where status in ('RAISED', 'SEEN') do update
       set support_on = greatest(signal.support_on, excluded.support_on),
           erases_at = greatest(signal.erases_at, excluded.erases_at)
     returning id, xmax = 0 as created,
       support_on is distinct from (select before.support_on from before) as due_anew`,
    [schoolId, pupilNumber, supportOn, now, erasesAt],
  );
  if (raised === undefined) throw new Error("An upsert returned no row");
  const signal = await rows.findOneByOrFail(SignalRow, { id: raised.id });
  await scheduleErasure(rows, signal);
  // Mails go by signal and never by report: they would count the reports.
  if (raised.created) await scheduleReminding(rows, raised.id, "first", now);
  // A report that changes nothing for the school is not told: its events would count the reports.
  if (raised.created || raised.due_anew) {
    await recordEvent(rows, { stream: schoolId, kind: raised.created ? "RAISED" : "CHANGED", subject: raised.id });
  }
  return signal;
}

/** Tells the router how far the signal is, once for each delivery that it came from. */
export async function reportProgress(
  rows: EntityManager,
  signalId: string,
  progress: "SEEN" | "SUPPORTED" | "RETURNED",
  at: Date,
): Promise<void> {
  for (const { id } of await rows.findBy(DeliveryRow, { signalId, withdrawn: false })) {
    await send(rows, "reportProgress", { id, progress, at });
  }
}

export function scheduleErasure(rows: EntityManager, signal: SignalRow): Promise<void> {
  return schedule(rows, "erase", { id: signal.id }, signal.erasesAt, `erase:${signal.id}`);
}
