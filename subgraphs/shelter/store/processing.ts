import type { EntityManager } from "typeorm";
import { recordProcessing } from "../../../plumbing/processing-log.ts";
import type { PartContext } from "../../../plumbing/subgraph.ts";
import { subjectsOf } from "../registry/families.ts";

/** What is done here with somebody's data, for the sake of guidance. */
export type Activity =
  | "guidance.start"
  | "guidance.read"
  | "guidance.change"
  | "guidance.end"
  | "consent.record"
  | "consent.withdraw"
  | "circle.read"
  | "circle.record"
  | "violence.report"
  | "conversation.call"
  | "conversation.read"
  | "conversation.change"
  | "parent.invite"
  | "parent.read";

/** Who does it, and the key by which the log stands for a person. */
export type OnBehalfOf = Pick<PartContext, "claims" | "config">;

/** Something of ours, and whose data it holds: the registry's keys of the persons. */
export interface Processed {
  readonly object: string;
  readonly persons: readonly string[];
}

/** Writes to the processing log that the caller did this with these persons' data. Call it before `recordEvent`. */
export async function recordProcessingOf(
  rows: EntityManager,
  { claims, config }: OnBehalfOf,
  activity: Activity,
  processed: readonly Processed[],
): Promise<void> {
  const persons = processed.flatMap((one) => one.persons);
  const subjects = await subjectsOf(rows, config.pseudonymKey, persons);
  const entries = processed.flatMap(({ object, persons: whose }) =>
    whose.flatMap((person) => {
      const subject = subjects.get(person);
      return subject === undefined ? [] : [{ activity, object, subject }];
    }),
  );
  await recordProcessing(rows, claims, entries);
}
