import { Column, Entity, PrimaryColumn } from "typeorm";

/** The guidance of one family. */
@Entity({ schema: "care", name: "guidance" })
export class GuidanceRow {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("text")
  organisation!: string;

  /** The registry's key; null once erased. */
  @Column("uuid", { name: "family_key", nullable: true })
  familyKey!: string | null;

  @Column("text", { name: "supporter_name", nullable: true })
  supporterName!: string | null;

  @Column("text", { name: "supporter_telephone", nullable: true })
  supporterTelephone!: string | null;

  @Column("text", { name: "supporter_email", nullable: true })
  supporterEmail!: string | null;

  @Column("timestamptz", { name: "started_at" })
  startedAt!: Date;

  /** When the first school of the family was in: a fact that stays. */
  @Column("timestamptz", { name: "first_circle_at", nullable: true })
  firstCircleAt!: Date | null;

  @Column("timestamptz", { name: "ended_at", nullable: true })
  endedAt!: Date | null;

  @Column("timestamptz", { name: "erases_at", nullable: true })
  erasesAt!: Date | null;
}

/** A child of a family that is guided. */
@Entity({ schema: "care", name: "guided_child" })
export class GuidedChildRow {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { name: "guidance" })
  guidanceId!: string;

  @Column("text")
  organisation!: string;

  /** The registry's key; null once erased. */
  @Column("uuid", { name: "registry_key", nullable: true })
  registryKey!: string | null;
}

/** One consent of one parent, for one child. */
@Entity({ schema: "care", name: "consent" })
export class ConsentRow {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { name: "child" })
  childId!: string;

  @Column("text")
  organisation!: string;

  /** The registry's key of the parent; null once erased. */
  @Column("uuid", { name: "given_by", nullable: true })
  givenBy!: string | null;

  @Column("timestamptz", { name: "given_at" })
  givenAt!: Date;

  @Column("timestamptz", { name: "valid_until" })
  validUntil!: Date;

  @Column("timestamptz", { name: "ended_at", nullable: true })
  endedAt!: Date | null;

  /** Whether a parent took it back, rather than that its time was over. */
  @Column("boolean")
  withdrawn!: boolean;
}

/** Where Leerplicht found a child for whom there is consent. */
@Entity({ schema: "care", name: "school_link" })
export class SchoolLinkRow {
  @PrimaryColumn("uuid", { name: "consent" })
  consentId!: string;

  @Column("text")
  organisation!: string;

  /** Counts Leerplicht's news of it. */
  @Column("integer")
  turn!: number;

  @Column("text", { name: "school_id", nullable: true })
  schoolId!: string | null;

  @Column("uuid", { name: "circle_key", nullable: true })
  circleKey!: string | null;

  @Column("timestamptz")
  since!: Date;
}

export const guidanceEntities = [GuidanceRow, GuidedChildRow, ConsentRow, SchoolLinkRow] as const;
