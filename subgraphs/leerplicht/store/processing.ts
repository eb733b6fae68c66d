import type { EntityManager } from "typeorm";
import type { KnownPerson } from "../../../plumbing/person-match.ts";
import { type OnBehalfOf, recordProcessing, subjectDigest } from "../../../plumbing/processing-log.ts";
import type { ChildRecord } from "./entities.ts";

/** What is done on this side with a child's data. */
export type Activity =
  | "signal.submit"
  | "signal.progress"
  | "signal.withdraw"
  | "circle.search"
  | "circle.tell"
  | "circle.end"
  | "absence.report"
  | "absence.read"
  | "absence.talk"
  | "task.read"
  | "task.open"
  | "task.claim"
  | "task.release"
  | "task.route"
  | "task.close"
  | "task.lapse"
  | "release.read"
  | "release.release"
  | "release.stop"
  | "release.passOn";

/** One child, and the task for which somebody looked at it. */
export interface Processed {
  readonly object: string;
  /** Null once it is gone from the ledger: then nothing is processed. */
  readonly child: ChildRecord | null;
}

/** Writes to the processing log that the caller did this with these children. */
export function recordProcessingOf(
  rows: EntityManager,
  { claims, config }: OnBehalfOf,
  activity: Activity,
  processed: readonly Processed[],
): void {
  const entries = processed.flatMap(({ object, child }) =>
    child === null ? [] : [{ activity, object, subject: subjectDigest(config.pseudonymKey, known(child)) }],
  );
  recordProcessing(rows, claims, entries);
}

function known({ bsn, birthDate = null, ...name }: ChildRecord): KnownPerson {
  return { bsn, birthDate, name: { ...name, familyName: name.familyName ?? "" } };
}
