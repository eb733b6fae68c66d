import { Column, Entity, type EntityManager, PrimaryColumn } from "typeorm";

/** A day on which nobody of a school can be reached. */
@Entity({ schema: "care", name: "contact_gap" })
export class ContactGapRow {
  @PrimaryColumn("text", { name: "school_id" })
  schoolId!: string;

  /** `YYYY-MM-DD` */
  @PrimaryColumn("date")
  day!: string;

  /** The office that is told. */
  @Column("text")
  organisation!: string;

  /** False once somebody can be reached after all. */
  @Column("boolean")
  open!: boolean;

  @Column("timestamptz", { name: "found_at" })
  foundAt!: Date;
}

/** Whether a school is known to have nobody who can be reached on a day (`YYYY-MM-DD`). */
export function hasContactGap(rows: EntityManager, schoolId: string, day: string): Promise<boolean> {
  return rows.existsBy(ContactGapRow, { schoolId, day, open: true });
}
