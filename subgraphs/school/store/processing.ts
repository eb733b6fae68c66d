import type { EntityManager } from "typeorm";
import { attempt, IdentityUnreadable } from "../../../plumbing/identities/identities.ts";
import { type OnBehalfOf, recordProcessing, subjectDigest } from "../../../plumbing/processing-log.ts";
import { RegistryPupil } from "../registry/entities.ts";
import { toKnownPupil } from "../registry/pupils.ts";
import { type PupilTable, pupilNumberOf } from "./pupil-number.ts";

/**
 * What is done at a school with a pupil's data. `signal.return` and `signal.withdraw` name who had read a signal that was
 * not for them; that somebody returned it, or took it back, is a gesture.
 */
export type Activity =
  | "signal.deliver"
  | "signal.appear"
  | "signal.read"
  | "signal.return"
  | "signal.withdraw"
  | "gesture.acknowledge"
  | "gesture.handOver"
  | "gesture.confirmSupport"
  | "gesture.return"
  | "gesture.withdraw"
  | "delivery.withdraw"
  | "circle.open"
  | "circle.read"
  | "circle.close"
  | "talk.remind";

/** A row that is about a pupil, whom it names encrypted; null where it is about nobody, or nobody any more. */
export interface AboutPupil {
  readonly table: PupilTable;
  readonly id: string;
  readonly pupil: string | null;
}

/**
 * Writes to the processing log that the caller did this with a pupil's data. Call it before the pupil is taken out of the
 * row. One who cannot be decrypted, or is no longer in the registry, stands in the log by the row
 * alone.
 */
export async function recordPupil(
  rows: EntityManager,
  { claims, config }: OnBehalfOf,
  activity: Activity,
  { table, id, pupil }: AboutPupil,
): Promise<void> {
  if (pupil === null) return;
  const number = attempt(() => pupilNumberOf(rows, table, id, pupil));
  const known =
    number instanceof IdentityUnreadable
      ? null
      : await rows.createQueryBuilder(RegistryPupil, "pupil").addSelect("pupil.bsn").where({ id: number }).getOne();
  const subject = known === null ? {} : { subject: subjectDigest(config.pseudonymKey, toKnownPupil(known)) };
  recordProcessing(rows, claims, [{ activity, object: id, ...subject }]);
}
