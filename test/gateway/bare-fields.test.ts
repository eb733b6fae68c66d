import type { QueryPlan } from "@graphql-hive/router-query-planner";
import { describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import { BareFields } from "../../gateway/execution/bare-fields.ts";

const bareFields = new BareFields(
  parse("type Query { thing: Thing } type Thing { name(of: String): String part: Thing }"),
);

function mended(operation: string): string | undefined {
  const plan: QueryPlan = {
    kind: "QueryPlan",
    node: { kind: "Fetch", serviceName: "s", operationKind: "query", operation },
  };
  const { node } = bareFields.mend(plan);
  return node?.kind === "Fetch" ? node.operation : undefined;
}

describe("an operation of the planner", () => {
  test.each([
    ["an object's field", "{thing{name part}}", "{ thing { name } }"],
    ["the only field of an object", "{thing{part{part}}}", "{ thing { part { __typename } } }"],
    ["an inline fragment", "{thing{name ...on Thing}}", "{thing{name ...on Thing{__typename}}}"],
    [
      "two of them beside a text that looks like one",
      '{thing{...on Thing ... on Thing name(of:"...on Thing}")}}',
      '{thing{...on Thing{__typename} ... on Thing{__typename} name(of:"...on Thing}")}}',
    ],
  ])("that has lost the selections of %s is mended", (_, operation, expected) => {
    const text = mended(operation) ?? "";
    expect(text.replace(/\s+/g, " ")).toBe(expected);
    expect(() => parse(text)).not.toThrow();
  });

  test.each(["{thing{name}}", "{thing{...on Thing{name} ...on Thing@skip(if:true){name}}}"])(
    "that lacks nothing stays as it is: %s",
    (operation) => {
      expect(mended(operation)).toBe(operation);
    },
  );
});
