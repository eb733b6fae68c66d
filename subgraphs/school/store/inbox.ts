import { randomUUID } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { Claims } from "../../../plumbing/claims.ts";
import type { Clock } from "../../../plumbing/clock.ts";
import { actAsSystem } from "../../../plumbing/database.ts";
import { recordEvent } from "../../../plumbing/events.ts";
import { schedule } from "../../../plumbing/jobs.ts";
import { send } from "../../../plumbing/outbox.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import { afterGesture, type Gesture, namesPupil, teachersGesture } from "../decisions/status.ts";
import { erasureAfterSupport, erasureTime } from "../decisions/support-day.ts";
import { DeliveryRow, SignalRow } from "./entities.ts";
import { returnHeld } from "./held.ts";
import { keepPupil } from "./pupil-number.ts";
import { recordReaders } from "./pupil-reads.ts";
import { scheduleReminding } from "./reminders.ts";
import { teacherStream, tell } from "./tell.ts";

/** A signal that somebody made a gesture with, or why not. */
export type Handled = { signal: SignalRow } | { refused: "not found" | "closed" };

/** Who makes a gesture, and by which clock. */
export interface Maker {
  readonly claims: Claims;
  readonly clock: Clock;
}

/** Whom a signal is handed over to: by the registry's number, and by the key in the school's own exports. */
export interface Teacher {
  readonly number: string;
  readonly key: string;
}

/**
 * Makes a gesture with a signal: moves it on, tells the subscribers and, by way of the outbox, the
 * router. Made again, it changes nothing. Row-level security decides whether the caller finds it.
 */
export async function makeGesture(
  rows: EntityManager,
  { claims, clock }: Maker,
  signalId: string,
  gesture: Gesture,
  teacher?: Teacher,
): Promise<Handled> {
  if (!isUuid(signalId)) return { refused: "not found" };
  if (claims.role !== undefined && gesture !== teachersGesture) return { refused: "not found" };
  const signal = await lockSignal(rows, signalId);
  if (signal === null) return { refused: "not found" };
  const status = afterGesture(signal.status, gesture);
  if (status === "closed") return { refused: "closed" };
  const moved = status !== signal.status;
  if (!moved && (teacher === undefined || teacher.number === signal.handedToNumber)) return { signal };

  const now = clock.now();
  const { handedToKey, pupilDigest } = signal;
  signal.status = status;
  if (status === "SEEN" || status === "SUPPORTED") signal.seenAt ??= now;
  if (status === "SUPPORTED") {
    signal.supportedAt = now;
    signal.erasesAt = erasureAfterSupport(now, signal.erasesAt);
    await scheduleErasure(rows, signal);
  }
  if (teacher !== undefined) {
    signal.handedToNumber = teacher.number;
    signal.handedToKey = teacher.key;
  }
  if (!namesPupil(status)) seal(signal);
  await rows.save(signal);
  await actAsSystem(rows);
  if (moved && (status === "SEEN" || status === "SUPPORTED" || status === "RETURNED")) {
    await reportProgress(rows, signal.id, status, now);
  }
  // Another report about the same pupil, which has not appeared yet, came to the wrong door as well.
  if (status === "RETURNED" && pupilDigest !== null) await returnHeld(rows, pupilDigest, now);
  if (!namesPupil(status)) {
    await recordReaders(rows, signal.id, status === "RETURNED" ? "signal.return" : "signal.withdraw");
  }
  if (teacher === undefined) await tell(rows, { ...signal, handedToKey }, "CHANGED");
  else await tellOfHandOver(rows, signal, teacher, handedToKey);
  return { signal };
}

async function tellOfHandOver(
  rows: EntityManager,
  { id, schoolId }: SignalRow,
  { key }: Teacher,
  before: string | null,
): Promise<void> {
  await recordEvent(rows, { stream: schoolId, kind: "CHANGED", subject: id });
  if (before !== null)
    await recordEvent(rows, { stream: teacherStream(schoolId, before), kind: "ERASED", subject: id });
  await recordEvent(rows, { stream: teacherStream(schoolId, key), kind: "RAISED", subject: id });
}

/** Finds a signal and keeps others from changing it until the transaction ends. */
export function lockSignal(rows: EntityManager, id: string): Promise<SignalRow | null> {
  return rows.findOne(SignalRow, { where: { id }, lock: { mode: "pessimistic_write" } });
}

/** Takes the pupil out of a signal, so that nobody at the school finds out who it was about; the teacher would tell. */
export function seal(signal: SignalRow): void {
  signal.pupilId = null;
  signal.pupil = null;
  signal.pupilDigest = null;
  signal.handedToNumber = null;
  signal.handedToKey = null;
}

/** A pupil's signal, raised or refreshed. A second report while it is open does not stack. */
export async function raiseSignal(
  rows: EntityManager,
  { schoolId, pupilNumber, supportOn, now }: { schoolId: string; pupilNumber: string; supportOn: string; now: Date },
): Promise<SignalRow> {
  const erasesAt = erasureTime(supportOn);
  const id = randomUUID();
  const { pupil, pupilDigest } = keepPupil(rows, "signal", id, pupilNumber);
  const [raised] = await rows.query<{ id: string; created: boolean; due_anew: boolean }[]>(
    `insert into care.signal as signal (id, pupil, pupil_digest, school_id, support_on, status, raised_at, erases_at)
     values ($1, $2, $3, $4, $5, 'RAISED', $6, $7)
     on conflict (pupil_digest) where status in ('RAISED', 'SEEN') do update
       set support_on = greatest(signal.support_on, excluded.support_on),
           erases_at = greatest(signal.erases_at, excluded.erases_at)
     returning new.id, old.id is null as created, old.support_on is distinct from new.support_on as due_anew`,
    [id, pupil, pupilDigest, schoolId, supportOn, now, erasesAt],
  );
  if (raised === undefined) throw new Error("An upsert returned no row");
  const signal = await rows.findOneByOrFail(SignalRow, { id: raised.id });
  await scheduleErasure(rows, signal);
  // Mails go by signal and never by report: they would count the reports.
  if (raised.created) await scheduleReminding(rows, raised.id, "first", now);
  // A report that changes nothing for the school is not told: its events would count the reports.
  if (raised.created || raised.due_anew) await tell(rows, signal, raised.created ? "RAISED" : "CHANGED");
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
