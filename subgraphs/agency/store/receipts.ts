import type { EntityManager } from "typeorm";
import { identitiesOf } from "../../../plumbing/identities/identities.ts";

/** What came under an idempotency key, and the incident that it became. */
export interface Receipt {
  readonly digest: Buffer;
  readonly incident: string;
}

/** A key of one organisation; another organisation's same text is another key. */
export interface ReceiptKey {
  readonly organisation: string;
  readonly idempotencyKey: string;
}

export async function findReceipt(rows: EntityManager, key: ReceiptKey): Promise<Receipt | undefined> {
  const [receipt] = await rows.query<Receipt[]>(
    "select digest, incident from care.receipt where organisation = $1 and key_digest = $2",
    [key.organisation, digestOf(rows, key)],
  );
  return receipt;
}

/**
 * Takes the key for this transaction. Where another transaction holds it, waits for that one's end.
 * @returns whether the key was free; if not, its receipt can be found now.
 */
export async function takeKey(rows: EntityManager, key: ReceiptKey, digest: Buffer): Promise<boolean> {
  const taken = await rows.query<unknown[]>(
    `insert into care.receipt (organisation, key_digest, digest) values ($1, $2, $3)
     on conflict do nothing returning id`,
    [key.organisation, digestOf(rows, key), digest],
  );
  return taken.length === 1;
}

/** Completes the receipt of a key that this transaction took. */
export async function completeReceipt(rows: EntityManager, key: ReceiptKey, incident: string): Promise<void> {
  await rows.query("update care.receipt set incident = $3 where organisation = $1 and key_digest = $2", [
    key.organisation,
    digestOf(rows, key),
    incident,
  ]);
}

/** The key is the integrator's own text, which may name a child: it is not kept. */
function digestOf(rows: EntityManager, { idempotencyKey }: Pick<ReceiptKey, "idempotencyKey">): string {
  return identitiesOf(rows).digest("idempotency key", idempotencyKey);
}

/** Receipts of an earlier version hold the key itself. */
export async function digestPlainKeys(rows: EntityManager): Promise<void> {
  const plain = await rows.query<{ id: string; idempotencyKey: string }[]>(
    `select id, idempotency_key as "idempotencyKey" from care.receipt where idempotency_key is not null`,
  );
  for (const receipt of plain) {
    await rows.query("update care.receipt set idempotency_key = null, key_digest = $2 where id = $1", [
      receipt.id,
      digestOf(rows, receipt),
    ]);
  }
}
