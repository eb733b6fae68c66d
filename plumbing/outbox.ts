import { randomUUID } from "node:crypto";
import type { Task } from "graphile-worker";
import type { EntityManager } from "typeorm";
import type { Clock } from "./clock.ts";
import { type Database, systemClaims } from "./database.ts";
import type { GatewayClient } from "./hop.ts";
import { identitiesOf, type Place } from "./identities/identities.ts";
import { errorFacts, type Log } from "./log.ts";
import { attemptOf, TryAgain } from "./retry.ts";
import { isUuid } from "./uuid.ts";

/** One kind of thing that a part sends on to another, through the gateway. */
export interface Hop<Payload = unknown, Answer = unknown> {
  /** The mutation, with one variable `$input`. */
  readonly document: string | ((payload: Payload) => string);
  /** What goes as `$input`; the payload itself where this is left out. */
  input?(payload: Payload): unknown;
  /**
   * Makes the payload of a draft: of what a trigger wrote, which has no key and so names nobody. Without it the draft is
   * the payload.
   * @returns null where there is nothing to be sent any more; what follows from that is noted in the same transaction.
   */
  complete?(rows: EntityManager, draft: unknown): Promise<Payload | null>;
  /** What the part notes once the other has it; runs in the transaction that erases the payload. */
  acknowledged?(rows: EntityManager, payload: Payload, answer: Answer, now: Date): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: the kinds of one part differ in their payloads and answers
export type Hops = Readonly<Record<string, Hop<any, any>>>;

/** Writes what is to be sent on, encrypted, in the caller's transaction. */
export async function send(rows: EntityManager, kind: string, payload: object): Promise<void> {
  const id = randomUUID();
  const about = "id" in payload && typeof payload.id === "string" && isUuid(payload.id) ? payload.id : null;
  await rows.query("insert into care.outbox (id, kind, about, encrypted) values ($1, $2, $3, $4)", [
    id,
    kind,
    about,
    identitiesOf(rows).encrypt(contentOf(id), payload),
  ]);
}

function contentOf(id: string): Place {
  return { table: "outbox", column: "encrypted", row: id };
}

/**
 * Takes out of the outbox what the other part has not acknowledged yet; it may have taken it in all the same. What is
 * being acknowledged at this moment is left to that: to wait for it could be to wait for oneself.
 * @param id the `id` in its payload.
 */
export async function takeBack(rows: EntityManager, kind: string, id: string, now: Date): Promise<void> {
  await rows.query(
    `update care.outbox set acknowledged_at = $3, payload = null, encrypted = null where id in (
       select id from care.outbox where kind = $1 and about = $2 and acknowledged_at is null
       for update skip locked
     )`,
    [kind, id, now],
  );
}

export interface OutboxOptions {
  readonly database: Database;
  readonly gateway: GatewayClient;
  readonly hops: Hops;
  readonly clock: Clock;
  readonly log: Log;
}

interface OutboxRow {
  readonly id: string;
  readonly kind: string;
  /** A draft. */
  readonly payload: unknown;
  readonly encrypted: string | null;
}

/** What waits in the outbox, as its kind sends it. */
interface Waiting {
  readonly kind: string;
  readonly hop: Hop;
  readonly payload: unknown;
}

/**
 * Completes drafts, in the caller's transaction: from then on what they say hangs on nothing else. Runs as the part itself.
 * @param about the `id`s in them.
 */
export async function completeDrafts(
  rows: EntityManager,
  hops: Hops,
  about: readonly string[],
  now: Date,
): Promise<void> {
  const drafts = await rows.query<OutboxRow[]>(
    "select id, kind, payload, encrypted from care.outbox where about = any ($1) and payload is not null",
    [about],
  );
  for (const row of drafts) await complete(rows, hopOf(hops, row), row, now);
}

/** @returns null where there is nothing to be sent any more. */
async function complete(rows: EntityManager, hop: Hop, { id, payload: draft }: OutboxRow, now: Date): Promise<unknown> {
  const payload = hop.complete ? await hop.complete(rows, draft) : draft;
  const encrypted = payload === null ? null : identitiesOf(rows).encrypt(contentOf(id), payload);
  const [, changed] = await rows.query<[unknown, number]>(
    `update care.outbox set payload = null, encrypted = $2::text, acknowledged_at = case when $2 is null then $3::timestamptz end
     where id = $1 and acknowledged_at is null`,
    [id, encrypted, now],
  );
  return changed === 1 ? payload : null;
}

/** @returns undefined where it has been sent, or there is nothing to send. */
async function takeWaiting(rows: EntityManager, hops: Hops, id: string, now: Date): Promise<Waiting | undefined> {
  const [row] = await rows.query<OutboxRow[]>(
    "select id, kind, payload, encrypted from care.outbox where id = $1 and acknowledged_at is null",
    [id],
  );
  if (row === undefined) return undefined;
  const hop = hopOf(hops, row);
  const payload =
    row.encrypted === null
      ? await complete(rows, hop, row, now)
      : identitiesOf(rows).decrypt(contentOf(id), row.encrypted);
  return payload === null ? undefined : { kind: row.kind, hop, payload };
}

function hopOf(hops: Hops, { kind }: OutboxRow): Hop {
  const hop = hops[kind];
  if (hop === undefined) throw new Error("No hop of this kind");
  return hop;
}

/** Sends one row, at least once, until it is acknowledged. The other side takes it in once, by id. */
export function hopTask({ database, gateway, hops, clock, log }: OutboxOptions): Task {
  return async (given) => {
    const { id } = given as { id: string };
    let waiting: Waiting | undefined;
    try {
      waiting = await database.transaction(systemClaims, (rows) => takeWaiting(rows, hops, id, clock.now()));
      if (waiting === undefined) return;
      const { hop, payload } = waiting;
      const document = typeof hop.document === "string" ? hop.document : hop.document(payload);
      const answer = await gateway.mutate(document, hop.input ? hop.input(payload) : payload);
      await database.transaction(systemClaims, async (rows) => {
        const now = clock.now();
        const [, changed] = await rows.query<[unknown, number]>(
          `update care.outbox set acknowledged_at = $2, payload = null, encrypted = null
           where id = $1 and acknowledged_at is null`,
          [id, now],
        );
        if (changed === 1) await hop.acknowledged?.(rows, payload, answer, now);
      });
    } catch (error) {
      const attempt = attemptOf(given);
      log.warn({ hop: waiting?.kind, outbox: id, attempt, ...errorFacts(error) }, "hop failed, will be tried again");
      throw new TryAgain();
    }
  };
}

/** What waits to be sent has a job at any time. */
export const waitingHops = `
  select 'hop:' || id as key, json_build_object('id', id) as payload, created_at as due
  from care.outbox where acknowledged_at is null`;
