import { describe, expect, test } from "@jest/globals";
import { parse, print } from "graphql";
import { deriveContract } from "../../gateway/contracts/contract.ts";
import { readContractDefinitions } from "../../gateway/contracts/definition.ts";
import { Executor } from "../../gateway/executor/executor.ts";
import { openLog } from "../../plumbing/log.ts";
import { caller, compose, inProcess, makeSubgraph } from "../../prove/differential/subgraphs.ts";
import { planning } from "./planner.ts";

const mine = makeSubgraph({
  name: "mine",
  typeDefs: `
    type Query { one: Thing @tag(name: "a") other: Thing @tag(name: "b") both: Pair @tag(name: "a") @tag(name: "b") untagged: Int }
    type Mutation { send(input: Sent, quiet: Boolean @tag(name: "b")): Int @shareable @tag(name: "a") }
    "What there is."
    type Thing implements Node @key(fields: "id") @tag(name: "a") @tag(name: "b") {
      id: ID!
      "Its colour."
      color: Color
      forB: Int @tag(name: "b")
      secret: Int @inaccessible
      old: Int @deprecated(reason: "no more")
    }
    type Pair @tag(name: "a") { left: Node either: Either any: Thing }
    interface Node @tag(name: "a") { id: ID! }
    union Either = Thing | Lonely
    type Lonely { it: Int }
    enum Color { RED BLUE @tag(name: "b") UNSEEN @inaccessible }
    input Sent { text: String, forB: String @tag(name: "b") }
    type Island @tag(name: "a") { sand: Int }
  `,
  resolvers: {
    Query: { one: () => ({ id: "1" }) },
    Mutation: { send: () => 1 },
    Node: { __resolveType: () => "Thing" },
    Either: { __resolveType: () => "Thing" },
  },
});

const theirs = makeSubgraph({
  name: "theirs",
  typeDefs: `
    type Query { theirOwn: Int @tag(name: "a") }
    type Mutation { send(input: Sent, quiet: Boolean): Int @shareable @tag(name: "a") }
    type Thing @key(fields: "id") { id: ID! theirs: Int @tag(name: "a") }
    input Sent { text: String, forB: String }
  `,
  resolvers: {
    Query: { theirOwn: () => 1 },
    Mutation: { send: () => 2 },
    Thing: { theirs: () => 3 },
  },
});

const supergraph = parse(compose([mine, theirs]));

describe("a contract", () => {
  const { sdl, schema } = deriveContract("a", supergraph, { tags: ["a"], graphs: ["mine"] });

  test("holds the fields that carry its tag, and those without a tag on a type that does", () => {
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).toEqual(["one", "both"]);
    expect(sdl).toContain('type Thing implements Node {\n  id: ID!\n\n  """Its colour."""\n  color: Color\n  old: Int');
  });

  test("holds nothing that is inaccessible, that only another subgraph has, or that no root field reaches", () => {
    expect(sdl).not.toMatch(/secret|UNSEEN|theirs|theirOwn|Lonely|Island|untagged|forB/);
  });

  test("holds nothing of the machinery, but descriptions and deprecations", () => {
    expect(sdl).not.toMatch(/join__|link|@tag|inaccessible|_entities/);
    expect(sdl).toContain('"""What there is."""');
    expect(sdl).toContain('@deprecated(reason: "no more")');
  });

  test("holds of arguments, input fields and enum values all but those of other tags", () => {
    expect(sdl).toContain("send(input: Sent): Int");
    expect(sdl).toContain("input Sent {\n  text: String\n}");
    expect(sdl).toContain("enum Color {\n  RED\n}");
  });

  test("of another tag holds something else", () => {
    const other = deriveContract("b", supergraph, { tags: ["b"], graphs: ["mine"] });
    expect(Object.keys(other.schema.getQueryType()?.getFields() ?? {})).toEqual(["other"]);
    expect(other.sdl).toMatch(/BLUE/);
    expect(other.sdl).toMatch(/forB: Int/);
    expect(other.schema.getMutationType()).toBeUndefined();
  });

  test("without a tag on anything is refused", () => {
    expect(() => deriveContract("c", supergraph, { tags: ["c"], graphs: ["mine"] })).toThrow(/no valid schema/);
  });

  test("that names a subgraph which is not there is refused", () => {
    expect(() => deriveContract("a", supergraph, { tags: ["a"], graphs: ["nobody"] })).toThrow(/no subgraph nobody/);
  });

  test("that hides a required argument of a field which it shows is refused", () => {
    const typeDefs = 'type Query { find(key: ID! @tag(name: "b")): Int @tag(name: "a") }';
    const asking = parse(compose([makeSubgraph({ name: "asking", typeDefs, resolvers: {} })]));
    expect(() => deriveContract("a", asking, { tags: ["a"] })).toThrow("hides Query.find.key");
  });
});

describe("the narrowed supergraph", () => {
  test("knows no other subgraph, but the hidden fields of its own", () => {
    const { supergraph: narrowed } = deriveContract("a", supergraph, { tags: ["a"], graphs: ["mine"] });
    const text = print(narrowed);
    expect(text).not.toMatch(/THEIRS|theirs|theirOwn/);
    expect(text).toMatch(/secret/);
  });

  test.each(["mine", "theirs"])("sends a field that two subgraphs share to the party's own: %s", async (graph) => {
    const subgraphs = inProcess([mine, theirs]);
    const root = graph === "mine" ? "one" : "theirOwn";
    const contract = deriveContract("a", supergraph, { tags: ["a"], graphs: [graph] });
    expect(contract.schema.getQueryType()?.getFields()).toHaveProperty(root);
    const executor = new Executor(contract, subgraphs, openLog("test", "silent"), { plans: planning });
    await executor.execute({ source: 'mutation { send(input: { text: "x" }) }' }, caller);
    expect(subgraphs.calls.map(({ subgraph }) => subgraph)).toEqual([graph]);
  });
});

describe("the contracts file", () => {
  test("must name tags and graphs, for a forgotten line must not open everything", () => {
    expect(readContractDefinitions('{"a":{"tags":["x"],"graphs":["y"]}}').get("a")).toEqual({
      tags: ["x"],
      graphs: ["y"],
    });
    for (const text of [
      "",
      "[]",
      '{"a":{}}',
      '{"a":{"tags":["x"]}}',
      '{"a":{"tags":[],"graphs":["y"]}}',
      '{"a":null}',
    ]) {
      expect(() => readContractDefinitions(text)).toThrow();
    }
  });
});
