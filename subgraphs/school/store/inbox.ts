import type { EntityManager } from "typeorm";
import { actAsSystem } from "../../../plumbing/database.ts";
import { recordEvent } from "../../../plumbing/events.ts";
import { schedule } from "../../../plumbing/jobs.ts";
import type { Keyed } from "../../../plumbing/processing-log.ts";
import type { PartContext } from "../../../plumbing/subgraph.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import { afterGesture, type Gesture, namesPupil, teachersGesture } from "../decisions/status.ts";
import { erasureAfterSupport } from "../decisions/support-day.ts";
import { SignalRow } from "./entities.ts";
import { returnHeld } from "./held.ts";
import { recordPupil } from "./processing.ts";
import { type ProgressReport, reportSignal, type WhyReturned } from "./progress-reports.ts";
import { recordReaders } from "./pupil-reads.ts";
import { teacherStream, tell } from "./tell.ts";

/** A signal that somebody made a gesture with, or why not. */
export type Handled = { signal: SignalRow } | { refused: "not found" | "closed" };

/** Who makes a gesture, by which clock, and by which key the processing log stands for a pupil. */
export type Maker = Pick<PartContext, "claims" | "clock"> & Keyed;

/** Whom a signal is handed over to: by the registry's number, and by the key in the school's own exports. */
export interface Teacher {
  readonly number: string;
  readonly key: string;
}

/** What comes with some gestures. */
export interface Particulars {
  /** Whom it is handed over to. */
  readonly teacher?: Teacher;
  /** Why it is returned. */
  readonly reason?: WhyReturned;
}

/**
 * Makes a gesture with a signal: moves it on, tells the subscribers and, by way of the outbox, the
 * router. Made again, it changes nothing. Row-level security decides whether the caller finds it.
 */
export async function makeGesture(
  rows: EntityManager,
  maker: Maker,
  signalId: string,
  gesture: Gesture,
  { teacher, reason = null }: Particulars = {},
): Promise<Handled> {
  const { claims, clock } = maker;
  if (!isUuid(signalId)) return { refused: "not found" };
  if (claims.role !== undefined && gesture !== teachersGesture) return { refused: "not found" };
  const signal = await lockSignal(rows, signalId);
  if (signal === null) return { refused: "not found" };
  const status = afterGesture(signal.status, gesture);
  if (status === "closed") return { refused: "closed" };
  const moved = status !== signal.status;
  if (!moved && (teacher === undefined || teacher.number === signal.handedToNumber)) return { signal };

  await recordPupil(rows, maker, `gesture.${gesture}`, { table: "signal", ...signal });
  const now = clock.now();
  const { handedToKey, pupilDigest } = signal;
  if (signal.status === "RAISED" && (status === "SEEN" || status === "SUPPORTED")) signal.seenAt = now;
  signal.status = status;
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
  const report = moved ? reportOf(signal, reason, now) : undefined;
  if (report !== undefined) await reportSignal(rows, signal, report);
  // Another report about the same pupil, which has not appeared yet, came to the wrong door as well.
  if (status === "RETURNED" && pupilDigest !== null) await returnHeld(rows, { ...signal, pupilDigest }, reason, now);
  if (!namesPupil(status)) {
    await recordReaders(rows, signal.id, status === "RETURNED" ? "signal.return" : "signal.withdraw");
  }
  if (teacher === undefined) tell(rows, { signal: { ...signal, handedToKey }, kind: "CHANGED" });
  else tellOfHandOver(rows, signal, teacher, handedToKey);
  return { signal };
}

/** What the router is told of where a signal now stands; undefined where it knows. */
function reportOf({ status, erasesAt }: SignalRow, reason: WhyReturned, at: Date): ProgressReport | undefined {
  switch (status) {
    case "SEEN":
      return { progress: status, at, returnableUntil: erasesAt };
    case "SUPPORTED":
      return { progress: status, at };
    case "RETURNED":
      return { progress: status, at, reason };
    default:
      return undefined;
  }
}

function tellOfHandOver(
  rows: EntityManager,
  { id, schoolId }: SignalRow,
  { key }: Teacher,
  before: string | null,
): void {
  recordEvent(rows, { stream: schoolId, kind: "CHANGED", subject: id });
  if (before !== null && before !== key)
    recordEvent(rows, { stream: teacherStream(schoolId, before), kind: "ERASED", subject: id });
  const kind = before === key ? "CHANGED" : "RAISED";
  recordEvent(rows, { stream: teacherStream(schoolId, key), kind, subject: id });
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

export function scheduleErasure(rows: EntityManager, signal: SignalRow): Promise<void> {
  return schedule(rows, "erase", { id: signal.id }, signal.erasesAt, `erase:${signal.id}`);
}
