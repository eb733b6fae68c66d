import { Column, Entity, PrimaryColumn } from "typeorm";

/*
 * The student information system as we read it: English names in the code, the system's own Dutch
 * names in the database. To wrap another system, map these classes to its tables or views. Nothing
 * of ours writes through them.
 */

/** One site of a school, known by its BRIN and site number. */
@Entity({ schema: "registry", name: "school" })
export class RegistrySchool {
  @PrimaryColumn("text", { name: "brincode" })
  brin!: string;

  @PrimaryColumn("text", { name: "dependancecode" })
  siteNumber!: string;

  @Column("text", { name: "naam", nullable: true })
  name!: string | null;

  @Column("text", { name: "plaats", nullable: true })
  city!: string | null;

  /** Such as `2026-2027`. */
  @Column("text", { name: "schooljaar" })
  schoolYear!: string;
}

/** A class of pupils, or a group combined from several classes. */
@Entity({ schema: "registry", name: "groep" })
export class RegistryGroup {
  @PrimaryColumn("bigint", { name: "groepnummer" })
  id!: string;

  @Column("text", { name: "brincode" })
  brin!: string;

  @Column("text", { name: "dependancecode" })
  siteNumber!: string;

  @Column("text", { name: "naam" })
  name!: string;

  /** Year group: B D 0 1–8 11–16 S V C N; null for a combined group. */
  @Column("text", { name: "jaargroep", nullable: true })
  yearGroup!: string | null;

  @Column("boolean", { name: "samengesteld" })
  combined!: boolean;
}

/** A pupil of one site. The same child at another site is another row. */
@Entity({ schema: "registry", name: "leerling" })
export class RegistryPupil {
  @PrimaryColumn("bigint", { name: "leerlingnummer" })
  id!: string;

  @Column("text", { name: "brincode" })
  brin!: string;

  @Column("text", { name: "dependancecode" })
  siteNumber!: string;

  /** The pupil's key in the school's own exports. */
  @Column("text", { name: "sleutel" })
  exportKey!: string;

  /** Null where the school exports a call name only. */
  @Column("text", { name: "achternaam", nullable: true })
  familyName!: string | null;

  @Column("text", { name: "voorvoegsel", nullable: true })
  prefix!: string | null;

  @Column("text", { name: "voornamen", nullable: true })
  givenNames!: string | null;

  @Column("text", { name: "voorletters", nullable: true })
  initials!: string | null;

  @Column("text", { name: "roepnaam", nullable: true })
  callName!: string | null;

  /** `YYYY-MM-DD`. */
  @Column("date", { name: "geboortedatum", nullable: true })
  birthDate!: string | null;

  /** Nine digits. For the match only: it is part of no answer. */
  @Column("text", { name: "bsn", nullable: true, select: false })
  bsn?: string | null;

  @Column("text", { name: "jaargroep", nullable: true })
  yearGroup!: string | null;

  @Column("bigint", { name: "groep", nullable: true })
  groupId!: string | null;

  /** First day at the school (`YYYY-MM-DD`). */
  @Column("date", { name: "instroomdatum", nullable: true })
  enrolledFrom!: string | null;

  /** First day on which the pupil is no longer enrolled (`YYYY-MM-DD`). */
  @Column("date", { name: "uitstroomdatum", nullable: true })
  enrolledUntil!: string | null;
}

/** Someone who works at a site. */
@Entity({ schema: "registry", name: "medewerker" })
export class RegistryStaffMember {
  @PrimaryColumn("bigint", { name: "medewerkernummer" })
  id!: string;

  @Column("text", { name: "brincode" })
  brin!: string;

  @Column("text", { name: "dependancecode" })
  siteNumber!: string;

  /** The person's key in the school's own exports. */
  @Column("text", { name: "sleutel" })
  exportKey!: string;

  @Column("text", { name: "achternaam", nullable: true })
  familyName!: string | null;

  @Column("text", { name: "voorvoegsel", nullable: true })
  prefix!: string | null;

  @Column("text", { name: "voornamen", nullable: true })
  givenNames!: string | null;

  @Column("text", { name: "voorletters", nullable: true })
  initials!: string | null;

  @Column("text", { name: "roepnaam", nullable: true })
  callName!: string | null;

  @Column("text", { name: "emailadres", nullable: true })
  email!: string | null;

  /** Roles in the terms of EDEXML: DIR, ADJ, IB, LRK, LOC, SMW … */
  @Column("text", { name: "rollen", array: true })
  roles!: string[];

  /** First day on which the person no longer works here (`YYYY-MM-DD`). */
  @Column("date", { name: "uitdienstdatum", nullable: true })
  employedUntil!: string | null;
}

/** Who teaches which group. */
@Entity({ schema: "registry", name: "medewerker_groep" })
export class RegistryStaffGroup {
  @PrimaryColumn("bigint", { name: "medewerkernummer" })
  staffMemberId!: string;

  @PrimaryColumn("bigint", { name: "groepnummer" })
  groupId!: string;
}

/** Every entity of the registry, for the list that a data source asks for. */
export const registryEntities = [
  RegistrySchool,
  RegistryGroup,
  RegistryPupil,
  RegistryStaffMember,
  RegistryStaffGroup,
] as const;
