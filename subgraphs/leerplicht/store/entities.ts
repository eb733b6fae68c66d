import { Column, Entity, PrimaryColumn } from "typeorm";
import type { LedgerProgress } from "../decisions/progress.ts";
import type { ReleaseOutcome, StopReason } from "../decisions/release.ts";
import type { ReturnReason, RoutingReason } from "../decisions/route.ts";

/** A child as an agency described it, or as the registry has it. */
export interface ChildRecord {
  readonly bsn?: string | null;
  readonly givenName?: string | null;
  readonly callName?: string | null;
  readonly prefix?: string | null;
  readonly familyName?: string | null;
  /** `YYYY-MM-DD` */
  readonly birthDate?: string | null;
}

/** One signal in the routing ledger. */
@Entity({ schema: "care", name: "submission" })
export class SubmissionRow {
  /** The id that the sender gave it. */
  @PrimaryColumn("uuid")
  id!: string;

  /** The office that routes it. */
  @Column("text")
  organisation!: string;

  /** The sending part, for example `police`. */
  @Column("text")
  sender!: string;

  @Column("text", { name: "sender_organisation" })
  senderOrganisation!: string;

  /** When the incident was. Null once a school has the signal, as the deadline then stands. */
  @Column("timestamptz", { name: "occurred_at", nullable: true })
  occurredAt!: Date | null;

  /** Null only where it was withdrawn before it came. */
  @Column("timestamptz", { name: "due_by", nullable: true })
  dueBy!: Date | null;

  /** Whether that is a first bell of the first school that had the signal, for as long as it is there: it moves with it. */
  @Column("boolean", { name: "due_at_bell", default: false })
  dueAtBell!: boolean;

  @Column("timestamptz", { name: "received_at" })
  receivedAt!: Date;

  @Column("text")
  progress!: LedgerProgress;

  @Column("timestamptz", { name: "seen_at", nullable: true })
  seenAt!: Date | null;

  /** Until when the child is kept, as the signal may come back; null while nobody has seen it. */
  @Column("timestamptz", { name: "forget_at", nullable: true })
  forgetAt!: Date | null;

  /** When it was supported, withdrawn or closed. */
  @Column("timestamptz", { name: "ended_at", nullable: true })
  endedAt!: Date | null;

  /** Of the school that it went to, else where the child lives (CBS, four digits). For figures only. */
  @Column("text", { nullable: true })
  municipality!: string | null;

  /** Whom it is about, encrypted (`soughtChildOf`); null once there is nothing more to route. */
  @Column("text", { nullable: true })
  sought!: string | null;
}

export type DeliveryState = "SENT" | "DELIVERED" | "REFUSED" | "RETURNED" | "WITHDRAWN";

/** What went to a school. */
@Entity({ schema: "care", name: "delivery" })
export class DeliveryRow {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { name: "submission_id" })
  submissionId!: string;

  @Column("text", { name: "school_id" })
  schoolId!: string;

  @Column("text")
  state!: DeliveryState;

  @Column("timestamptz", { name: "sent_at" })
  sentAt!: Date;

  /** How often the school has said anew when it appears there. */
  @Column("integer", { default: 0 })
  appearance!: number;

  /** When an officer is asked to call, unless somebody has looked by then; null once that has been looked at. */
  @Column("timestamptz", { name: "escalates_at", nullable: true })
  escalatesAt!: Date | null;
}

/** How an officer's task ended. */
export type TaskOutcome =
  | "ROUTED"
  | "WITHDRAWN"
  | "SEEN"
  | "SUPPORT_ARRANGED"
  | "NO_SCHOOL"
  | "NOT_FOUND"
  | "DUPLICATE"
  | "FORWARDED"
  | "LAPSED";

/** What an officer has to do. */
@Entity({ schema: "care", name: "routing_task" })
export class RoutingTaskRow {
  @PrimaryColumn("uuid")
  id!: string;

  /** The signal that it is about; null where it is about a search for a support circle. */
  @Column("uuid", { name: "submission_id", nullable: true })
  submissionId!: string | null;

  @Column("uuid", { name: "circle_search_id", nullable: true })
  circleSearchId!: string | null;

  @Column("text")
  organisation!: string;

  @Column("text")
  reason!: RoutingReason;

  /** Where the signal lies unseen, or from where it came back; or the one school that a parent named. */
  @Column("text", { name: "school_id", nullable: true })
  schoolId!: string | null;

  /** Why it came back, as the school said. */
  @Column("text", { name: "return_reason", nullable: true })
  returnReason!: ReturnReason | null;

  /** The officer who is at work on it, by `sub`. */
  @Column("text", { name: "claimed_by", nullable: true })
  claimedBy!: string | null;

  @Column("timestamptz", { name: "claimed_until", nullable: true })
  claimedUntil!: Date | null;

  @Column("timestamptz", { name: "opened_at" })
  openedAt!: Date;

  @Column("timestamptz", { name: "closed_at", nullable: true })
  closedAt!: Date | null;

  @Column("text", { nullable: true })
  outcome!: TaskOutcome | null;
}

/** What the region's release desk may let go or stop. */
@Entity({ schema: "care", name: "release_task" })
export class ReleaseTaskRow {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { name: "submission_id" })
  submissionId!: string;

  /** The organisation whose desk it is. */
  @Column("text")
  organisation!: string;

  /** When the signal goes on by itself. */
  @Column("timestamptz", { name: "act_by" })
  actBy!: Date;

  @Column("timestamptz", { name: "opened_at" })
  openedAt!: Date;

  @Column("timestamptz", { name: "closed_at", nullable: true })
  closedAt!: Date | null;

  @Column("text", { nullable: true })
  outcome!: ReleaseOutcome | null;

  @Column("text", { name: "stop_reason", nullable: true })
  stopReason!: StopReason | null;
}
