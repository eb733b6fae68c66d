import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";

/*
 * The police records system as we read and write it: English names in the code, the system's own
 * Dutch names in the database. To wrap another system, map these classes to its tables or views.
 */

/** A unit of the force, which acts as an organisation of its own. */
@Entity({ schema: "registry", name: "eenheid" })
export class PoliceUnit {
  @PrimaryColumn("text", { name: "eenheidscode" })
  code!: string;

  @Column("text", { name: "oin" })
  oin!: string;
}

@Entity({ schema: "registry", name: "incident" })
export class PoliceIncident {
  @PrimaryGeneratedColumn("identity", { name: "incident_id", type: "bigint", generatedIdentity: "ALWAYS" })
  id!: string;

  @Column("text", { name: "incidentnummer", nullable: true })
  number!: string | null;

  @Column("text", { name: "eenheidscode" })
  unit!: string;

  /** Societal class (maatschappelijke klasse). */
  @Column("text", { name: "klassecode", nullable: true })
  classCode!: string | null;

  /** `YYYY-MM-DD`, in the Netherlands. */
  @Column("date", { name: "pleegdatum", nullable: true })
  day!: string | null;

  /** `HH:MM:SS`, on the wall there. */
  @Column("time", { name: "pleegtijd", nullable: true })
  time!: string | null;
}

/** A person involved in an incident. We write such rows; only the trigger reads them. */
@Entity({ schema: "registry", name: "betrokkene" })
export class PolicePerson {
  @PrimaryGeneratedColumn("identity", { name: "betrokkene_id", type: "bigint", generatedIdentity: "ALWAYS" })
  id!: string;

  @Column("bigint", { name: "incident_id" })
  incidentId!: string;

  @Column("text", { name: "rol" })
  role!: string;

  @Column("text", { name: "bsn", nullable: true, select: false })
  bsn?: string | null;

  @Column("text", { name: "achternaam", nullable: true })
  familyName!: string | null;

  @Column("text", { name: "voorvoegsels", nullable: true })
  prefix!: string | null;

  @Column("text", { name: "voornamen", nullable: true })
  givenNames!: string | null;

  /** `YYYYMMDD`, with 00 for what is not known. */
  @Column("text", { name: "geboortedatum", nullable: true })
  birthDate!: string | null;
}
