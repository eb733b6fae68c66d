import type { EntityManager } from "typeorm";
import { identitiesOf, type Place } from "../../../plumbing/identities/identities.ts";

/** The registry's number of a pupil, as a row keeps it. */
export interface KeptPupil {
  /** Encrypted. */
  readonly pupil: string;
  /** Recognises the same pupil in another row. */
  readonly pupilDigest: string;
}

/** The tables whose rows are about a pupil. */
export type PupilTable = "signal" | "held_delivery" | "circle_pupil";

export function keepPupil(rows: EntityManager, table: PupilTable, row: string, pupilNumber: string): KeptPupil {
  return { pupil: encryptPupil(rows, table, row, pupilNumber), pupilDigest: pupilDigest(rows, pupilNumber) };
}

export function encryptPupil(rows: EntityManager, table: PupilTable, row: string, pupilNumber: string): string {
  return identitiesOf(rows).encrypt(pupilOf(table, row), pupilNumber);
}

export function pupilNumberOf(rows: EntityManager, table: PupilTable, row: string, pupil: string): string {
  return identitiesOf(rows).decrypt<string>(pupilOf(table, row), pupil);
}

export function pupilDigest(rows: EntityManager, pupilNumber: string): string {
  return identitiesOf(rows).digest("pupil", pupilNumber);
}

function pupilOf(table: PupilTable, row: string): Place {
  return { table, column: "pupil", row };
}

/** Encrypts what an earlier version left in plain. */
export async function encryptPlainPupils(rows: EntityManager): Promise<void> {
  for (const table of ["signal", "held_delivery", "circle_pupil"] as const) {
    const plain = await rows.query<{ id: string; number: string }[]>(
      `select id, pupil_number as number from care.${table} where pupil_number is not null`,
    );
    for (const { id, number } of plain) {
      const digest = table === "circle_pupil" ? "" : ", pupil_digest = $3";
      await rows.query(`update care.${table} set pupil_number = null, pupil = $2${digest} where id = $1`, [
        id,
        encryptPupil(rows, table, id, number),
        ...(digest === "" ? [] : [pupilDigest(rows, number)]),
      ]);
    }
  }
}
