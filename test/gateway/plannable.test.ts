import { describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import { deriveContract } from "../../gateway/contracts/contract.ts";
import { assertPlannable } from "../../gateway/contracts/plannable.ts";
import { isFinal, Unplannable } from "../../gateway/execution/planning.ts";
import { Supergraph } from "../../gateway/executor/supergraph.ts";
import { library } from "../../prove/differential/library.ts";
import { compose } from "../../prove/differential/subgraphs.ts";
import { planning } from "./planner.ts";

const supergraph = parse(compose(library));
const contract = deriveContract("all", supergraph, {});

describe("each root field of a contract is planned before it is served", () => {
  test("and stands where there is a plan for it", async () => {
    const { plan } = plannerOf(contract);
    await expect(assertPlannable(contract, plan, isFinal)).resolves.toBeUndefined();
  });

  test("and is named where there is none", async () => {
    const { plan } = plannerOf(deriveContract("all", supergraph, { graphs: ["persons"] }));
    await expect(assertPlannable(contract, plan, isFinal)).rejects.toThrow(/^The contract all shows Query\.\w+, which/);
  });

  test("and is waited for where the planner is slow, as the machine may be busy", async () => {
    const asked = new Map<string, number>();
    const slow = async (operation: string) => {
      const times = (asked.get(operation) ?? 0) + 1;
      asked.set(operation, times);
      if (times < 6) throw new Unplannable(false);
    };
    await expect(assertPlannable(contract, slow, isFinal)).resolves.toBeUndefined();
    expect(new Set(asked.values())).toEqual(new Set([6]));
  });

  test("and is not blamed where the planner never comes to an end", async () => {
    const slow = async () => {
      throw new Unplannable(false);
    };
    await expect(assertPlannable(contract, slow, isFinal)).rejects.toThrow(
      "The planner has not come to an end of the contract all",
    );
  });
});

function plannerOf(given: typeof contract) {
  const planner = new Supergraph(given, planning);
  return { plan: (operation: string) => planner.plan(operation) };
}
