import { type EntityManager, In, MoreThanOrEqual } from "typeorm";
import { takeTurn } from "../../../plumbing/database.ts";
import { isMailAddress } from "../../../plumbing/mail.ts";
import { isReachableOn } from "../decisions/reachable.ts";
import { RegistryStaffMember } from "../registry/entities.ts";
import { ContactAbsenceRow } from "./contact-entities.ts";
import { ContactPersonRow } from "./entities.ts";

/** A contact person, as the school's registry has the person. */
export interface ContactPerson {
  readonly schoolId: string;
  /** The person's key in the school's own exports. */
  readonly staffKey: string;
  readonly person: RegistryStaffMember;
}

/** Those who are named as contact persons of these schools, also who has left: the first contact, then the deputies. */
export async function contactPersonsOf(rows: EntityManager, schoolIds: readonly string[]): Promise<ContactPerson[]> {
  const named = await rows.find(ContactPersonRow, {
    where: { schoolId: In([...schoolIds]) },
    order: { schoolId: "ASC", position: "ASC", staffKey: "ASC" },
  });
  if (named.length === 0) return [];
  const people = await rows.findBy(
    RegistryStaffMember,
    named.map(({ schoolId, staffKey }) => ({
      brin: schoolId.slice(0, 4),
      siteNumber: schoolId.slice(4),
      exportKey: staffKey,
    })),
  );
  const byKey = new Map(people.map((person) => [`${person.brin}${person.siteNumber} ${person.exportKey}`, person]));
  return named.flatMap(({ schoolId, staffKey }) => {
    const person = byKey.get(`${schoolId} ${staffKey}`);
    return person === undefined ? [] : [{ schoolId, staffKey, person }];
  });
}

export interface KnownAbsence {
  readonly absence: ContactAbsenceRow;
  readonly person: RegistryStaffMember;
}

/** The absences of the contact persons of these schools that last until a day (`YYYY-MM-DD`) or longer, in their order. */
export async function absencesOf(
  rows: EntityManager,
  schoolIds: readonly string[],
  day: string,
): Promise<KnownAbsence[]> {
  const people = await contactPersonsOf(rows, schoolIds);
  const absences = await rows.find(ContactAbsenceRow, {
    where: { schoolId: In([...schoolIds]), lastDay: MoreThanOrEqual(day) },
    order: { firstDay: "ASC", lastDay: "ASC", id: "ASC" },
  });
  return absences.flatMap((absence) => {
    const contact = people.find((one) => one.schoolId === absence.schoolId && one.staffKey === absence.staffKey);
    return contact === undefined ? [] : [{ absence, person: contact.person }];
  });
}

/** A contact person who can be told. */
export interface ReachableContact {
  readonly staffKey: string;
  readonly email: string;
}

/** Finds for a school who can be reached on a day (`YYYY-MM-DD`), in their order. */
export async function reachableContacts(
  rows: EntityManager,
  schoolId: string,
): Promise<(day: string) => ReachableContact[]> {
  const contacts = await contactPersonsOf(rows, [schoolId]);
  const absences = await rows.findBy(ContactAbsenceRow, { schoolId });
  return (day) =>
    contacts.flatMap(({ staffKey, person: { email: known, employedUntil } }) => {
      const email = known !== null && isMailAddress(known) ? known : null;
      const own = absences.filter((absence) => absence.staffKey === staffKey);
      const reachable = isReachableOn(day, { email, employedUntil, absences: own });
      return reachable && email !== null ? [{ staffKey, email }] : [];
    });
}

/** Who of a school can be reached changes in turn: else two who go absent at once would each count on the other. */
export function takeContactTurn(rows: EntityManager, schoolId: string): Promise<void> {
  return takeTurn(rows, `contacts:${schoolId}`);
}
