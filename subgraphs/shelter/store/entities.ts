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

  /** The registry's key. */
  @Column("uuid", { name: "family_key" })
  familyKey!: string;

  @Column("text", { name: "supporter_name" })
  supporterName!: string;

  @Column("text", { name: "supporter_telephone", nullable: true })
  supporterTelephone!: string | null;

  @Column("text", { name: "supporter_email", nullable: true })
  supporterEmail!: string | null;

  @Column("timestamptz", { name: "started_at" })
  startedAt!: Date;

  /** When the first school of the family was in. */
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

  /** The registry's key. */
  @Column("uuid", { name: "registry_key" })
  registryKey!: string;
}

/** One consent of one parent, for one child, as it was given: a later one of the same parent takes its place. */
@Entity({ schema: "care", name: "consent" })
export class ConsentRow {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { name: "child" })
  childId!: string;

  @Column("text")
  organisation!: string;

  /** The registry's key of the parent. */
  @Column("uuid", { name: "given_by" })
  givenBy!: string;

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

/**
 * The circle of a child, there while a consent for it has not ended: the search at Leerplicht, and the school that it
 * found. Whether it stands is said by `care.support_circle`, not here.
 */
@Entity({ schema: "care", name: "circle" })
export class CircleRow {
  /** Under which Leerplicht is asked. */
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { name: "child" })
  childId!: string;

  @Column("text")
  organisation!: string;

  /** The one school that Leerplicht is asked for; null where it looks for whichever the child goes to. */
  @Column("text", { name: "named_school", nullable: true })
  namedSchool!: string | null;

  /** Counts Leerplicht's news of it; 0 before the first. */
  @Column("integer")
  turn!: number;

  /** The school that is in. */
  @Column("text", { name: "school_id", nullable: true })
  schoolId!: string | null;

  @Column("uuid", { name: "circle_key", nullable: true })
  circleKey!: string | null;

  @Column("timestamptz", { nullable: true })
  since!: Date | null;
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

  /** The school that takes part. */
  @Column("text", { name: "school_id" })
  schoolId!: string;

  @Column("text")
  kind!: ConcernKind;

  @Column("text", { name: "raised_by" })
  raisedBy!: ConversationSide;

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

  /** Encrypted; null before one is proposed. */
  @Column("text", { nullable: true })
  place!: string | null;

  /** How often it was changed. */
  @Column("integer")
  revision!: number;

  /** When it is to be looked at whether somebody must be reminded of it, or no longer; null where nothing is to be done. */
  @Column("timestamptz", { name: "reminds_at", nullable: true })
  remindsAt!: Date | null;

  /** Since when the supporter is to be mailed of it; null where nobody waits for that. */
  @Column("timestamptz", { name: "mails_at", nullable: true })
  mailsAt!: Date | null;

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

  /** Encrypted. */
  @Column("text")
  what!: string;

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
  CircleRow,
  ConversationRow,
  SupportActionRow,
] as const;
