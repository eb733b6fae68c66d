import { describe, expect, test } from "@jest/globals";
import { buildSchema, parse, validate } from "graphql";
import { documentLimits, limitedDepth } from "../../plumbing/document-limits.ts";

const schema = buildSchema("type Query { me: Query id: ID }");
const levels = (count: number, inner: string) => `${"me { ".repeat(count)}${inner}${" }".repeat(count)}`;

function codesOf(source: string): unknown[] {
  return validate(schema, parse(source), [limitedDepth]).map(({ extensions }) => extensions["code"]);
}

describe("a document that is sent to a part", () => {
  test("may be as deep as the limit, and no deeper", () => {
    expect(codesOf(`{ ${levels(documentLimits.depth - 1, "id")} }`)).toEqual([]);
    expect(codesOf(`{ ${levels(documentLimits.depth, "id")} }`)).toEqual(["OPERATION_TOO_LARGE"]);
  });

  test("is measured through its fragments", () => {
    const half = documentLimits.depth / 2;
    const source = (inner: number) =>
      `{ ${levels(half, "...F")} } fragment F on Query { ... on Query { ${levels(inner, "id")} } }`;
    expect(codesOf(source(half - 1))).toEqual([]);
    expect(codesOf(source(half))).toEqual(["OPERATION_TOO_LARGE"]);
  });

  test("is measured at once, however its fragments spread each other, or themselves", () => {
    const doubled = Array.from(
      { length: 60 },
      (_, i) => `fragment F${i} on Query { ...F${i + 1} me { ...F${i + 1} } }`,
    );
    const began = performance.now();
    expect(codesOf(`{ ...F0 } ${doubled.join(" ")} fragment F60 on Query { id }`)).toEqual(["OPERATION_TOO_LARGE"]);
    expect(codesOf("{ ...A } fragment A on Query { me { ...B } } fragment B on Query { ...A }")).toEqual([]);
    // Written out, it would never end.
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
