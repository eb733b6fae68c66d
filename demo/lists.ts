import { ENROLMENT_COLUMNS } from "../imports/enrolments/row.ts";
import { INSTITUTION_COLUMNS, MORE_INSTITUTION_COLUMNS } from "../imports/institutions/row.ts";
import type { Cast, CastChild } from "./cast.ts";
import type { DeliveredChild } from "./population.ts";
import type { SchoolRoll } from "./school-roll.ts";
import { SCHOOL_ELSEWHERE, SCHOOLS } from "./schools.ts";

type Cell = string | undefined;

/** Leerplicht's weekly delivery: a row for each enrolment, and one for a child who has none. */
export function enrolmentsFile(delivered: readonly DeliveredChild[]): string {
  const rows = delivered.flatMap((child, index) => {
    const { familyName, prefix, givenNames, callName } = child.name;
    const key = `L${String(index + 1).padStart(5, "0")}`;
    const person = [key, child.bsn, familyName, prefix, givenNames, callName, child.birthDate, child.municipality];
    if (child.enrolments.length === 0) return [[...person, undefined, undefined, undefined, undefined]];
    return child.enrolments.map(({ site, from }) => [...person, site.slice(0, 4), site.slice(4), from, undefined]);
  });
  return csv(ENROLMENT_COLUMNS, rows);
}

/** The institutions that Leerplicht knows, with the officer who looks after each. */
export function institutionsFile(): string {
  const rows = [...SCHOOLS, SCHOOL_ELSEWHERE].map(({ site, name, municipality, participates }, index) => [
    site.slice(0, 4),
    site.slice(4),
    name,
    municipality.name,
    municipality.code,
    participates ? "ja" : "nee",
    municipality.officer?.name,
    municipality.officer?.telephone,
    municipality.officer?.email,
    // Nobody's, as those of the officers.
    `0900 000 ${9801 + index}`,
    municipality.name,
  ]);
  return csv([...INSTITUTION_COLUMNS, ...MORE_INSTITUTION_COLUMNS], rows);
}

/** Who, of the staff of each school that takes part, is a designated contact person. */
export function contactsFile(rolls: readonly SchoolRoll[]): string {
  const rows = rolls
    .filter(({ school }) => school.participates)
    .flatMap(({ school, staff }) =>
      staff.filter(({ roles }) => roles.includes("IB")).map(({ key }) => [school.site, key]),
    );
  return csv(["site", "staff_key"], rows);
}

/** A child of the cast, in the terms in which a report would name it. */
export interface ReportableChild {
  readonly bsn?: string;
  readonly name: { readonly givenName: string; readonly prefix?: string; readonly familyName: string };
  readonly birthDate: string;
  /** The site that a signal about the child should reach; absent where there is none. */
  readonly siteId?: string;
  /** Every site at which Leerplicht has the child enrolled, where that is not `siteId` alone. */
  readonly enrolledAt?: readonly string[];
}

/** The named children, for examples and tests. */
export function castFile(cast: Cast<CastChild>): string {
  const reportable = Object.entries({ ...cast }).map(([part, member]: [string, CastChild | readonly CastChild[]]) => [
    part,
    "name" in member ? toReportable(member) : member.map(toReportable),
  ]);
  return `${JSON.stringify(Object.fromEntries(reportable), undefined, 2)}\n`;
}

function toReportable({ name, bsn, birthDate, attends, enrolled }: CastChild): ReportableChild {
  const enrolledAt = (enrolled ?? []).map(({ site }) => site);
  const siteId = attends.length === 1 ? attends[0]?.site : undefined;
  const plain = enrolledAt.length === 1 && enrolledAt[0] === siteId;
  return {
    ...(bsn === undefined ? {} : { bsn }),
    name: {
      givenName: name.callName,
      ...(name.prefix === undefined ? {} : { prefix: name.prefix }),
      familyName: name.familyName,
    },
    birthDate,
    ...(siteId === undefined ? {} : { siteId }),
    ...(plain ? {} : { enrolledAt }),
  };
}

function csv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `${[header, ...rows].map((row) => row.map(toCell).join(";")).join("\n")}\n`;
}

function toCell(text: Cell): string {
  if (text === undefined) return "";
  return /[";\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
