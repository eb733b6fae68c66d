import { describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import { deriveContract } from "../../gateway/contracts/contract.ts";
import { Executor } from "../../gateway/executor/executor.ts";
import { openLog } from "../../plumbing/log.ts";
import { caller, compose, inProcess, makeSubgraph } from "../../prove/differential/subgraphs.ts";
import { planning } from "./planner.ts";

const items = [
  { __typename: "Book", id: "b1", title: "Sea", pages: 300 },
  { __typename: "Film", id: "f1", title: "Sky" },
];
const item = ({ id }: { id: string }) => items.find((one) => one.id === id);

/** Knows of which type each item is. */
const catalogue = makeSubgraph({
  name: "catalogue",
  typeDefs: `
    type Query { items: [Item!]! }
    interface Item @key(fields: "id") { id: ID! title: String! }
    type Book implements Item @key(fields: "id") { id: ID! title: String! pages: Int! }
    type Film implements Item @key(fields: "id") { id: ID! title: String! }
  `,
  resolvers: {
    Query: { items: () => items },
    Item: { __resolveType: (one: { __typename: string }) => one.__typename, __resolveReference: item },
    Book: { __resolveReference: item },
    Film: { __resolveReference: item },
  },
});

/** Knows items by their id only. */
const ratings = makeSubgraph({
  name: "ratings",
  typeDefs: `
    type Query { best: [Item!] }
    type Item @key(fields: "id") @interfaceObject { id: ID! stars: Int! }
  `,
  resolvers: {
    Query: { best: () => [{ id: "f1" }, { id: "b1" }] },
    Item: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      stars: ({ id }: { id: string }) => id.length + 3,
    },
  },
});

const contract = deriveContract("everyone", parse(compose([catalogue, ratings])), {});
const subgraphs = inProcess([catalogue, ratings]);

async function run(source: string, over = subgraphs) {
  const executor = new Executor(contract, over, openLog("test", "silent"), { plans: planning });
  return JSON.parse(JSON.stringify(await executor.execute({ source }, caller)));
}

describe("what a subgraph knows only by its interface", () => {
  test("is asked for its type where only fragments hang on it", async () => {
    expect(await run("{ best { ... on Book { __typename } } }")).toEqual({
      data: { best: [{}, { __typename: "Book" }] },
    });
    const spread =
      "{ best { stars ...Its } } fragment Its on Item { ... on Film { kind: __typename } ... on Book { id } }";
    expect(await run(spread)).toEqual({
      data: {
        best: [
          { stars: 5, kind: "Film" },
          { stars: 5, id: "b1" },
        ],
      },
    });
  });

  test("is answered by the fields of its own type", async () => {
    expect(await run("{ best { ... on Book { title } ... on Film { id } } }")).toEqual({
      data: { best: [{ id: "f1" }, { title: "Sea" }] },
    });
    expect(await run("{ best { ... on Book { pages stars } title } }")).toEqual({
      data: { best: [{ title: "Sky" }, { pages: 300, stars: 5, title: "Sea" }] },
    });
  });

  test("is null with a code where its type cannot be had, unless nothing hangs on that", async () => {
    const without = {
      ...subgraphs,
      call: (...[name, body, from]: Parameters<typeof subgraphs.call>) =>
        name === "catalogue" ? Promise.reject(new Error("down")) : subgraphs.call(name, body, from),
    };
    expect(await run("{ best { stars } }", without)).toEqual({ data: { best: [{ stars: 5 }, { stars: 5 }] } });
    expect(await run("{ best { stars ... on Book { __typename } } }", without)).toMatchObject({
      data: { best: null },
      errors: [{ path: ["best", 0], extensions: { code: "SUBGRAPH_ERROR" } }],
    });
  });
});

describe("a field of an implementer that another subgraph has, too, by a key that is not known yet", () => {
  const book = { __typename: "Book", id: "b1", isbn: "i1" };
  const archive = makeSubgraph({
    name: "archive",
    typeDefs: `type Query { old: Book } type Book @key(fields: "isbn") { isbn: ID! shelf: String }`,
    resolvers: { Book: { __resolveReference: (one: object) => one, shelf: ({ isbn }: typeof book) => `by ${isbn}` } },
  });
  const shop = makeSubgraph({
    name: "shop",
    typeDefs: `
      interface Item @key(fields: "id") { id: ID! }
      type Book implements Item @key(fields: "isbn") @key(fields: "id") { id: ID! isbn: ID! }
    `,
    resolvers: {
      Item: { __resolveType: () => "Book", __resolveReference: () => book },
      Book: { __resolveReference: () => book },
    },
  });
  const three = [archive, shop, ratings];
  const over = inProcess(three);
  const executor = new Executor(
    deriveContract("everyone", parse(compose(three)), {}),
    over,
    openLog("test", "silent"),
    { plans: planning },
  );

  test("is asked of the subgraph that knows the interface, by the interface's key", async () => {
    const { data } = await executor.execute({ source: "{ best { ... on Book { isbn } } }" }, caller);
    expect(data).toMatchObject({ best: [{ isbn: "i1" }, { isbn: "i1" }] });
    expect(over.calls.some(({ subgraph }) => subgraph === "archive")).toBe(false);
  });

  test("leads on to what only the other has", async () => {
    const { data } = await executor.execute({ source: "{ best { ... on Book { shelf stars } } }" }, caller);
    expect(data).toMatchObject({
      best: [
        { shelf: "by i1", stars: 5 },
        { shelf: "by i1", stars: 5 },
      ],
    });
  });
});
