import type { QueryPlan } from "@graphql-hive/router-query-planner";
import { type ExecutionResult, execute, type GraphQLSchema, parse, validate } from "graphql";
import type { Contract } from "../../gateway/contracts/contract.ts";
import { Executor } from "../../gateway/executor/executor.ts";
import { isWithinLimits } from "../../gateway/executor/limits.ts";
import type { Plans } from "../../gateway/executor/mended-planner.ts";
import type { Subgraphs } from "../../gateway/upstream/port.ts";
import { openLog } from "../../plumbing/log.ts";
import { variables } from "./operations.ts";
import { caller } from "./subgraphs.ts";

/** What came of one operation. */
export type Verdict = "same" | "no operation" | "unplannable" | Difference;

export interface Difference {
  readonly source: string;
  readonly expected: ExecutionResult;
  readonly actual: ExecutionResult;
}

const log = openLog("prove", "silent");

/** A federated world, and the same in one. */
export interface World {
  readonly contract: Contract;
  /** The client's schema, with resolvers for all of it. */
  readonly whole: GraphQLSchema;
  readonly subgraphs: Subgraphs;
  /** Undoes what mutations did. */
  reset(): void;
}

/** Compares the gateway's answers with those of graphql-js over one schema. */
export class Comparison {
  readonly #world: World;
  readonly #plans: WatchedPlans;
  readonly #executor: Executor;

  constructor(world: World, plans: Plans) {
    this.#world = world;
    this.#plans = new WatchedPlans(plans);
    this.#executor = new Executor(world.contract, world.subgraphs, log, { plans: this.#plans });
  }

  async compare(source: string): Promise<Verdict> {
    const document = parse(source);
    const { contract, whole, reset } = this.#world;
    if (!isWithinLimits(document) || validate(contract.schema, document).length > 0) return "no operation";
    reset();
    const expected = await execute({ schema: whole, document, variableValues: variables });
    reset();
    const actual = await this.#executor.execute({ source, variables }, caller);
    if (actual.data === undefined && this.#plans.hasRefused) return "unplannable";
    return isSame(plain(expected), plain(actual)) ? "same" : { source, expected, actual };
  }
}

/** The planner, of which it is known whether it had a plan for what it was last asked. */
class WatchedPlans implements Plans {
  hasRefused = false;
  readonly #plans: Plans;

  constructor(plans: Plans) {
    this.#plans = plans;
  }

  async plan(...given: Parameters<Plans["plan"]>): Promise<QueryPlan> {
    this.hasRefused = true;
    const plan = await this.#plans.plan(...given);
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
