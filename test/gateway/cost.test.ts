import { describe, expect, test } from "@jest/globals";
import { buildSchema, type FragmentDefinitionNode, getOperationAST, Kind, parse } from "graphql";
import { deriveContract } from "../../gateway/contracts/contract.ts";
import { compileCost } from "../../gateway/execution/cost.ts";
import { Executor } from "../../gateway/executor/executor.ts";
import { openLog } from "../../plumbing/log.ts";
import { caller, compose, inProcess, makeSubgraph } from "../../prove/differential/subgraphs.ts";
import { planning } from "./planner.ts";

const typeDefs = `
  type Query { rooms(first: Int = 50): Rooms! open: [Room!] one: Room }
  type Rooms { edges: [Edge!]! count: Int }
  type Edge { node: Room! }
  type Room { name: String! beds: [Bed!]! guests(first: Int, last: Int): Guests! }
  type Bed { size: Int }
  type Guests { nodes: [Guest!]! }
  type Guest { name: String }
`;
const schema = buildSchema(typeDefs);

function costOf(source: string, variables: Record<string, unknown> = {}): number {
  const document = parse(source);
  const definition = getOperationAST(document);
  if (!definition) throw new Error("No operation");
  const fragments = document.definitions.filter(
    (node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION,
  );
  return compileCost(schema, { definition, fragments: new Map(fragments.map((one) => [one.name.value, one])) })(
    variables,
  );
}

describe("an operation costs as many fields as its answer may have", () => {
  test.each([
    ["a field each", "{ one { name } }", {}, 2],
    ["a list of ten where nobody says how long it is", "{ open { name } }", {}, 20],
    ["a connection as long as it is asked for", "{ rooms(first: 7) { edges { node { name } } count } }", {}, 23],
    ["or as its default says", "{ rooms { edges { node { name } } } }", {}, 151],
    ["or a variable", "query ($n: Int) { rooms(first: $n) { edges { node { name } } } }", { n: 500 }, 1_501],
    [
      "or as usual, where the variable is null",
      "query ($n: Int) { rooms(first: $n) { edges { node { name } } } }",
      { n: null },
      151,
    ],
    [
      "lists in lists, multiplied",
      "{ rooms(first: 500) { edges { node { guests(last: 500) { nodes { name } } } } } }",
      {},
      501_501,
    ],
    ["a list in a connection, by ten", "{ rooms(first: 2) { edges { node { beds { size } } } } }", {}, 45],
    [
      "fragments where they are spread",
      "{ rooms(first: 3) { ...R } } fragment R on Rooms { edges { node { ...N } } } fragment N on Room { name }",
      {},
      10,
    ],
    ["aliases each for itself", "{ a: open { name } b: open { name } }", {}, 40],
    ["nothing less than nothing", "{ rooms(first: -500) { edges { node { name } } } }", {}, 1],
    ["introspection as one, for it has limits of its own", "{ __schema { types { name } } }", {}, 1],
  ])("%s", (_, source, variables, cost) => {
    expect(costOf(source, variables)).toBe(cost);
  });
});

test("what costs more than the limit is refused before it is planned, also by a variable", async () => {
  const subgraph = makeSubgraph({
    name: "hotel",
    typeDefs,
    resolvers: { Query: { rooms: () => ({ edges: [], count: 0 }) } },
  });
  const contract = deriveContract("everyone", parse(compose([subgraph])), {});
  const subgraphs = inProcess([subgraph]);
  const executor = new Executor(contract, subgraphs, openLog("test", "silent"), { plans: planning, costLimit: 1_501 });
  const source = "query ($n: Int) { rooms(first: $n) { edges { node { name } } } }";
  const codeOf = async (n: number) =>
    (await executor.execute({ source, variables: { n } }, caller)).errors?.[0]?.extensions["code"];
  expect(await codeOf(501)).toBe("OPERATION_TOO_LARGE");
  expect(subgraphs.calls).toEqual([]);
  expect(await codeOf(500)).toBeUndefined();
  expect(await codeOf(501)).toBe("OPERATION_TOO_LARGE");
});

test("the usual limit lets a whole page of a connection through, and not a page of pages", async () => {
  const subgraph = makeSubgraph({
    name: "hotel",
    typeDefs,
    resolvers: { Query: { rooms: () => ({ edges: [], count: 0 }) } },
  });
  const contract = deriveContract("everyone", parse(compose([subgraph])), {});
  const executor = new Executor(contract, inProcess([subgraph]), openLog("test", "silent"), { plans: planning });
  const codeOf = async (source: string) => (await executor.execute({ source }, caller)).errors?.[0]?.extensions["code"];
  expect(await codeOf("{ rooms(first: 500) { edges { node { name beds { size } } } } }")).toBeUndefined();
  const nested = "{ rooms(first: 500) { edges { node { guests(first: 500) { nodes { name } } } } } }";
  expect(await codeOf(nested)).toBe("OPERATION_TOO_LARGE");
});
