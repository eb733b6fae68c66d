import { type EntityManager, In } from "typeorm";
import type { Claims } from "../../../plumbing/claims.ts";
import { recordEvent } from "../../../plumbing/events.ts";
import type { PageRequest } from "../../../plumbing/paging.ts";
import { advance, type SignalProgress } from "../decisions/progress.ts";
import { SentSignalRow } from "./entities.ts";
import { recordSignals } from "./processing.ts";

export function findSentSignals(rows: EntityManager, ids: readonly string[]): Promise<SentSignalRow[]> {
  return rows.findBy(SentSignalRow, { id: In(ids) });
}

/** The signals of these incidents, each incident's in the order of its children. */
export function sentSignalsOf(rows: EntityManager, incidents: readonly string[]): Promise<SentSignalRow[]> {
  return rows.find(SentSignalRow, { where: { incident: In(incidents) }, order: { ordinal: "ASC" } });
}

/** The latest first; with `progress`, only those that are as far as that. */
export function pageOfSentSignals(
  rows: EntityManager,
  progress: readonly SignalProgress[] | undefined,
  { limit, after }: PageRequest,
): Promise<SentSignalRow[]> {
  const page = rows
    .createQueryBuilder(SentSignalRow, "signal")
    .orderBy({ "signal.sentAt": "DESC", "signal.id": "DESC" })
    .take(limit);
  if (progress) page.andWhere("signal.progress = any (:progress)", { progress });
  if (after) page.andWhere("(signal.sent_at, signal.id) < (:at, :id)", after);
  return page.getMany();
}

/** Reads a signal and keeps others from moving it until the transaction ends. */
export function lockSentSignal(rows: EntityManager, id: string): Promise<SentSignalRow | null> {
  return rows.findOne(SentSignalRow, { where: { id }, lock: { mode: "pessimistic_write" } });
}

/** Writes how far a locked signal is, and tells its organisation's subscribers. */
export async function setProgress(rows: EntityManager, signal: SentSignalRow, progress: SignalProgress): Promise<void> {
  await rows.update(SentSignalRow, { id: signal.id }, { progress });
  recordEvent(rows, { stream: signal.organisation, kind: progress, subject: signal.id });
}

/**
 * Moves a signal on as far as it may go; one that is not here, or that is as far already, is left.
 * @param teller who has told it, where that is another: then it stands in the processing log.
 */
export async function moveSentSignal(
  rows: EntityManager,
  id: string,
  next: SignalProgress,
  teller?: Claims,
): Promise<void> {
  const signal = await lockSentSignal(rows, id);
  if (signal === null) return;
  const progress = advance(signal.progress, next);
  if (progress === signal.progress) return;
  if (teller !== undefined) recordSignals(rows, teller, "signal.progress", [signal]);
  await setProgress(rows, signal, progress);
}
