import { describe, expect, test } from "@jest/globals";
import { buildSchema, type GraphQLSchema, parse } from "graphql";
import { deriveContract } from "../../gateway/contracts/contract.ts";
import { Config } from "../../plumbing/config.ts";
import { Comparison, type Verdict } from "./comparison.ts";
import { library, monolith } from "./library.ts";
import { OperationMaker } from "./operations.ts";
import { makeWorld } from "./random-world.ts";
import { compose, inProcess, type Subgraph } from "./world.ts";

/** How many operations are compared, and from which seed on: a failure names its own seed. */
const config = new Config();
const short = 300;
const operations = config.integer("OPERATIONS", { fallback: short });
const firstSeed = config.integer("SEED", { fallback: 1 });

/** How many operations are asked of one random world. */
const perWorld = 50;

/** The share of operations for which there may be no plan: the planner's worst defects have no way around. */
const unplannableShare = { library: 0.001, random: 0.01 };

/** The share of worlds that cannot be served: the dice know nothing of what can be reached from where. */
const unservableShare = 0.15;

describe("random operations are answered as graphql-js answers them over one schema", () => {
  test("over a world that was thought out", async () => {
    const contract = deriveContract("everyone", parse(compose(library)), {});
    const comparison = new Comparison(contract, withResolvers(buildSchema(contract.sdl)), inProcess(library));
    const count = new Count();
    for (let seed = firstSeed; count.compared < operations; seed += 1) {
      const source = new OperationMaker(contract.schema, seed, ["p2", "b1", "f1", "no"]).make();
      count.add({ seed }, await comparison.compare(source));
    }
    count.check(unplannableShare.library);
  }, 3_600_000);

  test("over random worlds", async () => {
    const count = new Count();
    let unservable = 0;
    let seed = firstSeed;
    for (; count.compared < operations; seed += 1) {
      const { subgraphs, resolveIn, reset } = makeWorld(seed);
      const composed = composable(subgraphs);
      if (composed === undefined) {
        unservable += 1;
        continue;
      }
      const contract = deriveContract("everyone", parse(composed), {});
      const whole = buildSchema(contract.sdl);
      resolveIn(whole);
      const comparison = new Comparison(contract, whole, inProcess(subgraphs), reset);
      for (let nth = 0; nth < perWorld; nth += 1) {
        const source = new OperationMaker(contract.schema, seed * perWorld + nth).make();
        count.add({ seed, nth }, await comparison.compare(source));
      }
    }
    count.check(unplannableShare.random);
    expect(unservable).toBeLessThanOrEqual(Math.ceil((seed - firstSeed) * unservableShare));
  }, 36_000_000);
});

class Count {
  compared = 0;
  #unplannable = 0;

  add(seed: object, verdict: Verdict): void {
    if (verdict === "no operation") return;
    if (verdict === "unplannable") {
      this.#unplannable += 1;
      return;
    }
    this.compared += 1;
    // At once, where Jest would keep it to the end: a long run is watched.
    if (this.compared % 5000 === 0) process.stderr.write(`${this.#told()}\n`);
    if (verdict === "same") return;
    const { source, expected, actual } = verdict;
    // As text, for the order of keys counts.
    expect({ ...seed, source, answer: JSON.stringify(actual) }).toEqual({
      ...seed,
      source,
      answer: JSON.stringify(expected),
    });
  }

  check(share: number): void {
    if (operations > short) console.info(this.#told());
    expect(this.#unplannable).toBeLessThanOrEqual(Math.ceil(this.compared * share));
  }

  #told(): string {
    return `${this.compared} compared, ${this.#unplannable} without a plan`;
  }
}

function composable(subgraphs: readonly Subgraph[]): string | undefined {
  try {
    return compose(subgraphs);
  } catch {
    return undefined;
  }
}

function withResolvers(schema: GraphQLSchema): GraphQLSchema {
  for (const [name, resolvers] of Object.entries<Record<string, unknown>>(monolith)) {
    const type = schema.getType(name);
    const fields = type && "getFields" in type ? type.getFields() : {};
    for (const [field, resolve] of Object.entries(resolvers)) {
      if (field === "__resolveType") Object.assign(type ?? {}, { resolveType: resolve });
      else if (fields[field]) Object.assign(fields[field], { resolve });
    }
  }
  return schema;
}
