import { Column, Entity, PrimaryColumn } from "typeorm";

/** Days on which a contact person cannot be reached, both ends included. */
@Entity({ schema: "care", name: "contact_absence" })
export class ContactAbsenceRow {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("text", { name: "school_id" })
  schoolId!: string;

  /** The person's key in the school's own exports. */
  @Column("text", { name: "staff_key" })
  staffKey!: string;

  /** `YYYY-MM-DD` */
  @Column("date", { name: "first_day" })
  firstDay!: string;

  /** `YYYY-MM-DD` */
  @Column("date", { name: "last_day" })
  lastDay!: string;
}

/** That somebody is told, on one day, that a signal waits. */
@Entity({ schema: "care", name: "reminder" })
export class ReminderRow {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { name: "signal_id" })
  signalId!: string;

  /** The person's key in the school's own exports. */
  @Column("text", { name: "staff_key" })
  staffKey!: string;

  /** `YYYY-MM-DD` */
  @Column("date")
  day!: string;

  /** Null while it is to be sent. */
  @Column("timestamptz", { name: "settled_at", nullable: true })
  settledAt!: Date | null;
}

/** A day on which nobody of a school can be reached, as Leerplicht was told. */
@Entity({ schema: "care", name: "contact_gap" })
export class ContactGapRow {
  @PrimaryColumn("text", { name: "school_id" })
  schoolId!: string;

  /** `YYYY-MM-DD` */
  @PrimaryColumn("date")
  day!: string;

  /** False once somebody can be reached after all. */
  @Column("boolean")
  open!: boolean;
}
