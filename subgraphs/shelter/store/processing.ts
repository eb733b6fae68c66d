import type { EntityManager } from "typeorm";
import { type OnBehalfOf, recordProcessing } from "../../../plumbing/processing-log.ts";
import { subjectsOf } from "../registry/families.ts";

/** What is done here with somebody's data, for the sake of guidance. */
export type Activity =
  | "guidance.start"
  | "guidance.read"
  | "guidance.change"
  | "guidance.end"
  | "consent.record"
  | "consent.withdraw"
  | "consent.end"
  | "circle.read"
  | "circle.record"
  | "violence.report"
  | "conversation.call"
  | "conversation.read"
  | "conversation.change"
  | "parent.invite"
  | "parent.read";

/** Something of ours, and whose data it holds: the registry's keys of the persons. */
export interface Processed {
  readonly object: string;
  readonly persons: readonly string[];
}

/** Writes to the processing log that the caller did this with these persons' data. */
export async function recordProcessingOf(
  rows: EntityManager,
  { claims, config }: OnBehalfOf,
  activity: Activity,
  processed: readonly Processed[],
): Promise<void> {
  const persons = processed.flatMap((one) => one.persons);
  const subjects = await subjectsOf(rows, config.pseudonymKey, persons);
  const entries = processed.flatMap(({ object, persons: whose }) =>
    whose.map((person) => {
      // One whom the registry no longer has stands there by what of ours it was.
      const subject = subjects.get(person);
      return { activity, object, ...(subject === undefined ? {} : { subject }) };
    }),
  );
  recordProcessing(rows, claims, entries);
}
