import { Column, Entity, PrimaryColumn } from "typeorm";
import type { SignalProgress } from "../decisions/progress.ts";

/** Our handle on an incident of the registry. */
@Entity({ schema: "care", name: "incident" })
export class IncidentHandle {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("text", { name: "registry_key" })
  registryKey!: string;

  @Column("timestamptz", { name: "occurred_at" })
  occurredAt!: Date;

  @Column("timestamptz", { name: "reported_at" })
  reportedAt!: Date;
}

/** How far the signal about one child is. */
@Entity({ schema: "care", name: "sent_signal" })
export class SentSignalRow {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("text")
  organisation!: string;

  @Column("uuid")
  incident!: string;

  /** The order of the children in their report. */
  @Column("bigint")
  ordinal!: string;

  @Column("timestamptz", { name: "sent_at" })
  sentAt!: Date;

  @Column("timestamptz", { name: "occurred_at" })
  occurredAt!: Date;

  @Column("text")
  progress!: SignalProgress;

  /** Whom it is about, as the processing log has it; null for what the existing system wrote past us. */
  @Column("text", { nullable: true })
  subject!: string | null;
}

export const agencyEntities = [IncidentHandle, SentSignalRow] as const;
