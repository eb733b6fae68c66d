import { type EntityManager, IsNull } from "typeorm";
import { byItself, recordProcessing, subjectDigest } from "../../../plumbing/processing-log.ts";
import type { PartContext } from "../../../plumbing/subgraph.ts";
import type { ReportedChild } from "../decisions/incident-report.ts";
import { SentSignalRow } from "./entities.ts";

/** What an agency does with a child's data here. */
export type Activity =
  | "incident.report"
  | "incident.read"
  | "signal.send"
  | "signal.read"
  | "signal.progress"
  | "signal.withdraw";

/** A child as it is sent on. */
export interface SentChild {
  readonly bsn: string | null;
  readonly givenName: string | null;
  readonly prefix: string | null;
  readonly familyName: string | null;
  /** `YYYY-MM-DD` */
  readonly birthDate: string | null;
}

/** Writes to the processing log whom a report is about, and keeps with each signal whose it is. */
export async function recordReport(
  rows: EntityManager,
  { claims, config }: Pick<PartContext, "claims" | "config">,
  children: readonly ReportedChild[],
  signals: readonly SentSignalRow[],
): Promise<void> {
  for (const [place, signal] of signals.entries()) {
    const child = children[place];
    if (child === undefined) continue;
    signal.subject = subjectOf(child, config.pseudonymKey);
    await rows.update(SentSignalRow, { id: signal.id }, { subject: signal.subject });
  }
  recordSignals(rows, claims, "incident.report", signals);
}

/**
 * Writes to the processing log that the part hands a child on, on behalf of the organisation whose record it is. Of a row
 * that the existing system wrote past us this is the first that is known of whose it is, and it is kept with the signal.
 */
export async function recordSending(
  rows: EntityManager,
  { id, organisation, child }: { readonly id: string; readonly organisation: string; readonly child: SentChild },
  pseudonymKey: string,
): Promise<void> {
  const { bsn, givenName, prefix, familyName, birthDate } = child;
  const name = { givenName, prefix, familyName: familyName ?? "" };
  const subject = subjectDigest(pseudonymKey, { bsn, name, birthDate });
  await rows.update(SentSignalRow, { id, subject: IsNull() }, { subject });
  const { subject: known } = await rows.findOneByOrFail(SentSignalRow, { id });
  recordSignals(rows, byItself(organisation, pseudonymKey).claims, "signal.send", [{ id, subject: known }]);
}

/** Writes to the processing log that the caller did this with the children of these signals. */
export function recordSignals(
  rows: EntityManager,
  claims: PartContext["claims"],
  activity: Activity,
  signals: readonly Pick<SentSignalRow, "id" | "subject">[],
): void {
  recordProcessing(
    rows,
    claims,
    signals.map(({ id, subject }) => ({ activity, object: id, ...(subject === null ? {} : { subject }) })),
  );
}

function subjectOf({ bsn, givenName, prefix, familyName = "", birthDate }: ReportedChild, key: string): string {
  const name = { givenName, prefix, familyName };
  return subjectDigest(key, { bsn: bsn?.reveal() ?? null, name, birthDate: birthDate ?? null });
}
