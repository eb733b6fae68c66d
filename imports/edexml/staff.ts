import type { RowReason } from "../outcome.ts";
import { type NameColumns, readName } from "./person.ts";
import type { EdexmlRecord } from "./record.ts";

/** A member of staff as the registry keeps it. */
export interface StaffRow extends NameColumns {
  readonly sleutel: string;
  readonly emailadres: string | null;
  /** Roles as EDEXML writes them: DIR, IB, LRK … */
  readonly roles: readonly string[];
  /** Keys, in the file, of the groups that the person teaches, combined groups included. */
  readonly groupKeys: readonly string[];
}

export function readStaff(record: EdexmlRecord): StaffRow | RowReason {
  if (record.fault !== undefined) return record.fault;
  if (record.key === undefined) return "KEY_MISSING";
  const name = readName(record);
  if (name === undefined) return "NAME_MISSING";
  const roles = new Set(record.texts("rol"));
  for (const role of roles) if (!/^[A-Z]{2,5}$/.test(role)) return "ROLE_INVALID";
  return {
    ...name,
    sleutel: record.key,
    emailadres: record.text("emailadres") ?? null,
    roles: [...roles],
    groupKeys: [
      ...new Set([...record.references("groepen/groep"), ...record.references("groepen/samengestelde_groep")]),
    ],
  };
}
