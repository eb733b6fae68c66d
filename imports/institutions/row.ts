import { parseBrin } from "../../plumbing/identifiers.ts";
import type { CsvRow } from "../csv/reader.ts";
import type { RowReason } from "../outcome.ts";

/** Columns that the list of institutions must have; the README says what each holds. */
export const INSTITUTION_COLUMNS = [
  "brin",
  "vestiging",
  "naam",
  "plaats",
  "gemeentecode",
  "deelname",
  "ambtenaar",
  "telefoon",
  "emailadres",
] as const;

/** Columns that it may have: earlier lists had none. */
export const MORE_INSTITUTION_COLUMNS = ["telefoon_school", "gemeentenaam"] as const;

export type InstitutionColumn = (typeof INSTITUTION_COLUMNS | typeof MORE_INSTITUTION_COLUMNS)[number];

/** One site of an institution, with the officer who looks after it, if any. */
export interface InstitutionRow {
  readonly brin: string;
  readonly vestiging: string;
  readonly naam: string;
  readonly plaats: string | null;
  readonly telefoon: string | null;
  readonly gemeentecode: string;
  readonly gemeentenaam: string | null;
  readonly deelname: boolean;
  readonly officer: OfficerRow | undefined;
}

/** An officer, known by the e-mail address. */
interface OfficerRow {
  readonly emailadres: string;
  readonly naam: string;
  readonly telefoon: string | null;
}

export function readInstitution(row: CsvRow<InstitutionColumn>): InstitutionRow | RowReason {
  if (row.fault !== undefined) return row.fault;
  const brin = row.text("brin");
  const site = row.text("vestiging") ?? "00";
  const name = row.text("naam");
  const municipality = row.text("gemeentecode") ?? "";
  const participation = row.text("deelname") ?? "nee";
  if (brin === undefined || parseBrin(brin) === undefined) return "BRIN_INVALID";
  if (!/^[0-9]{2}$/.test(site)) return "SITE_INVALID";
  if (name === undefined) return "NAME_MISSING";
  if (!/^[0-9]{4}$/.test(municipality)) return "MUNICIPALITY_INVALID";
  if (participation !== "ja" && participation !== "nee") return "PARTICIPATION_INVALID";
  const officer = readOfficer(row);
  if (typeof officer === "string") return officer;
  return {
    brin,
    vestiging: site,
    naam: name,
    plaats: row.text("plaats") ?? null,
    telefoon: row.text("telefoon_school") ?? null,
    gemeentecode: municipality,
    gemeentenaam: row.text("gemeentenaam") ?? null,
    deelname: participation === "ja",
    officer,
  };
}

function readOfficer(row: CsvRow<InstitutionColumn>): OfficerRow | RowReason | undefined {
  const name = row.text("ambtenaar");
  const email = row.text("emailadres");
  if (name === undefined) return undefined;
  if (email === undefined) return "EMAIL_MISSING";
  return { emailadres: email, naam: name, telefoon: row.text("telefoon") ?? null };
}
