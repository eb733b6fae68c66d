import { expect, test } from "@jest/globals";
import { buildSchema, isLeafType } from "graphql";
import { compileLeaf } from "../../gateway/execution/leaves.ts";

const schema = buildSchema(`
  scalar Day @specifiedBy(url: "https://scalars.graphql.org/andimarek/local-date")
  scalar Anything
  scalar Odd @specifiedBy(url: "https://example.org/odd")
  type Query { day: Day anything: Anything odd: Odd }
`);

function print(name: string, value: unknown): string | null {
  const type = schema.getType(name);
  if (!isLeafType(type)) throw new Error("No leaf");
  return compileLeaf(type)(value);
}

test("a scalar that is specified as a text lets nothing else through", () => {
  expect(print("Day", "2026-11-23")).toBe('"2026-11-23"');
  for (const value of [{ bsn: "999990019" }, ["999990019"], 999990019, true]) expect(print("Day", value)).toBeNull();
});

test("of another scalar only its subgraph knows", () => {
  for (const name of ["Anything", "Odd"]) expect(print(name, { any: ["thing"] })).toBe('{"any":["thing"]}');
});
