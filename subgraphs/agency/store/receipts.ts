import type { EntityManager } from "typeorm";

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
    "select digest, incident from care.receipt where organisation = $1 and idempotency_key = $2",
    [key.organisation, key.idempotencyKey],
  );
  return receipt;
}

/**
 * Takes the key for this transaction. Where another transaction holds it, waits for that one's end.
 * @returns whether the key was free; if not, its receipt can be found now.
 */
export async function takeKey(rows: EntityManager, key: ReceiptKey, digest: Buffer): Promise<boolean> {
  const taken = await rows.query<unknown[]>(
    `insert into care.receipt (organisation, idempotency_key, digest) values ($1, $2, $3)
     on conflict do nothing returning idempotency_key`,
    [key.organisation, key.idempotencyKey, digest],
  );
  return taken.length === 1;
}

/** Completes the receipt of a key that this transaction took. */
export async function completeReceipt(rows: EntityManager, key: ReceiptKey, incident: string): Promise<void> {
  await rows.query("update care.receipt set incident = $3 where organisation = $1 and idempotency_key = $2", [
    key.organisation,
    key.idempotencyKey,
    incident,
  ]);
}
