import type { Task } from "graphile-worker";
import type { EntityManager } from "typeorm";
import type { Clock } from "./clock.ts";
import { type Database, systemClaims } from "./database.ts";
import type { GatewayClient } from "./hop.ts";
import { errorFacts, type Log } from "./log.ts";

/** One kind of thing that a part sends on to another, through the gateway. */
export interface Hop<Payload = unknown, Answer = unknown> {
  /** The mutation, with one variable `$input`. */
  readonly document: string | ((payload: Payload) => string);
  /** What goes as `$input`; the payload itself where this is left out. */
  input?(payload: Payload): unknown;
  /** What the part notes once the other has it; runs in the transaction that erases the payload. */
  acknowledged?(rows: EntityManager, payload: Payload, answer: Answer, now: Date): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: the kinds of one part differ in their payloads and answers
export type Hops = Readonly<Record<string, Hop<any, any>>>;

/** Writes what is to be sent on, in the caller's transaction. */
export async function send(rows: EntityManager, kind: string, payload: unknown): Promise<void> {
  await rows.query("insert into care.outbox (kind, payload) values ($1, $2)", [kind, JSON.stringify(payload)]);
}

/**
 * Takes out of the outbox what the other part has not acknowledged yet; it may have taken it in all the same. What is
 * being acknowledged at this moment is left to that: to wait for it could be to wait for oneself.
 * @param id the `id` in its payload.
 */
export async function takeBack(rows: EntityManager, kind: string, id: string, now: Date): Promise<void> {
  await rows.query(
    `update care.outbox set acknowledged_at = $3, payload = null where id in (
       select id from care.outbox where kind = $1 and payload ->> 'id' = $2 and acknowledged_at is null
       for update skip locked
     )`,
    [kind, id, now],
  );
}

/**
 * How long to wait before attempt `attempt` (from 1), in milliseconds: doubling from a quarter of
 * a second to half a minute, so that what was waiting goes within a minute of a repair.
 * @param chance from 0 to 1: spreads the attempts of many rows.
 */
export function retryDelay(attempt: number, chance: number): number {
  const longest = Math.min(30_000, 250 * 2 ** Math.min(attempt - 1, 10));
  return Math.round(longest * (0.5 + 0.5 * chance));
}

export interface OutboxOptions {
  readonly database: Database;
  readonly gateway: GatewayClient;
  readonly hops: Hops;
  readonly clock: Clock;
  readonly log: Log;
}

interface OutboxRow {
  readonly kind: string;
  readonly payload: unknown;
}

/**
 * Sends one row, at least once, until it is acknowledged. The other side takes it in once, by id.
 * Attempts never run out: a lost message is the worst outcome, and graphile-worker's own schedule
 * would stretch to hours and then stop.
 */
export function hopTask({ database, gateway, hops, clock, log }: OutboxOptions): Task {
  return async (given, jobs) => {
    const { id, attempt = 1 } = given as { id: string; attempt?: number };
    const row = await database.transaction(systemClaims, async (rows) => {
      const [waiting] = await rows.query<OutboxRow[]>(
        "select kind, payload from care.outbox where id = $1 and acknowledged_at is null",
        [id],
      );
      return waiting;
    });
    if (row === undefined) return;
    try {
      const hop = hops[row.kind];
      if (hop === undefined) throw new Error("No hop of this kind");
      const document = typeof hop.document === "string" ? hop.document : hop.document(row.payload);
      const answer = await gateway.mutate(document, hop.input ? hop.input(row.payload) : row.payload);
      await database.transaction(systemClaims, async (rows) => {
        const now = clock.now();
        const [, changed] = await rows.query<[unknown, number]>(
          `update care.outbox set acknowledged_at = $2, payload = null
           where id = $1 and acknowledged_at is null`,
          [id, now],
        );
        if (changed === 1) await hop.acknowledged?.(rows, row.payload, answer, now);
      });
    } catch (error) {
      log.warn({ hop: row.kind, attempt, ...errorFacts(error) }, "hop failed, will be tried again");
      const runAt = new Date(clock.now().getTime() + retryDelay(attempt, Math.random()));
      await jobs.addJob("hop", { id, attempt: attempt + 1 }, { jobKey: `hop:${id}`, runAt });
    }
  };
}

/** Finds what waits in the outbox without a job, for example after a restore, and gives it one. */
export function sweepTask(database: Database): Task {
  return async (_, jobs) => {
    const waiting = await database.transaction(systemClaims, (rows) =>
      rows.query<{ id: string }[]>(
        `select id from care.outbox
         where acknowledged_at is null and created_at < care.now() - interval '1 minute' limit 1000`,
      ),
    );
    for (const { id } of waiting) {
      await jobs.addJob("hop", { id }, { jobKey: `hop:${id}`, jobKeyMode: "preserve_run_at" });
    }
  };
}
