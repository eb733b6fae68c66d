import { Column, Entity, PrimaryColumn } from "typeorm";

/*
 * Leerplicht's administration as we read it: English names in the code, the system's own Dutch names
 * in the database. To wrap another administration, map these classes to its tables or views. Nothing
 * of ours writes through them.
 */

/** A young person of school age whom the office knows. */
@Entity({ schema: "registry", name: "jeugdige" })
export class RegistryYoungPerson {
  @PrimaryColumn("bigint", { name: "jeugdige_id" })
  id!: string;

  /** Nine digits. For the match only. */
  @Column("text", { name: "bsn", nullable: true, select: false })
  bsn?: string | null;

  @Column("text", { name: "achternaam" })
  familyName!: string;

  @Column("text", { name: "voorvoegsel", nullable: true })
  prefix!: string | null;

  @Column("text", { name: "voornamen", nullable: true })
  givenNames!: string | null;

  @Column("text", { name: "roepnaam", nullable: true })
  callName!: string | null;

  /** `YYYY-MM-DD`. */
  @Column("date", { name: "geboortedatum" })
  birthDate!: string;

  /** Municipality of residence, in the four digits of Statistics Netherlands (CBS). */
  @Column("text", { name: "gemeentecode", nullable: true })
  municipality!: string | null;
}

/** One site of an institution. A site that no officer looks after lies outside the office's area. */
@Entity({ schema: "registry", name: "onderwijsinstelling" })
export class RegistryInstitution {
  @PrimaryColumn("text", { name: "brin" })
  brin!: string;

  @PrimaryColumn("text", { name: "vestiging" })
  siteNumber!: string;

  @Column("text", { name: "naam" })
  name!: string;

  @Column("text", { name: "plaats", nullable: true })
  city!: string | null;

  /** Municipality in which the site lies (CBS, four digits). */
  @Column("text", { name: "gemeentecode" })
  municipality!: string;

  /** Whether the site takes part in Handle with Care. */
  @Column("boolean", { name: "deelname" })
  participates!: boolean;

  /** First day on which the site no longer exists (`YYYY-MM-DD`). */
  @Column("date", { name: "einddatum", nullable: true })
  endedOn!: string | null;
}

/** A compulsory-education officer. */
@Entity({ schema: "registry", name: "leerplichtambtenaar" })
export class RegistryOfficer {
  @PrimaryColumn("bigint", { name: "ambtenaar_id" })
  id!: string;

  @Column("text", { name: "naam" })
  name!: string;

  @Column("text", { name: "telefoon", nullable: true })
  telephone!: string | null;

  @Column("text", { name: "emailadres" })
  email!: string;
}

/** Which officer looks after which site. */
@Entity({ schema: "registry", name: "ambtenaar_werkgebied" })
export class RegistryOfficerSite {
  @PrimaryColumn("bigint", { name: "ambtenaar_id" })
  officerId!: string;

  @PrimaryColumn("text", { name: "brin" })
  brin!: string;

  @PrimaryColumn("text", { name: "vestiging" })
  siteNumber!: string;
}

/** A report of absence that is suspected to be without leave. */
@Entity({ schema: "registry", name: "verzuimmelding" })
export class RegistryAbsence {
  @PrimaryColumn("bigint", { name: "verzuim_id" })
  id!: string;

  @Column("bigint", { name: "jeugdige_id" })
  personId!: string;

  /** `YYYY-MM-DD` */
  @Column("date", { name: "eerste_dag" })
  firstDay!: string;

  /** `YYYY-MM-DD`, included. */
  @Column("date", { name: "laatste_dag" })
  lastDay!: string;

  /** The office that has it, by OIN. */
  @Column("text", { name: "kantoor_oin" })
  organisation!: string;
}

/** Every entity of the registry, for the list that a data source asks for. */
export const registryEntities = [
  RegistryYoungPerson,
  RegistryInstitution,
  RegistryOfficer,
  RegistryOfficerSite,
  RegistryAbsence,
] as const;
