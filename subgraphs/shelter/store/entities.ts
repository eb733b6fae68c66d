import { Column, Entity, PrimaryColumn } from "typeorm";
import type { ConsentCoverage } from "../decisions/consent.ts";
import type { ConcernKind, ConversationSide, ConversationStatus, ParticipantRole } from "../decisions/conversation.ts";

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

  /** The one school that it is for; null where it is for whichever the child goes to. */
  @Column("text", { name: "school_id", nullable: true })
  schoolId!: string | null;

  /** What it is for besides. */
  @Column("text", { array: true })
  covers!: ConsentCoverage[];

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

/** A talk of parents, supporter and the school's contact. Read it by `care.visible_conversation`, not here. */
@Entity({ schema: "care", name: "conversation" })
export class ConversationRow {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { name: "guidance" })
  guidanceId!: string;

  @Column("uuid", { name: "child" })
  childId!: string;

  @Column("text")
  organisation!: string;

  /** The school that takes part; null once erased. */
  @Column("text", { name: "school_id", nullable: true })
  schoolId!: string | null;

  /** Null once erased. */
  @Column("text", { nullable: true })
  kind!: ConcernKind | null;

  /** Null once erased. */
  @Column("text", { name: "raised_by", nullable: true })
  raisedBy!: ConversationSide | null;

  /** Leerplicht's id of the absence that it is about. */
  @Column("uuid", { nullable: true })
  absence!: string | null;

  @Column("text")
  status!: ConversationStatus;

  /** Those proposed. */
  @Column("timestamptz", { array: true })
  moments!: Date[];

  /** The one that was chosen. */
  @Column("timestamptz", { name: "starts_at", nullable: true })
  startsAt!: Date | null;

  /** Encrypted; null once erased. */
  @Column("text", { nullable: true })
  place!: string | null;

  /** How often it was changed. */
  @Column("integer")
  revision!: number;

  /** The moment of which the participants were reminded. */
  @Column("timestamptz", { name: "reminded_for", nullable: true })
  remindedFor!: Date | null;

  /** Under which the school was asked to remind its contact persons; null while nothing is asked of it. */
  @Column("uuid", { name: "reminder_id", nullable: true })
  reminderId!: string | null;

  /** For which day: `YYYY-MM-DD`. */
  @Column("date", { name: "reminder_day", nullable: true })
  reminderDay!: string | null;
}

/** What was agreed in a talk. */
@Entity({ schema: "care", name: "support_action" })
export class SupportActionRow {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { name: "conversation" })
  conversationId!: string;

  /** Its place among those of the talk. */
  @Column("integer")
  ordinal!: number;

  /** Encrypted; null once erased. */
  @Column("text", { nullable: true })
  what!: string | null;

  @Column("text")
  who!: ParticipantRole;

  /** `YYYY-MM-DD` */
  @Column("date", { name: "by_day" })
  by!: string;

  @Column("timestamptz", { name: "kept_at", nullable: true })
  keptAt!: Date | null;
}

export const guidanceEntities = [
  GuidanceRow,
  GuidedChildRow,
  ConsentRow,
  SchoolLinkRow,
  ConversationRow,
  SupportActionRow,
] as const;
