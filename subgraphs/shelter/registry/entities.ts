import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";

/*
 * The shelter's client records as we read and write them: English names in the code, the system's
 * own Dutch names in the database. To wrap another system, map these classes to its tables or views.
 */

/** A house of the shelter, which acts as an organisation of its own. */
@Entity({ schema: "registry", name: "opvanglocatie" })
export class ShelterLocation {
  @PrimaryColumn("smallint", { name: "locatienr" })
  number!: number;

  @Column("text", { name: "oin" })
  oin!: string;
}

/** A family's record at a location. */
@Entity({ schema: "registry", name: "gezin" })
export class ShelterFamily {
  @PrimaryGeneratedColumn("uuid", { name: "gezin_uid" })
  id!: string;

  @Column("smallint", { name: "locatienr" })
  location!: number;
}

/** A member of a family. We write such rows; only the trigger reads them. */
@Entity({ schema: "registry", name: "client" })
export class ShelterClient {
  @PrimaryGeneratedColumn("uuid", { name: "client_uid" })
  id!: string;

  @Column("uuid", { name: "gezin_uid" })
  familyId!: string;

  @Column("text", { name: "gezinsrol" })
  role!: string;

  @Column("varchar", { name: "burgerservicenummer", nullable: true, select: false })
  bsn?: string | null;

  @Column("text", { name: "voornaam", nullable: true })
  givenName!: string | null;

  @Column("text", { name: "tussenvoegsel", nullable: true })
  prefix!: string | null;

  @Column("text", { name: "achternaam", nullable: true })
  familyName!: string | null;

  /** `YYYY-MM-DD` */
  @Column("date", { name: "geboren_op", nullable: true })
  birthDate!: string | null;
}

/** A note of what happened to a family. */
@Entity({ schema: "registry", name: "melding" })
export class ShelterNote {
  @PrimaryGeneratedColumn("uuid", { name: "melding_uid" })
  id!: string;

  @Column("uuid", { name: "gezin_uid" })
  familyId!: string;

  @Column("smallint", { name: "soort" })
  kind!: number;

  /** Whether violence took place, rather than was feared. */
  @Column("boolean", { name: "feitelijk_geweld" })
  actualViolence!: boolean;

  @Column("timestamptz", { name: "voorgevallen_op" })
  occurredAt!: Date;

  @Column("text", { name: "kenmerk", nullable: true })
  reference!: string | null;
}

/** Whom a note is about. */
@Entity({ schema: "registry", name: "melding_client" })
export class ShelterNoteClient {
  @PrimaryColumn("uuid", { name: "melding_uid" })
  noteId!: string;

  @PrimaryColumn("uuid", { name: "client_uid" })
  clientId!: string;
}

/** That a family is guided. We write such rows; only the trigger reads them. */
@Entity({ schema: "registry", name: "begeleiding" })
export class ShelterGuidance {
  @PrimaryGeneratedColumn("uuid", { name: "begeleiding_uid" })
  id!: string;

  @Column("uuid", { name: "gezin_uid" })
  familyId!: string;

  @Column("text", { name: "begeleider" })
  supporter!: string;

  @Column("text", { name: "telefoon", nullable: true })
  telephone!: string | null;

  @Column("text", { name: "emailadres", nullable: true })
  email!: string | null;
}
