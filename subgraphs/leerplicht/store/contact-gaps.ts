import { Column, Entity, PrimaryColumn } from "typeorm";

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
