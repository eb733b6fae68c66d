import { type EntityManager, In, IsNull, Not } from "typeorm";
import type { Claims } from "../../../plumbing/claims.ts";
import { attempt, IdentityUnreadable } from "../../../plumbing/identities/identities.ts";
import { recordProcessing, subjectDigest } from "../../../plumbing/processing-log.ts";
import { RegistryPupil } from "../registry/entities.ts";
import { toKnownPupil } from "../registry/pupils.ts";
import { SignalRow } from "./entities.ts";
import type { Activity } from "./processing.ts";
import { pupilNumberOf } from "./pupil-number.ts";

/** Whom a signal is about, for somebody to see. */
export interface ReadPupil {
  /** The id that was made for this one signal. */
  readonly pupilId: string;
  readonly pupil: RegistryPupil;
}

/**
 * Reads whom signals are about, on the caller's behalf, and writes each read to the processing log in the same
 * transaction. A signal that is being sealed waits, or is waited for: so that it is known of each who saw it.
 * @returns by the signal's id; what is sealed, or not the caller's to see, is not in it. What cannot be decrypted is an
 * error of its own, and no other's.
 */
export async function readPupils(
  rows: EntityManager,
  claims: Claims,
  pseudonymKey: string,
  signalIds: readonly string[],
): Promise<Map<string, ReadPupil | IdentityUnreadable>> {
  const signals = await rows
    .createQueryBuilder(SignalRow, "signal")
    .where({ id: In([...new Set(signalIds)]), pupil: Not(IsNull()) })
    .orderBy("signal.id")
    .setLock("for_key_share")
    .getMany();
  const read = new Map<string, ReadPupil | IdentityUnreadable>();
  const numbers = new Map<string, string>();
  for (const { id, pupil } of signals) {
    const number = attempt(() => pupilNumberOf(rows, "signal", id, pupil ?? ""));
    if (number instanceof IdentityUnreadable) read.set(id, number);
    else numbers.set(id, number);
  }
  const pupils = await rows
    .createQueryBuilder(RegistryPupil, "pupil")
    .addSelect("pupil.bsn")
    .where({ id: In([...numbers.values()]) })
    .getMany();
  const byNumber = new Map(pupils.map((pupil) => [pupil.id, pupil]));
  for (const { id, pupilId } of signals) {
    const pupil = byNumber.get(numbers.get(id) ?? "");
    if (pupil !== undefined && pupilId !== null) read.set(id, { pupilId, pupil });
  }
  recordProcessing(
    rows,
    claims,
    [...read].flatMap(([object, one]) =>
      one instanceof IdentityUnreadable
        ? []
        : [{ activity: "signal.read", subject: subjectDigest(pseudonymKey, toKnownPupil(one.pupil)), object }],
    ),
  );
  return read;
}

interface Reader {
  readonly actor: string;
  readonly party: string;
  readonly organisation: string | null;
  readonly subject: string;
}

/**
 * Names in the processing log each who had read a signal that was not for them.
 * Runs as the part itself: who has read is nobody's to see.
 */
export async function recordReaders(
  rows: EntityManager,
  signalId: string,
  activity: Extract<Activity, "signal.return" | "signal.withdraw">,
): Promise<void> {
  const readers = await rows.query<Reader[]>(
    `select distinct actor, party, organisation, subject from care.processing
     where object = $1 and activity = 'signal.read' order by actor`,
    [signalId],
  );
  for (const { actor, party, organisation, subject } of readers) {
    const reader = { sub: actor, party, ...(organisation === null ? {} : { organisation }), scope: [] };
    recordProcessing(rows, reader, [{ activity, subject, object: signalId }]);
  }
}
