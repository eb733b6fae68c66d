import type { EntityManager } from "typeorm";
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
  const found = await rows
    .createQueryBuilder(RegistryPupil, "pupil")
    .addSelect("pupil.bsn")
    .where("pupil.brin = :brin and pupil.siteNumber = :siteNumber")
    .andWhere("(pupil.bsn = :bsn or pupil.birthDate = :birthDate)")
    .andWhere("(pupil.enrolledFrom is null or pupil.enrolledFrom <= :today)")
    .andWhere("(pupil.enrolledUntil is null or pupil.enrolledUntil > :today)")
    .setParameters({
      brin: schoolId.slice(0, 4),
      siteNumber: schoolId.slice(4),
      bsn: bsn?.reveal() ?? null,
      birthDate: birthDate ?? null,
      today: dutchDay(now),
    })
    .getMany();
  return found.map((pupil) => ({
    number: pupil.id,
    bsn: pupil.bsn,
    birthDate: pupil.birthDate,
    name: {
      givenName: pupil.givenNames,
      callName: pupil.callName,
      prefix: pupil.prefix,
      familyName: pupil.familyName ?? "",
    },
  }));
}
