import type { QueryPlan } from "@graphql-hive/router-query-planner";
import { type ExecutionResult, execute, type GraphQLSchema, parse, validate } from "graphql";
import type { Contract } from "../../gateway/contracts/contract.ts";
import { Executor } from "../../gateway/executor/executor.ts";
import { isWithinLimits } from "../../gateway/executor/limits.ts";
import type { Plans } from "../../gateway/executor/mended-planner.ts";
import { planning } from "../../gateway/executor/supergraph.ts";
import type { Subgraphs } from "../../gateway/upstream/port.ts";
import { openLog } from "../../plumbing/log.ts";
import { caller } from "./world.ts";

/** What came of one operation: undefined where it was the same from both, or none that can be compared. */
export type Verdict = "same" | "no operation" | "unplannable" | Difference;

export interface Difference {
  readonly source: string;
  readonly expected: ExecutionResult;
  readonly actual: ExecutionResult;
}

const variables = { no: false };
const log = openLog("test", "silent");

/** Compares the gateway's answers with those of graphql-js over one schema. */
export class Comparison {
  readonly #contract: Contract;
  readonly #whole: GraphQLSchema;
  readonly #plans = new WatchedPlans();
  readonly #executor: Executor;
  readonly #reset: () => void;

  /** @param whole the client's schema with resolvers for all of it; @param reset undoes what mutations did. */
  constructor(contract: Contract, whole: GraphQLSchema, subgraphs: Subgraphs, reset: () => void = () => undefined) {
    this.#contract = contract;
    this.#whole = whole;
    this.#executor = new Executor(contract, subgraphs, log, { plans: this.#plans });
    this.#reset = reset;
  }

  async compare(source: string): Promise<Verdict> {
    const document = parse(source);
    if (!isWithinLimits(document) || validate(this.#contract.schema, document).length > 0) return "no operation";
    this.#reset();
    const expected = await execute({ schema: this.#whole, document, variableValues: variables });
    this.#reset();
    const actual = await this.#executor.execute({ source, variables }, caller);
    if (actual.data === undefined && this.#plans.hasRefused) return "unplannable";
    return isSame(plain(expected), plain(actual)) ? "same" : { source, expected, actual };
  }
}

/** The planner, of which it is known whether it had a plan for what it was last asked. */
class WatchedPlans implements Plans {
  hasRefused = false;

  async plan(supergraph: string, operation: string): Promise<QueryPlan> {
    this.hasRefused = true;
    const plan = await planning.plan(supergraph, operation);
    this.hasRefused = false;
    return plan;
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
    ({ path, extensions }) => `${path?.join(".")} ${extensions?.["code"] ?? "SUBGRAPH_ERROR"}`,
  );
  return { data: JSON.stringify(data), errors: new Set(places) };
}

function isSame(expected: Plain, actual: Plain): boolean {
  return (
    expected.data === actual.data && untold(expected, actual).length === 0 && untold(actual, expected).length === 0
  );
}

/** Errors of the one that the other must tell. Of several below one null, the specification lets one do for all. */
function untold(one: Plain, other: Plain): string[] {
  const data: unknown = JSON.parse(one.data ?? "null");
  const placeOfNull = (error: string): string => {
    let value = data;
    const passed: string[] = [];
    const [path = "", code] = error.split(" ");
    for (const segment of path.split(".")) {
      if (value === null) return passed.join(".");
      value = Object.getOwnPropertyDescriptor(value, segment)?.value;
      passed.push(segment);
    }
    // Where nothing has travelled up, the code must be the same as well.
    return `${path} ${code}`;
  };
  const explained = new Set([...other.errors].map(placeOfNull));
  return [...one.errors].filter((error) => !explained.has(placeOfNull(error)));
}
