import { describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import { deriveContract } from "../../gateway/contracts/contract.ts";
import { assertOneOwner, composeSupergraph } from "../../system/composition.ts";

const head = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@tag"])`;
const north = `${head}
  type Query { north: Int @tag(name: "north") }
  type Subscription { news(after: String): News! @tag(name: "north") }
  type News @shareable { text: String @tag(name: "north") @tag(name: "south") }`;
const south = north
  .replaceAll("north", "south")
  .replace(`@tag(name: "south") @tag(name: "south")`, `@tag(name: "south")`);

describe("composing the supergraph", () => {
  const supergraph = composeSupergraph(
    new Map([
      ["north", north],
      ["south", south],
    ]),
  );

  test("joins a subscription field to each subgraph that serves it to its own party", () => {
    expect(supergraph).toContain(
      `news(after: String): News! @join__field(graph: NORTH) @join__field(graph: SOUTH) @tag(name: "north") @tag(name: "south")`,
    );
  });

  test.each(["north", "south"])("leaves the party of %s the subscription of its own subgraph", (name) => {
    const contract = deriveContract(name, parse(supergraph), { tags: [name], graphs: [name] });
    expect(() => assertOneOwner(name, contract.supergraph, new Set(["news"]))).not.toThrow();
    expect(contract.sdl).toContain("news(after: String): News!");
  });

  test("refuses a contract that leaves open which subgraph serves a subscription", () => {
    const contract = deriveContract("both", parse(supergraph), { tags: ["north"], graphs: ["north", "south"] });
    expect(() => assertOneOwner("both", contract.supergraph, new Set(["news"]))).toThrow("Subscription.news");
  });

  test("refuses subscription fields of one name and two shapes", () => {
    const other = south.replace("news(after: String)", "news(after: Int)");
    expect(() =>
      composeSupergraph(
        new Map([
          ["north", north],
          ["south", other],
        ]),
      ),
    ).toThrow("do not compose");
  });

  test("says everything that stands in the way", () => {
    const broken = `${head} type Query { north: String }`;
    expect(() =>
      composeSupergraph(
        new Map([
          ["north", north],
          ["broken", broken],
        ]),
      ),
    ).toThrow(/north/);
  });

  test("does not depend on when it is done", () => {
    expect(
      composeSupergraph(
        new Map([
          ["north", north],
          ["south", south],
        ]),
      ),
    ).toBe(supergraph);
  });
});
