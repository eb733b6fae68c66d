import { deepStrictEqual } from "node:assert/strict";
import type { Contender, Side } from "./contenders.ts";
import type { Load, Round } from "./load.ts";
import { ask, type MeasuredOperation } from "./operations.ts";
import type { NodeProcess } from "./processes.ts";

/** A gateway at work. */
export interface Runner {
  readonly contender: Contender;
  readonly process: NodeProcess;
  readonly url: string;
}

/** What one gateway did with one operation. */
export interface Measurement {
  readonly name: string;
  readonly side: Side;
  readonly perSecond: number;
  /** CPU milliseconds a request. */
  readonly cpu: number;
  /** Resident memory after the last round. */
  readonly megabytes: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** The values of the variable with which answers are compared: a few, as the records come round again. */
const compared = [1, 2, 3, 7, 1_000_003];

/** @throws AssertionError where two gateways answer differently, or any with an error. */
export async function assertIdentical(runners: readonly Runner[], operation: MeasuredOperation): Promise<void> {
  for (const value of compared) {
    let expected: unknown;
    for (const { contender, url } of runners) {
      const answer = (await ask(url, operation, contender.asking, value)) as { data?: unknown; errors?: unknown };
      deepStrictEqual(answer.errors, undefined, `${contender.name} answers ${operation.name} with errors`);
      expected ??= answer.data;
      deepStrictEqual(answer.data, expected, `${contender.name} answers ${operation.name} differently`);
    }
  }
}

export interface Timing {
  readonly load: Load;
  readonly rounds: number;
  readonly seconds: number;
}

/** Measures each in turn, round after round, so that what else the machine does falls on all alike. */
export async function measure(
  runners: readonly Runner[],
  operation: MeasuredOperation,
  { load, rounds, seconds }: Timing,
): Promise<Measurement[]> {
  const taken = new Map<Runner, { readonly rounds: Round[]; cpu: number }>();
  for (const runner of runners) {
    await load(runner.url, operation, runner.contender.asking, Math.max(1, seconds - 1));
    taken.set(runner, { rounds: [], cpu: 0 });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [runner, sums] of taken) {
      const before = await runner.process.cpuSeconds();
      const result = await load(runner.url, operation, runner.contender.asking, seconds);
      if (result.failed > 0) throw new Error(`${runner.contender.name} failed ${result.failed} requests`);
      sums.cpu += (await runner.process.cpuSeconds()) - before;
      sums.rounds.push(result);
    }
  }
  const measurements: Measurement[] = [];
  for (const [{ contender, process }, { rounds: results, cpu }] of taken) {
    const { name, side } = contender;
    measurements.push({
      name,
      side,
      perSecond: median(results.map(({ requests, seconds: lasted }) => requests / lasted)),
      cpu: (cpu * 1_000) / results.reduce((sum, { requests }) => sum + requests, 0),
      megabytes: await process.megabytes(),
      p50: median(results.map(({ p50 }) => p50)),
      p99: median(results.map(({ p99 }) => p99)),
    });
  }
  return measurements;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
