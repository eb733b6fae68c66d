import { Column, Entity, PrimaryColumn } from "typeorm";

/** A pupil for whom a parent has agreed to a support circle. */
@Entity({ schema: "care", name: "circle_pupil" })
export class CirclePupilRow {
  /** Leerplicht's id of it. */
  @PrimaryColumn("uuid")
  id!: string;

  @Column("text", { name: "school_id", nullable: true })
  schoolId!: string | null;

  /** The registry's number, encrypted (`pupilNumberOf`); null once the circle is closed. */
  @Column("text", { nullable: true })
  pupil!: string | null;

  /** Random, for this circle only; null once it is closed. */
  @Column("uuid", { name: "pupil_id", nullable: true })
  pupilId!: string | null;

  /** Joins the circle with its pupil in the federation. No client can read it. */
  @Column("uuid", { name: "circle_key", nullable: true })
  circleKey!: string | null;
}

/** A talk of which a school's contact persons are to be reminded. */
@Entity({ schema: "care", name: "talk_to_come" })
export class TalkToComeRow {
  /** Under which the shelter's part asked for it. */
  @PrimaryColumn("uuid")
  id!: string;

  /** Whose talk it is; null where it was taken back, as is the day. */
  @Column("uuid", { name: "circle_key", nullable: true })
  circleKey!: string | null;

  /** `YYYY-MM-DD` */
  @Column("date", { nullable: true })
  day!: string | null;

  /** When the first contact is told, and when the deputies are; null where they are not to be, or have been. */
  @Column("timestamptz", { name: "first_at", nullable: true })
  firstAt!: Date | null;

  @Column("timestamptz", { name: "deputies_at", nullable: true })
  deputiesAt!: Date | null;
}

/** That one contact person is reminded, on one day, of a talk. */
@Entity({ schema: "care", name: "talk_reminder" })
export class TalkReminderRow {
  @PrimaryColumn("uuid")
  id!: string;

  /** The talk's id here. */
  @Column("uuid")
  asked!: string;

  /** The person's key in the school's own exports. */
  @Column("text", { name: "staff_key" })
  staffKey!: string;

  /** The day of the mail: `YYYY-MM-DD` */
  @Column("date")
  day!: string;

  /** Null while it is to be sent. */
  @Column("timestamptz", { name: "settled_at", nullable: true })
  settledAt!: Date | null;
}
