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

/** The tables whose rows are about a child: signals, and searches for a support circle. */
type SoughtTable = "submission" | "circle_search";

const nobody: SoughtChild = { child: null, personId: null };

/** Whom a row is about; nobody once there is nothing more to route. */
export function soughtChildOf(
  rows: EntityManager,
  table: SoughtTable,
  { id, sought }: { readonly id: string; readonly sought: string | null },
): SoughtChild {
  return sought === null ? nobody : identitiesOf(rows).decrypt<SoughtChild>(soughtOf(table, id), sought);
}

/** The same as the row keeps it. */
export function encryptSought(rows: EntityManager, table: SoughtTable, id: string, sought: SoughtChild): string {
  return identitiesOf(rows).encrypt(soughtOf(table, id), sought);
}

/** Recognises a child of the registry where it cannot be read. */
export function personDigest(rows: EntityManager, personId: string): string {
  return identitiesOf(rows).digest("child", personId);
}

function soughtOf(table: SoughtTable, row: string): Place {
  return { table, column: "sought", row };
}

/** Encrypts what an earlier version left in plain. */
export async function encryptPlainSought(rows: EntityManager): Promise<void> {
  for (const table of ["submission", "circle_search"] as const) {
    const plain = await rows.query<(SoughtChild & { id: string })[]>(
      `select id, child, person_id as "personId" from care.${table} where child is not null or person_id is not null`,
    );
    for (const { id, ...sought } of plain) {
      await rows.query(`update care.${table} set child = null, person_id = null, sought = $2 where id = $1`, [
        id,
        encryptSought(rows, table, id, sought),
      ]);
    }
  }
}
