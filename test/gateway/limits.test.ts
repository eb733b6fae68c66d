import { describe, expect, test } from "@jest/globals";
import { getIntrospectionQuery, parse } from "graphql";
import { deriveContract } from "../../gateway/contracts/contract.ts";
import { Executor } from "../../gateway/executor/executor.ts";
import { openLog } from "../../plumbing/log.ts";
import { library } from "../../prove/differential/library.ts";
import { caller, compose, inProcess } from "../../prove/differential/subgraphs.ts";
import { planning } from "./planner.ts";

const contract = deriveContract("everyone", parse(compose(library)), {});
const subgraphs = inProcess(library);
const executor = new Executor(contract, subgraphs, openLog("test", "silent"), { plans: planning });

async function codeOf(source: string, variables?: unknown): Promise<unknown> {
  const { errors } = await executor.execute({ source, variables }, caller);
  return errors?.[0]?.extensions["code"];
}

const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => part(i)).join(" ");

describe("a document is refused before it is planned", () => {
  const bombs: [string, string, string][] = [
    ["nests too deep", `{ me { ${times(14, () => "friend {")} id ${times(14, () => "}")} } }`, "OPERATION_TOO_LARGE"],
    ["has too many aliases", `{ me { ${times(51, (i) => `a${i}: id`)} } }`, "OPERATION_TOO_LARGE"],
    ["has too many root fields", `{ ${times(21, (i) => `a${i}: __typename`)} }`, "OPERATION_TOO_LARGE"],
    [
      "has too many directives on itself",
      `query ${times(51, () => "@skip(if: false)")} { me { id } }`,
      "OPERATION_TOO_LARGE",
    ],
    [
      "has too many directives on its variables",
      `query (${times(51, (i) => `$v${i}: Int @skip(if: false)`)}) { me { id } }`,
      "OPERATION_TOO_LARGE",
    ],
    [
      "has a large fragment that it spreads nowhere",
      `{ me { id } } fragment F on Person { ${times(51, (i) => `a${i}: id`)} }`,
      "OPERATION_TOO_LARGE",
    ],
    ["has too many directives", `{ me { id ${times(51, () => "@skip(if: false)")} } }`, "OPERATION_TOO_LARGE"],
    [
      "explodes by fragments in fragments",
      `{ me { ...F0 } } ${times(30, (i) => `fragment F${i} on Person { ${times(8, () => `...F${i + 1}`)} }`)} fragment F30 on Person { id }`,
      "OPERATION_TOO_LARGE",
    ],
    [
      "spreads a fragment in itself",
      "{ me { ...F } } fragment F on Person { friend { ...F } }",
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["has too many tokens", `{ me { ${times(2_000, () => "id")} } }`, "GRAPHQL_PARSE_FAILED"],
    [
      "turns in circles of introspection",
      `{ __schema { types { ${times(5, () => "fields { type {")} name ${times(5, () => "} }")} } } }`,
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["is no GraphQL", "{ me { ", "GRAPHQL_PARSE_FAILED"],
  ];

  test.each(bombs)("and at once: it %s", async (_, source, code) => {
    const took: number[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const start = performance.now();
      expect(await codeOf(source)).toBe(code);
      took.push(performance.now() - start);
    }
    // The fastest of five: what else the machine does is not the document's doing.
    expect(Math.min(...took)).toBeLessThan(50);
    expect(subgraphs.calls).toEqual([]);
  });

  test("but the introspection of common tools passes", async () => {
    expect(await codeOf(getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }))).toBeUndefined();
  });
});

describe("a refusal tells nothing", () => {
  test("of the names that the contract hides", async () => {
    for (const source of [
      "{ me { nam } }",
      "{ me { weigh } }",
      "{ work(ide: 1) { id } }",
      "{ me { ... on Boo { id } } }",
    ]) {
      const answer = await executor.execute({ source }, caller);
      expect(JSON.parse(JSON.stringify(answer))).toEqual({
        errors: [
          {
            message: "The document does not fit the schema.",
            locations: [expect.anything()],
            extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
          },
          ...(answer.errors?.slice(1).map(() => expect.anything()) ?? []),
        ],
      });
    }
  });

  test("of a variable's value", async () => {
    const source = "query($n: Int!) { people(first: $n) { id } }";
    for (const variables of [{ n: "999990019" }, {}, { n: { toString: "999990019" } }, [], "999990019"]) {
      const answer = await executor.execute({ source, variables }, caller);
      expect(JSON.stringify(answer)).toBe(
        '{"errors":[{"message":"A variable or argument has a value that the schema does not allow.","extensions":{"code":"BAD_USER_INPUT"}}]}',
      );
    }
  });

  test("and an operation that cannot be told from the request is none", async () => {
    expect(await codeOf("query A { me { id } } query B { me { id } }")).toBe("OPERATION_RESOLUTION_FAILURE");
  });

  test("and variables by the names of properties of objects do no harm", async () => {
    const lost = "query($__proto__: Int!) { people(first: $__proto__) { id } }";
    expect(await codeOf(lost, JSON.parse('{ "__proto__": 1 }'))).toBe("BAD_USER_INPUT");
    const odd = "query($constructor: Int!) { people(first: $constructor) { id } }";
    expect(await codeOf(odd, {})).toBe("BAD_USER_INPUT");
    expect(await codeOf(odd, { constructor: 1 })).toBeUndefined();
  });
});
