import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { QueryPlan } from "@graphql-hive/router-query-planner";
import { describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import { deriveContract } from "../../gateway/contracts/contract.ts";
import type { Plans } from "../../gateway/execution/planning.ts";
import { project } from "../../gateway/execution/projection.ts";
import { PreparedOperations } from "../../gateway/executor/prepared-operations.ts";
import { Supergraph } from "../../gateway/executor/supergraph.ts";
import { library } from "../../prove/differential/library.ts";
import { compose } from "../../prove/differential/subgraphs.ts";

const contract = deriveContract("everyone", parse(compose(library)), {});

/** As long as the operation is: what a planner says of an operation repeats it once, more or less. */
class NotedPlans implements Plans {
  asked = 0;

  renew(): void {}

  async plan(_: string, operation: string): Promise<QueryPlan> {
    this.asked += 1;
    return { kind: "QueryPlan", node: { kind: "Fetch", serviceName: "people", operation } } as QueryPlan;
  }
}

function open(limit: number) {
  const plans = new NotedPlans();
  const operations = new PreparedOperations(new Supergraph(contract, plans), { kept: limit });
  const run = async (source: string, variables = {}) => {
    const operation = operations.prepare({ source });
    const variant = await operation.variant(operation.variables(variables, Number.POSITIVE_INFINITY), 0);
    // What an answer is printed by is worked out with the first.
    project(variant.shape, { me: { notes: [{ author: {} }] } }, {});
  };
  return { plans, run };
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

function heapUsed(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

describe("prepared operations", () => {
  test.each([
    ["that ask nothing of a subgraph", (n: number) => `{ a${n}: __typename }`],
    ["of a few characters", (n: number) => `{ a${n}: me { name } }`],
    ["of some lines", (n: number) => `{ a${n}: me { name rank works { title } notes { id text author { email } } } }`],
    [
      "that fragments unfold",
      (n: number) => `{ a${n}: me { ...A notes { author { ...A notes { author { ...A } } } } } }
        fragment A on Person { a: name b: name c: rank d: rank works { title x: title } }`,
    ],
  ])("%s take no more memory than they are weighed at", async (_, make) => {
    const limit = 1024 * 1024;
    const { run } = open(limit);
    for (let n = 0; n < 50; n += 1) await run(make(n));
    const before = heapUsed();
    for (let n = 50; n < 850; n += 1) await run(make(n));
    expect((heapUsed() - before) / limit).toBeLessThan(1);
  });

  test("of many conditions are not planned anew for each request, and weigh what all their variants do", async () => {
    const names = [..."abcdefg"];
    const source = `query(${names.map((name) => `$${name}: Boolean!`).join(" ")}) {
      me { ${names.map((name) => `${name}: name @include(if: $${name})`).join(" ")} }
    }`;
    const outcomes = Array.from({ length: 2 ** names.length }, (_, bits) =>
      Object.fromEntries(names.map((name, place) => [name, ((bits >> place) & 1) === 1])),
    );
    const roomy = open(4 * 1024 * 1024);
    const narrow = open(50_000);
    for (const { run } of [roomy, narrow]) {
      for (const outcome of [...outcomes, ...outcomes]) await run(source, outcome);
    }
    expect(roomy.plans.asked).toBe(outcomes.length);
    expect(narrow.plans.asked).toBeGreaterThan(outcomes.length);
  });
});
