import { createHmac, randomBytes } from "node:crypto";
import { Column, Entity, type EntityManager, In, IsNull, PrimaryColumn } from "typeorm";
import { codeEnd, readCode, type ViewRefusal, viewEnd, writeCode } from "../decisions/parent-code.ts";

/** A code that a supporter gave a parent, and the view that it opened. */
@Entity({ schema: "care", name: "parent_code" })
export class ParentCodeRow {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { name: "guidance" })
  guidanceId!: string;

  /** The registry's key. */
  @Column("uuid")
  parent!: string;

  /** A keyed digest. */
  @Column("bytea")
  code!: Buffer;

  @Column("timestamptz", { name: "valid_until" })
  validUntil!: Date;

  @Column("timestamptz", { name: "used_at", nullable: true })
  usedAt!: Date | null;

  /** A keyed digest. */
  @Column("bytea", { name: "view_key", nullable: true })
  viewKey!: Buffer | null;

  @Column("timestamptz", { name: "view_until", nullable: true })
  viewUntil!: Date | null;
}

/** That a school and the supporter knew each other by a consent. */
@Entity({ schema: "care", name: "sharing" })
export class SharingRow {
  @PrimaryColumn("uuid")
  id!: string;

  @Column("uuid", { name: "consent" })
  consentId!: string;

  /** Under which the school was told of it. */
  @Column("uuid", { name: "circle" })
  circleId!: string;

  @Column("text", { name: "school_id" })
  schoolId!: string;

  @Column("timestamptz")
  since!: Date;

  /** Null while they do. */
  @Column("timestamptz", { nullable: true })
  until!: Date | null;
}

/** Makes a code, as the system; an earlier one that the parent has not used is good no more. */
export async function inviteParent(
  rows: EntityManager,
  guidanceId: string,
  parent: string,
  { pseudonymKey, now }: { readonly pseudonymKey: string; readonly now: Date },
): Promise<{ code: string; validUntil: Date }> {
  await rows.delete(ParentCodeRow, { guidanceId, parent, usedAt: IsNull() });
  const code = writeCode(randomBytes(16));
  const validUntil = codeEnd(now);
  const id = crypto.randomUUID();
  const digest = digestOf(pseudonymKey, readCode(code));
  await rows.insert(ParentCodeRow, { id, guidanceId, parent, code: digest, validUntil });
  return { code, validUntil };
}

/** Whose view it is, and until when. */
export interface OpenView {
  readonly guidanceId: string;
  readonly parent: string;
  readonly until: Date;
}

/** Takes a code, as the system. Of two who hand in the same one at once, one is late. */
export async function takeCode(
  rows: EntityManager,
  typed: string,
  { pseudonymKey, now }: { readonly pseudonymKey: string; readonly now: Date },
): Promise<{ view: OpenView; key: string } | ViewRefusal> {
  const code = digestOf(pseudonymKey, readCode(typed));
  const known = await rows.findOne(ParentCodeRow, { where: { code }, lock: { mode: "for_no_key_update" } });
  if (known === null) return "CODE_UNKNOWN";
  if (known.usedAt !== null) return "CODE_USED";
  if (known.validUntil <= now) return "CODE_EXPIRED";
  const key = randomBytes(32).toString("base64url");
  const until = viewEnd(now);
  await rows.update(
    ParentCodeRow,
    { id: known.id },
    { usedAt: now, viewKey: digestOf(pseudonymKey, key), viewUntil: until },
  );
  return { view: { guidanceId: known.guidanceId, parent: known.parent, until }, key };
}

/** The view that a key belongs to, as the system. */
export async function findView(
  rows: EntityManager,
  key: string,
  { pseudonymKey, now }: { readonly pseudonymKey: string; readonly now: Date },
): Promise<OpenView | ViewRefusal> {
  const viewKey = digestOf(pseudonymKey, key.slice(0, 100));
  const known = await rows.findOneBy(ParentCodeRow, { viewKey });
  if (known?.viewUntil == null || known.viewUntil <= now) return "VIEW_OVER";
  return { guidanceId: known.guidanceId, parent: known.parent, until: known.viewUntil };
}

/** Nobody can find a code or a key by trying them against the digests. */
function digestOf(pseudonymKey: string, secret: string): Buffer {
  return createHmac("sha256", Buffer.from(pseudonymKey, "base64")).update(`parent ${secret}`).digest();
}

/** A school is in by a consent, as the system. */
export async function beginSharing(
  rows: EntityManager,
  consentId: string,
  { id: circleId, schoolId }: { readonly id: string; readonly schoolId: string },
  now: Date,
): Promise<void> {
  await rows.insert(SharingRow, { id: crypto.randomUUID(), consentId, circleId, schoolId, since: now });
}

/** No school is in by these consents any more, as the system. */
export async function endSharing(rows: EntityManager, consentIds: readonly string[], now: Date): Promise<void> {
  await rows.update(SharingRow, { consentId: In([...consentIds]), until: IsNull() }, { until: now });
}

/** What these consents have led to, the latest first, as the system. */
export function sharingsOf(rows: EntityManager, consentIds: readonly string[]): Promise<SharingRow[]> {
  return rows.find(SharingRow, { where: { consentId: In([...consentIds]) }, order: { since: "DESC", id: "DESC" } });
}
