import type { EntityManager } from "typeorm";
import { identitiesOf, type Place } from "../../../plumbing/identities/identities.ts";
import type { ChildRecord } from "./entities.ts";

/** Whose school is to be found. */
export interface SoughtChild {
  /** As the sender described the child; null where it is gone. */
  readonly child: ChildRecord | null;
  /** The registry's number, where one was matched. */
  readonly personId: string | null;
}

/** A signal, as far as it may say whom it is about. */
interface Signal {
  readonly id: string;
  /** Encrypted. */
  readonly sought: string | null;
}

const nobody: SoughtChild = { child: null, personId: null };

/** Whom a signal is about; nobody once there is nothing more to route. */
export function soughtChildOf(rows: EntityManager, { id, sought }: Signal): SoughtChild {
  return sought === null ? nobody : identitiesOf(rows).decrypt<SoughtChild>(soughtOf(id), sought);
}

/** The same as a signal's row keeps it. */
export function encryptSought(rows: EntityManager, signalId: string, sought: SoughtChild): string {
  return identitiesOf(rows).encrypt(soughtOf(signalId), sought);
}

function soughtOf(signalId: string): Place {
  return { table: "submission", column: "sought", row: signalId };
}

/** Encrypts what an earlier version left in plain. */
export async function encryptPlainSubmissions(rows: EntityManager): Promise<void> {
  const plain = await rows.query<(SoughtChild & { id: string })[]>(
    `select id, child, person_id as "personId" from care.submission where child is not null or person_id is not null`,
  );
  for (const { id, ...sought } of plain) {
    await rows.query("update care.submission set child = null, person_id = null, sought = $2 where id = $1", [
      id,
      encryptSought(rows, id, sought),
    ]);
  }
}
