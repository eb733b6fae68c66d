import { beforeEach, describe, expect, test } from "@jest/globals";
import { parse, print } from "graphql";
import { deriveContract } from "../../gateway/contracts/contract.ts";
import { Executor } from "../../gateway/executor/executor.ts";
import { openLog } from "../../plumbing/log.ts";
import { library } from "../../prove/differential/library.ts";
import {
  caller,
  compose,
  inProcess,
  makeSubgraph,
  refusal,
  type Subgraph,
} from "../../prove/differential/subgraphs.ts";
import { planning } from "./planner.ts";

/** A parcel is known here by its id, there by its number, and in between by both. */
const parcels: readonly Subgraph[] = [
  makeSubgraph({
    name: "shop",
    typeDefs: `type Query { parcels: [[Parcel]] } type Parcel @key(fields: "id") { id: ID! }`,
    resolvers: { Query: { parcels: () => [[{ id: "1" }, null], [{ id: "2" }]] } },
  }),
  makeSubgraph({
    name: "scales",
    typeDefs: `type Parcel @key(fields: "id") @key(fields: "number") { id: ID! number: ID! weight(unit: String): Int }`,
    resolvers: {
      Parcel: {
        __resolveReference: ({ id, number = `n${id}` }: { id: string; number?: string }) => ({ id, number }),
        weight: ({ number }: { number: string }, { unit }: { unit?: string }) => {
          if (unit === "stone") throw refusal("NO_STONES");
          return Number(number.slice(1)) * (unit === "gram" ? 1000 : 1);
        },
      },
    },
  }),
  makeSubgraph({
    name: "post",
    typeDefs: `
      type Parcel @key(fields: "number") {
        number: ID! weight(unit: String): Int @external
        route(via: String! = "road"): Route @requires(fields: "weight(unit: \\"gram\\")")
      }
      type Route { via: String! grams: Int depot: Depot! }
      type Depot @key(fields: "city") { city: String! }
    `,
    resolvers: {
      Parcel: {
        __resolveReference: (reference: object) => reference,
        route: ({ weight }: { weight: number }, { via }: { via: string }) => ({
          via,
          grams: weight,
          depot: { city: "Ede" },
        }),
      },
    },
  }),
  makeSubgraph({
    name: "depots",
    typeDefs: `type Depot @key(fields: "city") { city: String! clerks: Int } type Query { depots: [Depot] }`,
    resolvers: { Depot: { __resolveReference: ({ city }: { city: string }) => ({ city, clerks: city.length }) } },
  }),
];

const contract = deriveContract("everyone", parse(compose(parcels)), {});
const subgraphs = inProcess(parcels);

beforeEach(() => {
  subgraphs.calls.length = 0;
});

async function run(source: string, variables: Record<string, unknown> = {}, over = subgraphs) {
  const executor = new Executor(contract, over, openLog("test", "silent"), { plans: planning });
  return JSON.parse(JSON.stringify(await executor.execute({ source, variables }, caller)));
}

describe("a field that the planner cannot reach", () => {
  const source = `query($via: String!) {
    parcels { id weight(unit: "stone") way: route(via: $via) { via grams depot { clerks } } }
  }`;

  test("is one for which the planner has no plan at all", async () => {
    // When this fails, a newer planner may do without detours.
    const operation = "{ parcels { route { grams } } }";
    await expect(planning.plan(print(contract.supergraph), operation)).rejects.toThrow("There is no plan");
  });

  test("is fetched by a call of its own, with what it requires and what is asked below it", async () => {
    expect(await run(source, { via: "rail" })).toMatchObject({
      data: {
        parcels: [
          [{ id: "1", weight: null, way: { via: "rail", grams: 1000, depot: { clerks: 3 } } }, null],
          [{ id: "2", weight: null, way: { via: "rail", grams: 2000, depot: { clerks: 3 } } }],
        ],
      },
      errors: [{ path: ["parcels", 0, 0, "weight"] }, { path: ["parcels", 1, 0, "weight"] }],
    });
    const [entities] = subgraphs.calls.filter(({ subgraph }) => subgraph === "post");
    expect(entities?.variables).toEqual({
      _given_via: "rail",
      representations: [
        { __typename: "Parcel", number: "n1", weight: 1000 },
        { __typename: "Parcel", number: "n2", weight: 2000 },
      ],
    });
  });

  test("is null with a code, as any other, where its subgraph is down", async () => {
    const without = {
      ...subgraphs,
      call: (...[name, body, from]: Parameters<typeof subgraphs.call>) =>
        name === "post" ? Promise.reject(new Error("down")) : subgraphs.call(name, body, from),
    };
    expect(await run("{ parcels { id way: route { grams } } }", {}, without)).toMatchObject({
      data: { parcels: [[{ id: "1", way: null }, null], [{ id: "2", way: null }]] },
      errors: [
        { path: ["parcels", 0, 0, "way"], extensions: { code: "SUBGRAPH_UNAVAILABLE" } },
        { path: ["parcels", 1, 0, "way"], extensions: { code: "SUBGRAPH_UNAVAILABLE" } },
      ],
    });
  });

  test("is found below fragments that narrow one another", async () => {
    const executor = new Executor(
      deriveContract("everyone", parse(compose(library)), {}),
      inProcess(library),
      openLog("test", "silent"),
      { plans: planning },
    );
    const nested = "{ works { ... on Film { best { id } notes { about { ... on Film { postage } } } } } }";
    const { data, errors } = await executor.execute({ source: nested }, caller);
    expect(errors).toBeUndefined();
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      works: [{}, null, { best: null, notes: [{ about: { postage: 114 } }] }, {}],
    });
  });
});
