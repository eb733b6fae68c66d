import { describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import { deriveContract } from "../../gateway/contracts/contract.ts";
import { Planning, Unplannable } from "../../gateway/execution/planning.ts";
import { Executor } from "../../gateway/executor/executor.ts";
import { Fault } from "../../plumbing/faults.ts";
import { openLog } from "../../plumbing/log.ts";
import { caller, compose, inProcess, makeSubgraph } from "../../prove/differential/subgraphs.ts";
import { planning } from "./planner.ts";

/** At these, the planner's native code aborts: the key that `two` lists last is unknown to `three`. */
const subgraphs = [
  makeSubgraph({
    name: "one",
    typeDefs: `type Thing @key(fields: "id") { id: ID! } type Query { things: [Thing!]! }`,
    resolvers: { Query: { things: () => [{ id: "t1" }, { id: "t2" }] } },
  }),
  makeSubgraph({
    name: "two",
    typeDefs: `type Thing @key(fields: "id") @key(fields: "code") {
      id: ID! code: ID! size: Int @external volume: Int @requires(fields: "size")
    }`,
    resolvers: {
      Thing: { __resolveReference: (one: object) => one, volume: ({ size }: { size: number }) => size * 10 },
    },
  }),
  makeSubgraph({
    name: "three",
    typeDefs: `type Thing @key(fields: "id") { id: ID! size: Int }`,
    resolvers: { Thing: { __resolveReference: (one: object) => one, size: ({ id }: { id: string }) => Number(id[1]) } },
  }),
];
const supergraph = compose(subgraphs);
const fatal = "{ things { volume } }";
const fine = "{ things { size } }";

describe("planning", () => {
  test("outlives a planner that breaks down, and blames the operation that did it", async () => {
    const planning = new Planning();
    const all = [fine, fatal, fine, fatal, fine].map((operation) => planning.plan(supergraph, operation));
    const outcomes = await Promise.allSettled(all);
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
    await expect(all[1]).rejects.toThrow(Unplannable);
  });

  test("refuses what is no operation of the supergraph", async () => {
    await expect(new Planning().plan(supergraph, "{ nothing }")).rejects.toThrow(Unplannable);
  });

  test("gives the planner the keys in an order at which it does not break down", async () => {
    const contract = deriveContract("everyone", parse(supergraph), {});
    const executor = new Executor(contract, inProcess(subgraphs), openLog("test", "silent"), { plans: planning });
    expect(await executor.execute({ source: fatal }, caller)).toEqual({
      data: { things: [{ volume: 10 }, { volume: 20 }] },
    });
  });

  test("asks the planner once for an operation that it cannot plan", async () => {
    const asked: string[] = [];
    const plan = async (_: string, operation: string) => {
      asked.push(operation);
      throw new Unplannable(true);
    };
    const contract = deriveContract("everyone", parse(supergraph), {});
    const renewed: string[] = [];
    const plans = { plan, renew: () => void renewed.push(asked.at(-1) ?? "") };
    const executor = new Executor(contract, inProcess(subgraphs), openLog("test", "silent"), { plans });
    const ask = async () => JSON.parse(JSON.stringify(await executor.execute({ source: fine }, caller)));
    const { message } = new Fault("INTERNAL_SERVER_ERROR");
    const lost = { errors: [{ message, extensions: { code: "INTERNAL_SERVER_ERROR" } }] };
    expect(await ask()).toEqual(lost);
    // In each order of the keys, and once more in a process of its own.
    expect(asked.filter((operation) => operation.includes("size"))).toHaveLength(6);
    const once = asked.length;
    for (let times = 0; times < 3; times += 1) expect(await ask()).toEqual(lost);
    expect(asked).toHaveLength(once);
    expect(renewed).toHaveLength(1);
  });
});
