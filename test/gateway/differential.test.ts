import { describe, expect, test } from "@jest/globals";
import {
  buildSchema,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  parse,
  validate,
} from "graphql";
import { deriveContract } from "../../gateway/contracts/contract.ts";
import { admitDocument } from "../../gateway/executor/admission.ts";
import { Executor } from "../../gateway/executor/executor.ts";
import { isWithinLimits } from "../../gateway/executor/limits.ts";
import { PreparedOperation } from "../../gateway/executor/prepared.ts";
import { Supergraph } from "../../gateway/executor/supergraph.ts";
import { Config } from "../../plumbing/config.ts";
import { openLog } from "../../plumbing/log.ts";
import { library, monolith } from "./library.ts";
import { OperationMaker } from "./operations.ts";
import { caller, compose, inProcess } from "./world.ts";

/** How many operations are compared, and from which seed on: a failure names its own seed. */
const config = new Config();
const operations = config.integer("OPERATIONS", { fallback: 300 });
const firstSeed = config.integer("SEED", { fallback: 1 });

const contract = deriveContract("everyone", parse(compose(library)), {});
const supergraph = new Supergraph(contract);
const executor = new Executor(contract, inProcess(library), openLog("test", "silent"));
const whole = withResolvers(buildSchema(contract.sdl));
const variables = { no: false };

describe("random operations", () => {
  test("are answered as graphql-js answers them over one schema", async () => {
    let unplannable = 0;
    let compared = 0;
    for (let seed = firstSeed; compared < operations; seed += 1) {
      const source = new OperationMaker(contract.schema, seed).make();
      const document = parse(source);
      if (!isWithinLimits(document) || validate(contract.schema, document).length > 0) continue;
      compared += 1;
      if (!isPlannable(document)) {
        unplannable += 1;
        continue;
      }
      const expected = plain(await execute({ schema: whole, document, variableValues: variables }));
      const actual = plain(await executor.execute({ source, variables }, caller));
      expect({ seed, source, data: actual.data }).toEqual({ seed, source, data: expected.data });
      expect({ seed, source, invented: [...actual.errors].filter((error) => !expected.errors.has(error)) }).toEqual({
        seed,
        source,
        invented: [],
      });
      expect({ seed, source, untold: untold(expected, actual) }).toEqual({ seed, source, untold: [] });
    }
    // A defect of the planner itself: a @requires below a fragment that narrows an interface.
    expect(unplannable).toBeLessThanOrEqual(operations / 100);
  }, 600_000);
});

function isPlannable(document: DocumentNode): boolean {
  const operation = new PreparedOperation(supergraph, admitDocument(contract.schema, document));
  try {
    operation.variant(operation.variables(variables));
    return true;
  } catch {
    return false;
  }
}

interface Plain {
  /** JSON, as the order of keys counts. */
  readonly data: string | undefined;
  /** Where which error stands. */
  readonly errors: ReadonlySet<string>;
}

function plain({ data, errors }: ExecutionResult): Plain {
  const places = (errors ?? []).map(
    ({ path, extensions }) => `${path?.join(".")} ${extensions["code"] ?? "SUBGRAPH_ERROR"}`,
  );
  return { data: JSON.stringify(data), errors: new Set(places) };
}

/** Errors that must be told. Of several below one null, the specification lets one do for all. */
function untold(expected: Plain, actual: Plain): string[] {
  const data: unknown = JSON.parse(expected.data ?? "null");
  const placeOfNull = (error: string): string => {
    let value = data;
    const passed: string[] = [];
    for (const segment of error.split(" ", 1)[0]?.split(".") ?? []) {
      if (value === null) break;
      value = Object.getOwnPropertyDescriptor(value, segment)?.value;
      passed.push(segment);
    }
    return passed.join(".");
  };
  const explained = new Set([...actual.errors].map(placeOfNull));
  return [...expected.errors].filter((error) => !explained.has(placeOfNull(error)));
}

function withResolvers(schema: GraphQLSchema): GraphQLSchema {
  for (const [name, resolvers] of Object.entries<Record<string, unknown>>(monolith)) {
    const type = schema.getType(name);
    const fields = type && "getFields" in type ? type.getFields() : {};
    for (const [field, resolve] of Object.entries(resolvers)) {
      if (field === "__resolveType") Object.assign(type ?? {}, { resolveType: resolve });
      else if (fields[field]) Object.assign(fields[field], { resolve });
    }
  }
  return schema;
}
