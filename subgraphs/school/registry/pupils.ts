import type { EntityManager, SelectQueryBuilder } from "typeorm";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import type { KnownPerson, SoughtPerson } from "../../../plumbing/person-match.ts";
import { RegistryPupil } from "./entities.ts";

export interface KnownPupil extends KnownPerson {
  /** The registry's number. */
  readonly number: string;
}

/** The pupils of a site, enrolled today, who have the number or the birth date of the one sought. */
export async function pupilsWhoMayBe(
  rows: EntityManager,
  schoolId: string,
  { bsn, birthDate }: SoughtPerson,
  now: Date,
): Promise<KnownPupil[]> {
  const found = await enrolled(rows, schoolId, now)
    .addSelect("pupil.bsn")
    .andWhere("(pupil.bsn = :bsn or pupil.birthDate = :birthDate)")
    .setParameters({ bsn: bsn?.reveal() ?? null, birthDate: birthDate ?? null })
    .getMany();
  return found.map(toKnownPupil);
}

/** Whether a pupil whom the registry knew at a site is enrolled there today. */
export async function isEnrolled(rows: EntityManager, schoolId: string, number: string, now: Date): Promise<boolean> {
  return enrolled(rows, schoolId, now).andWhere("pupil.id = :number", { number }).getExists();
}

function enrolled(rows: EntityManager, schoolId: string, now: Date): SelectQueryBuilder<RegistryPupil> {
  return rows
    .createQueryBuilder(RegistryPupil, "pupil")
    .where("pupil.brin = :brin and pupil.siteNumber = :siteNumber")
    .andWhere("(pupil.enrolledFrom is null or pupil.enrolledFrom <= :today)")
    .andWhere("(pupil.enrolledUntil is null or pupil.enrolledUntil > :today)")
    .setParameters({ brin: schoolId.slice(0, 4), siteNumber: schoolId.slice(4), today: dutchDay(now) });
}

/** A pupil as a person who may be the one sought. */
export function toKnownPupil(pupil: RegistryPupil): KnownPupil {
  return {
    number: pupil.id,
    bsn: pupil.bsn,
    birthDate: pupil.birthDate,
    name: {
      givenName: pupil.givenNames,
      callName: pupil.callName,
      prefix: pupil.prefix,
      familyName: pupil.familyName ?? "",
    },
  };
}
