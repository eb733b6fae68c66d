import DataLoader from "dataloader";
import { type EntityManager, In } from "typeorm";
import { dutchDay } from "../../plumbing/dutch-time.ts";
import type { PartContext } from "../../plumbing/subgraph.ts";
import { toContactHours } from "./calendar/school-days.ts";
import { type ContactHours, usualContactHours } from "./decisions/opening.ts";
import { isEmployedOn } from "./decisions/reachable.ts";
import { RegistryGroup, RegistrySchool, RegistryStaffGroup, RegistryStaffMember } from "./registry/entities.ts";
import { readCirclePupils } from "./store/circle-reads.ts";
import { absencesOf, contactPersonsOf, type KnownAbsence } from "./store/contact-persons.ts";
import { ContactHoursRow, OwnDaysRow } from "./store/entities.ts";
import { type ReadPupil, readPupils } from "./store/pupil-reads.ts";
import { contactSites } from "./store/tell.ts";

/** What one request reads of the registry, each kind in one query for all who ask. */
export interface SchoolLoaders {
  /** By site id; null where the caller may not act for the site. */
  readonly school: DataLoader<string, RegistrySchool | null>;
  /** By the id of a signal; null where the pupil is not the caller's to see. Never kept: each read is recorded. */
  readonly pupilOfSignal: DataLoader<string, ReadPupil | null>;
  /** By the key of a support circle; null where the pupil is not the caller's to see. Never kept: each read is recorded. */
  readonly pupilOfCircle: DataLoader<string, ReadPupil | null>;
  /** By the registry's number. */
  readonly group: DataLoader<string, RegistryGroup | null>;
  /** By the registry's number. */
  readonly staffMember: DataLoader<string, RegistryStaffMember | null>;
  /** By site id, in their order; those who work there today. */
  readonly contacts: DataLoader<string, RegistryStaffMember[]>;
  /** By site id: of contact persons, today and later. */
  readonly absences: DataLoader<string, KnownAbsence[]>;
  /** All who work there today, by site id. */
  readonly staff: DataLoader<string, RegistryStaffMember[]>;
  /** By site id. */
  readonly contactHours: DataLoader<string, ContactHours>;
  /** By site id. */
  readonly ownDays: DataLoader<string, OwnDaysRow[]>;
  /** Who teaches a group today, by the registry's number. */
  readonly teachers: DataLoader<string, RegistryStaffMember[]>;
}

export function openLoaders({ database, claims, clock, config }: PartContext): SchoolLoaders {
  const read = <T>(work: (rows: EntityManager) => Promise<T>) => database.transaction(claims, work);
  const mine = new Set(contactSites(claims));
  const works = ({ employedUntil }: RegistryStaffMember) => isEmployedOn(dutchDay(clock.now()), employedUntil);
  return {
    school: new DataLoader(async (ids) => {
      const keys = ids.filter((id) => mine.has(id)).map((id) => ({ brin: id.slice(0, 4), siteNumber: id.slice(4) }));
      if (keys.length === 0) return ids.map(() => null);
      const found = await read((rows) => rows.find(RegistrySchool, { where: keys }));
      const byId = new Map(found.map((school) => [siteIdOf(school), school]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
    pupilOfSignal: new DataLoader<string, ReadPupil | null>(
      async (ids) => {
        const found = await read((rows) => readPupils(rows, claims, config.pseudonymKey, ids));
        return ids.map((id) => found.get(id) ?? null);
      },
      { cache: false },
    ),
    pupilOfCircle: new DataLoader(
      async (keys) => {
        const found = await read((rows) => readCirclePupils(rows, claims, config.pseudonymKey, keys));
        return keys.map((key) => found.get(key) ?? null);
      },
      { cache: false },
    ),
    group: byNumber((numbers) => read((rows) => rows.findBy(RegistryGroup, { id: In(numbers) }))),
    staffMember: byNumber((numbers) => read((rows) => rows.findBy(RegistryStaffMember, { id: In(numbers) }))),
    contacts: new DataLoader(async (ids) => {
      const found = await read((rows) => contactPersonsOf(rows, ids));
      const employed = found.filter(({ person }) => works(person));
      return ids.map((id) => employed.filter(({ schoolId }) => schoolId === id).map(({ person }) => person));
    }),
    absences: new DataLoader(async (ids) => {
      const found = await read((rows) => absencesOf(rows, ids, dutchDay(clock.now())));
      return ids.map((id) => found.filter(({ absence }) => absence.schoolId === id));
    }),
    staff: new DataLoader(async (ids) => {
      const sites = ids.filter((id) => mine.has(id)).map((id) => ({ brin: id.slice(0, 4), siteNumber: id.slice(4) }));
      if (sites.length === 0) return ids.map(() => []);
      const found = await read((rows) => rows.find(RegistryStaffMember, { where: sites, order: byName }));
      const employed = found.filter(works);
      return ids.map((id) => employed.filter((person) => siteIdOf(person) === id));
    }),
    contactHours: new DataLoader(async (ids) => {
      const set = await read((rows) => rows.findBy(ContactHoursRow, { schoolId: In([...ids]) }));
      const bySite = new Map(set.map((row) => [row.schoolId, toContactHours(row)]));
      return ids.map((id) => bySite.get(id) ?? usualContactHours);
    }),
    ownDays: new DataLoader(async (ids) => {
      const order = { firstDay: "ASC", lastDay: "ASC", id: "ASC" } as const;
      const found = await read((rows) => rows.find(OwnDaysRow, { where: { schoolId: In([...ids]) }, order }));
      return ids.map((id) => found.filter(({ schoolId }) => schoolId === id));
    }),
    teachers: new DataLoader(async (numbers) => {
      const found = await read(async (rows) => {
        const teaching = await rows.findBy(RegistryStaffGroup, { groupId: In([...numbers]) });
        const people = await rows.find(RegistryStaffMember, {
          where: { id: In(teaching.map(({ staffMemberId }) => staffMemberId)) },
          order: byName,
        });
        return { teaching, people: people.filter((person) => works(person) && mine.has(siteIdOf(person))) };
      });
      return numbers.map((number) => {
        const ids = found.teaching
          .filter(({ groupId }) => groupId === number)
          .map(({ staffMemberId }) => staffMemberId);
        return found.people.filter(({ id }) => ids.includes(id));
      });
    }),
  };
}

const byName = { familyName: "ASC", callName: "ASC" } as const;

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
