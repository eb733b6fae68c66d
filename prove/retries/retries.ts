import { setTimeout as pause } from "node:timers/promises";
import { withClient } from "../../system/databases.ts";
import { Canaries } from "../fuzz/canaries.ts";
import type { Harness } from "../harness.ts";
import { Random } from "../random.ts";
import { type Client, clientOf, type Json, operations, readAll, reportOf } from "../world/client.ts";
import { startWorld } from "../world/world.ts";

/** What came of one key that was sent many times. */
interface Repeated {
  readonly answers: readonly Json[];
  /** How many answers were not there in time: what they would have said may have been done. */
  readonly missing: number;
  readonly conflict: Json;
}

export const retries: Harness = {
  proves: "however often and however many at once a report is repeated under its key, it takes effect once",
  async run(settings) {
    const keys = settings.amount("keys", { small: 10, long: 300 });
    const repeats = settings.amount("repeats", { small: 12, long: 50 });
    const random = new Random(settings.seed);
    await using world = await startWorld({ replicas: 2 });
    const police = await clientOf(world, "police-integrator");
    const shelter = await clientOf(world, "shelter-worker");
    const canaries = new Canaries(random);
    const failures: string[] = [];
    for (let turn = 0; turn < keys; turn += 1) {
      const [client, other] = random.chance(0.5) ? [police, shelter] : [shelter, police];
      const key = `retries-${settings.seed}-${turn}`;
      const report = reportOf(key, canaries.bsn());
      failures.push(...judge(await repeat(client, report, repeats)).map((text) => `key ${turn}: ${text}`));
      // The same key is another organisation's own affair.
      const elsewhere = (await answered(other, report)).answer;
      if (elsewhere.replayed !== false) failures.push(`key ${turn}: another organisation's report counts as a repeat`);
    }
    let signals = 0;
    for (const client of [police, shelter]) {
      const { given } = await persistently(() => readAll(client, operations.sent, "sentSignals"));
      if (given instanceof Error) throw given;
      signals += given.length;
    }
    if (signals !== 2 * keys) failures.push(`${2 * keys} reports, and ${signals} signals`);

    // The safeguard broken: each receipt is kept under another key than the one that came.
    await withClient(world.databasesOf("police").ownerUrl, (owner) =>
      owner.query(`
        create function care.misfile_receipt() returns trigger language plpgsql
          as 'begin new.key_digest := gen_random_uuid(); return new; end';
        create trigger misfile_receipt before insert on care.receipt
          for each row execute function care.misfile_receipt();
      `),
    );
    const broken = judge(await repeat(police, reportOf(`retries-${settings.seed}-broken`, canaries.bsn()), repeats));
    return {
      figures: {
        keys: 2 * keys,
        "requests under them, conflicts among them": keys * (repeats + 2),
        signals,
        "signals beyond one a key": signals - 2 * keys,
      },
      failures,
      controls: [
        {
          planted: "an agency that misfiles its receipts",
          found: broken.some((text) => /made [1-9]\d* signals/.test(text)),
        },
      ],
    };
  },
};

async function repeat(client: Client, report: Json, repeats: number): Promise<Repeated> {
  const all = await Promise.all(Array.from({ length: repeats }, () => answered(client, report)));
  const { answer: conflict } = await answered(client, { input: { ...report.input, category: "CHILD_ABUSE" } });
  return {
    answers: all.map(({ answer }) => answer),
    missing: all.reduce((sum, { missing }) => sum + missing, 0),
    conflict,
  };
}

/** What stands in the way for a while is tried again, as any integrator would. */
const passing = new Set(["SUBGRAPH_UNAVAILABLE", "TimeoutError"]);
const attempts = 20;

async function answered(client: Client, report: Json): Promise<{ readonly answer: Json; readonly missing: number }> {
  const { given, missing } = await persistently(() => client.ask(operations.report, report));
  return { answer: given instanceof Error ? { __typename: given.message } : given.reportIncident, missing };
}

/** @returns what came in the end, and how often nothing had come before */
async function persistently<T>(
  ask: () => Promise<T>,
): Promise<{ readonly given: T | Error; readonly missing: number }> {
  for (let missing = 0; ; missing += 1) {
    try {
      return { given: await ask(), missing };
    } catch (error) {
      const given = error as Error;
      if (missing + 1 === attempts || !(passing.has(given.message) || passing.has(given.name)))
        return { given, missing };
      await pause(100);
    }
  }
}

function judge({ answers, missing, conflict }: Repeated): string[] {
  const failures: string[] = [];
  const reported = answers.filter(({ __typename }) => __typename === "IncidentReported");
  const others = new Set(answers.filter((answer) => !reported.includes(answer)).map(({ __typename }) => __typename));
  if (others.size > 0) failures.push(`was answered ${[...others].join(", ")}`);
  const ids = new Set(reported.map(({ signals }) => signals[0].id));
  if (ids.size !== 1) failures.push(`made ${ids.size} signals`);
  const firsts = reported.filter(({ replayed }) => !replayed).length;
  // The answer that said so may be one of those that did not come.
  if (firsts > 1 || (firsts === 0 && missing === 0)) failures.push(`counted ${firsts} times as the first`);
  if (conflict.__typename !== "IdempotencyConflict") failures.push(`with another body was ${conflict.__typename}`);
  return failures;
}
