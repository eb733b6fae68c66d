import { describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import { deriveContract } from "../../gateway/contracts/contract.ts";
import { AccessRules } from "../../gateway/policy/rules.ts";
import { openWorld, signedIn, supergraphText } from "./policy-world.ts";

const { ask } = openWorld();

describe("a field that is denied", () => {
  test("causes no call, and is null with an error", async () => {
    expect(await ask("{ signedIn }")).toEqual({
      data: { signedIn: null },
      errors: ["FORBIDDEN at signedIn"],
      calls: [],
    });
  });

  test("is not among what is asked of its subgraph for the rest", async () => {
    const { data, errors, calls } = await ask("{ free it: signedIn person { id nick: key } }");
    expect(data).toEqual({ free: 1, it: null, person: { id: "p1", nick: null } });
    expect(errors).toEqual(["FORBIDDEN at it", "FORBIDDEN at person.nick"]);
    for (const { query } of calls) expect(query).not.toMatch(/signedIn|key/);
  });

  test("takes with it what may not be null", async () => {
    expect(await ask("{ free required }")).toMatchObject({ data: null, errors: ["FORBIDDEN at required"] });
  });

  test("is given to whom it is for", async () => {
    expect(await ask("{ signedIn required }", signedIn())).toMatchObject({
      data: { signedIn: 2, required: 3 },
      errors: [],
    });
  });

  test("leaves an object of which nothing else is asked", async () => {
    expect(await ask("{ nobody { at all } }")).toMatchObject({ data: { nobody: { at: null, all: null } } });
    expect(await ask("{ nobody { kind: __typename at } }")).toMatchObject({
      data: { nobody: { kind: "Nothing", at: null } },
    });
  });

  test("is denied under a fragment, a condition and an alias of another field, too", async () => {
    const source = `query($yes: Boolean!) {
      ...Here @include(if: $yes)
      ... { free: signedIn @include(if: $yes) }
      person @skip(if: $yes) { key }
    }
    fragment Here on Query { person { ...There } }
    fragment There on Person { name: key }`;
    const { data, calls } = await ask(source, {}, { yes: true });
    expect(data).toEqual({ person: { name: null }, free: null });
    for (const { query } of calls) expect(query).not.toMatch(/signedIn|key/);
  });

  test("is not done where it is a mutation, while the others are", async () => {
    const { data, calls } = await ask("mutation { change keep }");
    expect(data).toEqual({ change: null, keep: 2 });
    expect(calls.map(({ query }) => query.includes("change"))).toEqual([false]);
  });

  test("with variables of its own leaves no trace of them", async () => {
    const { errors } = await ask("query($on: Boolean! = true) { free signedIn @include(if: $on) }");
    expect(errors).toEqual(["FORBIDDEN at signedIn"]);
  });
});

describe("scopes", () => {
  test.each([
    ["", null],
    ["a", null],
    ["a b", 4],
    ["c", 4],
    ["ab", null],
  ])("of one list are all needed, of several lists one: %p", async (scope, value) => {
    expect((await ask("{ scoped }", signedIn(scope))).data).toEqual({ scoped: value });
  });

  test.each([
    ["mine", null],
    ["theirs", null],
    ["mine theirs", 5],
  ])("that two subgraphs ask for one field are both needed: %p", async (scope, value) => {
    expect((await ask("{ both }", signedIn(scope))).data).toEqual({ both: value });
  });

  test("count for nothing where nobody has signed in", async () => {
    expect((await ask("{ scoped }", { scope: "c" })).data).toEqual({ scoped: null });
  });
});

describe("a type that is denied", () => {
  test("denies the fields that return it: object, enum and scalar", async () => {
    expect(await ask("{ secretType { id } level amount }", signedIn("c"))).toMatchObject({ errors: [] });
    expect(await ask("{ secretType { id } level amount }")).toEqual({
      data: { secretType: null, level: null, amount: null },
      errors: ["FORBIDDEN at amount", "FORBIDDEN at level", "FORBIDDEN at secretType"],
      calls: [],
    });
  });

  test("is null in a list, whatever is asked of it, its name included", async () => {
    for (const selection of ["__typename", "id", "__typename id", "... on Closed { __typename }"]) {
      const { data, errors } = await ask(`{ nodes { ${selection} } }`);
      expect(data.nodes[1]).toBeNull();
      expect(data.nodes[0]).not.toBeNull();
      expect(errors).toEqual(["FORBIDDEN at nodes.1"]);
    }
  });

  test("takes the list with it where its items may not be null", async () => {
    expect(await ask("{ strict { id } }")).toMatchObject({ data: { strict: null }, errors: ["FORBIDDEN at strict.1"] });
  });

  test("is null as a member of a union", async () => {
    const { data, calls } = await ask("{ any { __typename ... on Closed { note } ... on Open { note } } }");
    expect(data.any).toEqual([{ __typename: "Open", note: "n1" }, null, { __typename: "Half" }]);
    expect(calls.map(({ query }) => /on Closed/.test(query))).toEqual([false]);
  });
});

describe("a field that an interface offers and one of its types denies", () => {
  test("is denied of that type alone", async () => {
    const { data, errors, calls } = await ask("{ nodes { id label } }", signedIn());
    expect(data.nodes).toEqual([
      { id: "o1", label: "one" },
      { id: "c1", label: "two" },
      { id: "h1", label: null },
    ]);
    expect(errors).toEqual(["FORBIDDEN at nodes.2.label"]);
    for (const { query } of calls) expect(query).not.toMatch(/on Half\s*\{[^}]*label/);
  });

  test.each([
    "{ nodes { ... on Half { label } } }",
    "{ nodes { ... on Node { ... on Half { label } } } }",
    "{ nodes { ...H } } fragment H on Half { it: label }",
    "{ any { ... on Node { label } } }",
  ])("is denied however it is reached: %s", async (query) => {
    const { data, errors } = await ask(query, signedIn());
    expect(errors).toHaveLength(1);
    expect(JSON.stringify(data)).not.toContain("three");
  });
});

describe("a rule on an interface or on a field of it", () => {
  test("holds for the types that implement it, through an inline fragment too (GHSA-mx7m-j9xf-62hw)", async () => {
    const world = openWorld(undefined, (text) =>
      text.replace(/(interface Node[^{]*\{\s+id: ID!\s+label: String)/, '$1 @requiresScopes(scopes: [["deep"]])'),
    );
    expect((await world.ask("{ nodes { ... on Open { label } } }", signedIn())).data.nodes[0]).toEqual({ label: null });
    expect((await world.ask("{ nodes { ... on Open { label } } }", signedIn("deep"))).data.nodes[0]).toEqual({
      label: "one",
    });
    const onType = '@requiresScopes(scopes: [["node"]])';
    const whole = openWorld(undefined, (text) => text.replace("interface Node", `interface Node ${onType}`));
    const query = "{ any { ... on Open { id } } nodes { id } }";
    expect((await whole.ask(query, signedIn())).data).toEqual({ any: [null, null, null], nodes: null });
    expect((await whole.ask(query, signedIn("node"))).data.any[0]).toEqual({ id: "o1" });
  });

  test("that composition put there on behalf of the types is left to the types", async () => {
    expect(supergraphText).toMatch(/interface Node [^{]*@authenticated/);
    expect((await ask("{ nodes { id } }")).data.nodes[0]).toEqual({ id: "o1" });
  });
});

describe("a field that rests on a denied one", () => {
  const unguarded = (text: string) => text.replace(/(tax: Int @join__field[^\n]*?) @requiresScopes\([^)]*\)/, "$1");

  test("by @requires is denied, even where it does not say so itself (GHSA-m8jr-fxqx-8xx6)", async () => {
    const world = openWorld(undefined, unguarded);
    expect(unguarded(supergraphText)).not.toBe(supergraphText);
    const { data, calls } = await world.ask("{ person { tax age } }", signedIn());
    expect(data).toEqual({ person: { tax: null, age: 30 } });
    for (const { query } of calls) expect(query).not.toMatch(/salary|tax/);
    expect((await world.ask("{ person { tax } }", signedIn("pay"))).data).toEqual({ person: { tax: 500 } });
  });

  test("by @fromContext is denied", () => {
    const text = supergraphText.replace(
      /size: Int @join__field\(graph: AWAY\)/,
      'size: Int @join__field(graph: AWAY, contextArguments: [{context: "home__box", name: "c", type: "String", selection: " { colour }"}])',
    );
    expect(text).not.toBe(supergraphText);
    const asked = (rules: AccessRules) => [...rules.ofField("Lid", "size")];
    expect(asked(new AccessRules(parse(supergraphText)))).toEqual([]);
    expect(asked(new AccessRules(parse(text)))).toEqual([{ kind: "scopes", anyOf: [["pay"]] }]);
  });
});

describe("a supergraph that names the directives otherwise", () => {
  const renamed = (text: string) =>
    text
      .replace(
        'requiresScopes/v0.1", for: SECURITY',
        'requiresScopes/v0.1", import: [{ name: "@requiresScopes", as: "@must" }], for: SECURITY',
      )
      .replace('authenticated/v0.1", for: SECURITY', 'authenticated/v0.1", as: "door", for: SECURITY')
      .replaceAll("@requiresScopes(", "@must(")
      .replaceAll("@authenticated", "@door");

  test("is understood", async () => {
    const world = openWorld(undefined, renamed);
    expect((await world.ask("{ scoped signedIn }", signedIn())).errors).toEqual(["FORBIDDEN at scoped"]);
    expect((await world.ask("{ scoped signedIn }", {})).errors).toEqual([
      "FORBIDDEN at scoped",
      "FORBIDDEN at signedIn",
    ]);
  });

  test("is refused where a rule cannot be read", () => {
    const broken = supergraphText.replace(/@requiresScopes\(scopes: \[\["c"\]\]\)/, "@requiresScopes(scopes: 1)");
    expect(() => new AccessRules(deriveContract("x", parse(broken), {}).supergraph)).toThrow("cannot be read");
  });
});

describe("@policy", () => {
  test("is denied where nobody decides", async () => {
    expect(await ask("{ decided }", signedIn("x y z"))).toMatchObject({ errors: ["FORBIDDEN at decided"], calls: [] });
  });

  test.each([
    [["x"], null],
    [["x", "y"], 6],
    [["z"], 6],
    [["other"], null],
  ])("is decided by the port: %p", async (held, value) => {
    const asked: (readonly string[])[] = [];
    const world = openWorld((_, policies) => {
      asked.push(policies);
      return held;
    });
    expect((await world.ask("{ decided free }", signedIn())).data).toEqual({ decided: value, free: 1 });
    expect(asked).toEqual([["x", "y", "z"]]);
  });

  test("is denied where the port fails", async () => {
    const world = openWorld(() => {
      throw new Error("no answer");
    });
    expect((await world.ask("{ decided }", signedIn())).data).toEqual({ decided: null });
  });
});

test("of the same document, each caller is denied what is not theirs, in any order", async () => {
  const query = "{ free signedIn scoped }";
  const seen = [];
  for (const rights of [{}, signedIn("c"), signedIn(), {}, signedIn("c")]) {
    const { data } = await ask(query, rights);
    seen.push([data.free, data.signedIn, data.scoped]);
  }
  expect(seen).toEqual([
    [1, null, null],
    [1, 2, 4],
    [1, 2, null],
    [1, null, null],
    [1, 2, 4],
  ]);
});
