import { Column, Entity, PrimaryColumn } from "typeorm";

/** A child whose school is asked for, because a parent agreed to a support circle. */
@Entity({ schema: "care", name: "circle_search" })
export class CircleSearchRow {
  /** The id that the asking part gave it. */
  @PrimaryColumn("uuid")
  id!: string;

  /** The office that looks. */
  @Column("text")
  organisation!: string;

  /** The asking part, for example `shelter`. */
  @Column("text")
  sender!: string;

  /** Whom it is about, encrypted (`childOfSought`); null once the search has ended. */
  @Column("text", { nullable: true })
  sought!: string | null;

  /** Recognises the registry's child, where one was matched (`personDigest`). */
  @Column("text", { name: "person_digest", nullable: true })
  personDigest!: string | null;

  /** The school that the parent named, the only one that may be told; null where they named none. */
  @Column("text", { name: "named_school", nullable: true })
  namedSchool!: string | null;

  /** Recognises what the registry last said of where the child goes to school (`whereaboutsOf`). */
  @Column("text", { nullable: true })
  whereabouts!: string | null;

  /** Whether an officer has ended the task of this search without a school, since the registry said so. */
  @Column("boolean", { name: "left_alone" })
  leftAlone!: boolean;

  /** The school that an officer chose; null once the registry says something else. */
  @Column("text", { name: "chosen_school", nullable: true })
  chosenSchool!: string | null;

  /** The school that is in. */
  @Column("text", { name: "school_id", nullable: true })
  schoolId!: string | null;

  /** The id under which that school knows it. */
  @Column("uuid", { name: "circle_id", nullable: true })
  circleId!: string | null;

  /** Counts what the asking part was told. */
  @Column("integer")
  turn!: number;

  @Column("timestamptz", { name: "ended_at", nullable: true })
  endedAt!: Date | null;
}
