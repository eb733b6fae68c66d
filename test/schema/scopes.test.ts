import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import { deriveContract } from "../../gateway/contracts/contract.ts";
import { readContractDefinitions } from "../../gateway/contracts/definition.ts";
import { Executor } from "../../gateway/executor/executor.ts";
import { openLog } from "../../plumbing/log.ts";
import { planning } from "../gateway/planner.ts";

const folder = join(import.meta.dirname, "..", "..", "schema");
const supergraph = parse(readFileSync(join(folder, "supergraph.graphql"), "utf8"));
const definitions = readContractDefinitions(readFileSync(join(folder, "contracts.json"), "utf8"));

/** Asks under a party's contract with these scopes. @returns the codes, and the subgraphs that were asked. */
async function ask(party: string, scope: string, source: string) {
  const calls: string[] = [];
  const subgraphs = {
    call: async (name: string) => {
      calls.push(name);
      return { data: null };
    },
    subscribe: (name: string) => {
      calls.push(name);
      throw new Error("Nobody is there");
    },
  };
  const contract = deriveContract(party, supergraph, definitions.get(party) ?? { tags: [] });
  const executor = new Executor(contract, subgraphs, openLog("test", "silent"), { plans: planning });
  const caller = { id: scope, party, rights: { sub: "someone", party, scope }, until: 4_000_000_000 };
  const { errors = [] } = await executor.execute({ source }, caller);
  return { codes: errors.map(({ extensions }) => extensions["code"]), calls };
}

const doors: [string, string, string, string][] = [
  ["police", "signals:read", "police", "{ incidents { edges { node { id } } } }"],
  [
    "shelter",
    "incidents:report",
    "shelter",
    'mutation { withdrawSignal(input: { sentSignalId: "1" }) { __typename } }',
  ],
  ["school", "signals:read", "school", "{ signals { edges { node { id } } } }"],
  ["leerplicht", "routing:manage", "leerplicht", "{ routingTasks { edges { node { id } } } }"],
  ["release", "releases:manage", "leerplicht", "{ releaseTasks { edges { node { id } } } }"],
  ["operator", "statistics:read", "leerplicht", '{ statistics(from: "2026-01-01", to: "2026-01-02") { __typename } }'],
];

describe("the gateway asks no subgraph where the token lacks the scope", () => {
  test.each(doors)("of %s: %s", async (party, scope, subgraph, query) => {
    expect(await ask(party, "another:scope", query)).toEqual({ codes: ["FORBIDDEN"], calls: [] });
    const allowed = await ask(party, scope, query);
    expect(allowed.codes).not.toContain("FORBIDDEN");
    expect(allowed.calls).toEqual([subgraph]);
  });
});
