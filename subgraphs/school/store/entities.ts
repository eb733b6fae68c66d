import { Column, Entity, PrimaryColumn } from "typeorm";
import type { SignalStatus } from "../decisions/status.ts";

/** One signal in a school's inbox. */
@Entity({ schema: "care", name: "signal" })
export class SignalRow {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("text", { name: "school_id" })
  schoolId!: string;

  /** Random, for this signal only; null once sealed or erased. */
  @Column("uuid", { name: "pupil_id", nullable: true })
  pupilId!: string | null;

  /** The registry's number, encrypted (`pupilNumberOf`); null once sealed or erased, and so is its digest. */
  @Column("text", { nullable: true })
  pupil!: string | null;

  @Column("text", { name: "pupil_digest", nullable: true })
  pupilDigest!: string | null;

  /** `YYYY-MM-DD` */
  @Column("date", { name: "support_on" })
  supportOn!: string;

  @Column("text")
  status!: SignalStatus;

  @Column("timestamptz", { name: "raised_at" })
  raisedAt!: Date;

  /** When somebody looked last: one that is due anew on a later day is to be looked at again. */
  @Column("timestamptz", { name: "seen_at", nullable: true })
  seenAt!: Date | null;

  /** The registry's number of the teacher who was told. */
  @Column("bigint", { name: "handed_to", nullable: true })
  handedToNumber!: string | null;

  /** The same person's key in the school's own exports, by which a teacher's token is known. */
  @Column("text", { name: "handed_to_key", nullable: true })
  handedToKey!: string | null;

  /** Sent by a contact person to practise with; about nobody in the registry. */
  @Column("boolean", { default: false })
  practice!: boolean;

  /** When the deputies are told, should nobody have looked by then; null where they are not to be. */
  @Column("timestamptz", { name: "deputies_at", nullable: true })
  deputiesAt!: Date | null;

  @Column("timestamptz", { name: "supported_at", nullable: true })
  supportedAt!: Date | null;

  @Column("timestamptz", { name: "erases_at" })
  erasesAt!: Date;
}

/** One delivery by Leerplicht; without a signal where it was withdrawn before it came. */
@Entity({ schema: "care", name: "delivery" })
export class DeliveryRow {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { name: "signal_id", nullable: true })
  signalId!: string | null;

  @Column("boolean")
  withdrawn!: boolean;

  /** Whether the router was told that somebody has looked. */
  @Column("boolean", { default: false })
  seen!: boolean;
}

/** A delivery that came outside the contact hours, until the inbox opens. */
@Entity({ schema: "care", name: "held_delivery" })
export class HeldDeliveryRow {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("text", { name: "school_id" })
  schoolId!: string;

  /** The registry's number, encrypted (`pupilNumberOf`). */
  @Column("text")
  pupil!: string;

  @Column("text", { name: "pupil_digest" })
  pupilDigest!: string;

  @Column("timestamptz", { name: "appears_at" })
  appearsAt!: Date;

  /** How often that has moved, as the router is told. */
  @Column("integer", { default: 0 })
  moves!: number;
}

/** When the contact persons of a school are reached. */
@Entity({ schema: "care", name: "contact_hours" })
export class ContactHoursRow {
  @PrimaryColumn("text", { name: "school_id" })
  schoolId!: string;

  /** `HH:MM:SS`, and so is `closes`. */
  @Column("time")
  opens!: string;

  @Column("time")
  closes!: string;

  @Column("boolean")
  always!: boolean;
}

/** Days on which a school differs from its region. */
@Entity({ schema: "care", name: "school_own_days" })
export class OwnDaysRow {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("text", { name: "school_id" })
  schoolId!: string;

  /** `YYYY-MM-DD`, and so is the last. */
  @Column("date", { name: "first_day" })
  firstDay!: string;

  @Column("date", { name: "last_day" })
  lastDay!: string;

  @Column("boolean", { name: "is_school" })
  isSchool!: boolean;
}

/** That somebody at a school is a contact person. */
@Entity({ schema: "care", name: "contact_person" })
export class ContactPersonRow {
  @PrimaryColumn("text", { name: "school_id" })
  schoolId!: string;

  /** The person's key in the school's own exports. */
  @PrimaryColumn("text", { name: "staff_key" })
  staffKey!: string;

  /** The first contact has the lowest. */
  @Column("integer")
  position!: number;
}
