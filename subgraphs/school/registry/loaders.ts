import DataLoader from "dataloader";
import { type EntityManager, In } from "typeorm";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import type { PartContext } from "../../../plumbing/subgraph.ts";
import { isEmployedOn } from "../decisions/reachable.ts";
import { absencesOf, contactPersonsOf, type KnownAbsence } from "../store/contact-persons.ts";
import { RegistryGroup, RegistryPupil, RegistrySchool, RegistryStaffMember } from "./entities.ts";

/** What one request reads of the registry, each kind in one query for all who ask. */
export interface SchoolLoaders {
  /** By site id; null where the caller may not act for the site. */
  readonly school: DataLoader<string, RegistrySchool | null>;
  /** By the registry's number. */
  readonly pupil: DataLoader<string, RegistryPupil | null>;
  /** By the registry's number. */
  readonly group: DataLoader<string, RegistryGroup | null>;
  /** By the registry's number. */
  readonly staffMember: DataLoader<string, RegistryStaffMember | null>;
  /** By site id, in their order; those who work there today. */
  readonly contacts: DataLoader<string, RegistryStaffMember[]>;
  /** By site id: of contact persons, today and later. */
  readonly absences: DataLoader<string, KnownAbsence[]>;
}

export function openLoaders({ database, claims, clock }: PartContext): SchoolLoaders {
  const read = <T>(work: (rows: EntityManager) => Promise<T>) => database.transaction(claims, work);
  const mine = new Set(claims.schools ?? []);
  return {
    school: new DataLoader(async (ids) => {
      const keys = ids.filter((id) => mine.has(id)).map((id) => ({ brin: id.slice(0, 4), siteNumber: id.slice(4) }));
      if (keys.length === 0) return ids.map(() => null);
      const found = await read((rows) => rows.find(RegistrySchool, { where: keys }));
      const byId = new Map(found.map((school) => [siteIdOf(school), school]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
    pupil: byNumber((numbers) => read((rows) => rows.findBy(RegistryPupil, { id: In(numbers) }))),
    group: byNumber((numbers) => read((rows) => rows.findBy(RegistryGroup, { id: In(numbers) }))),
    staffMember: byNumber((numbers) => read((rows) => rows.findBy(RegistryStaffMember, { id: In(numbers) }))),
    contacts: new DataLoader(async (ids) => {
      const found = await read((rows) => contactPersonsOf(rows, ids));
      const today = dutchDay(clock.now());
      return ids.map((id) =>
        found
          .filter(({ schoolId, person }) => schoolId === id && isEmployedOn(today, person.employedUntil))
          .map(({ person }) => person),
      );
    }),
    absences: new DataLoader(async (ids) => {
      const found = await read((rows) => absencesOf(rows, ids, dutchDay(clock.now())));
      return ids.map((id) => found.filter(({ absence }) => absence.schoolId === id));
    }),
  };
}

/** The site id of a row of the registry. */
export function siteIdOf(row: { readonly brin: string; readonly siteNumber: string }): string {
  return row.brin + row.siteNumber;
}

function byNumber<Row extends { readonly id: string }>(
  read: (numbers: string[]) => Promise<Row[]>,
): DataLoader<string, Row | null> {
  return new DataLoader(async (numbers) => {
    const byId = new Map((await read([...numbers])).map((row) => [row.id, row]));
    return numbers.map((number) => byId.get(number) ?? null);
  });
}
