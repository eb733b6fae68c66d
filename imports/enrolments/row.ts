import { Bsn, parseBrin } from "../../plumbing/identifiers.ts";
import { isDay } from "../calendar.ts";
import type { CsvRow } from "../csv/reader.ts";
import type { RowReason } from "../outcome.ts";

/** Columns of a delivery of enrolments; the README says what each holds. */
export const ENROLMENT_COLUMNS = [
  "sleutel",
  "bsn",
  "achternaam",
  "voorvoegsel",
  "voornamen",
  "roepnaam",
  "geboortedatum",
  "gemeentecode",
  "brin",
  "vestiging",
  "datum_in",
  "datum_uit",
] as const;

export type EnrolmentColumn = (typeof ENROLMENT_COLUMNS)[number];

/** A young person as the registry keeps one. */
export interface PersonRow {
  readonly sleutel: string;
  readonly bsn: string | null;
  readonly achternaam: string;
  readonly voorvoegsel: string | null;
  readonly voornamen: string | null;
  readonly roepnaam: string | null;
  readonly geboortedatum: string;
  readonly gemeentecode: string | null;
}

/** That the person is enrolled at a site. */
export interface EnrolmentRow {
  readonly brin: string;
  readonly vestiging: string;
  readonly datumIn: string;
  readonly datumUit: string | null;
}

/** Reads a row: a person, and an enrolment unless the person has none. */
export function readRow(
  row: CsvRow<EnrolmentColumn>,
  today: string,
): { person: PersonRow; enrolment: EnrolmentRow | undefined } | RowReason {
  const person = readPerson(row, today);
  if (typeof person === "string") return person;
  const enrolment = readEnrolment(row);
  return typeof enrolment === "string" ? enrolment : { person, enrolment };
}

function readPerson(row: CsvRow<EnrolmentColumn>, today: string): PersonRow | RowReason {
  const key = row.text("sleutel");
  const familyName = row.text("achternaam");
  const birthDate = row.text("geboortedatum");
  const municipality = row.text("gemeentecode") ?? null;
  const bsn = row.text("bsn");
  const number = bsn === undefined ? undefined : Bsn.parse(bsn);
  if (row.fault !== undefined) return row.fault;
  if (key === undefined) return "KEY_MISSING";
  if (bsn !== undefined && number === undefined) return "BSN_INVALID";
  if (familyName === undefined) return "NAME_MISSING";
  if (birthDate === undefined || !isDay(birthDate)) return "DATE_INVALID";
  if (birthDate > today) return "BIRTH_DATE_IMPOSSIBLE";
  if (municipality !== null && !/^[0-9]{4}$/.test(municipality)) return "MUNICIPALITY_INVALID";
  return {
    // In the order of the staging table's columns.
    sleutel: key,
    bsn: number?.reveal() ?? null,
    achternaam: familyName,
    voorvoegsel: row.text("voorvoegsel") ?? null,
    voornamen: row.text("voornamen") ?? null,
    roepnaam: row.text("roepnaam") ?? null,
    geboortedatum: birthDate,
    gemeentecode: municipality,
  };
}

/** @returns undefined where the row tells of a person who has no enrolment */
function readEnrolment(row: CsvRow<EnrolmentColumn>): EnrolmentRow | RowReason | undefined {
  const [brin, site, from, until] = (["brin", "vestiging", "datum_in", "datum_uit"] as const).map((column) =>
    row.text(column),
  );
  if (brin === undefined && site === undefined && from === undefined && until === undefined) {
    return undefined;
  }
  if (parseBrin(brin ?? "") === undefined) return "BRIN_INVALID";
  const siteNumber = site ?? "00";
  if (!/^[0-9]{2}$/.test(siteNumber)) return "SITE_INVALID";
  if (from === undefined || !isDay(from)) return "DATE_INVALID";
  if (until !== undefined && !isDay(until)) return "DATE_INVALID";
  if (until !== undefined && until < from) return "PERIOD_REVERSED";
  return { brin: brin ?? "", vestiging: siteNumber, datumIn: from, datumUit: until ?? null };
}
