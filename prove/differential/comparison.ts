import { type ExecutionResult, execute, type GraphQLError, type GraphQLSchema, parse, validate } from "graphql";
import type { Contract } from "../../gateway/contracts/contract.ts";
import { isWithinLimits } from "../../gateway/execution/limits.ts";
import type { Plans } from "../../gateway/execution/planning.ts";
import { Executor } from "../../gateway/executor/executor.ts";
import type { Subgraphs } from "../../gateway/upstream/port.ts";
import { openLog } from "../../plumbing/log.ts";
import { variables } from "./operations.ts";
import { caller } from "./subgraphs.ts";

/**
 * What came of one operation. Where a part of it has no plan, or its subgraph does not answer, that part is
 * null with an error at its place, and the rest is the same.
 */
export type Verdict = "same" | "the same but for what has no plan" | "no plan" | "no operation" | Difference;

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
  readonly #executor: Executor;
  /** The subgraph that does not answer. */
  #down: string | undefined;

  constructor(world: World, plans: Plans) {
    this.#world = world;
    const { subgraphs } = world;
    const failing: Subgraphs = {
      subscribe: (...given) => subgraphs.subscribe(...given),
      call: async (...given) => {
        if (given[0] === this.#down) throw new Error("The subgraph is down");
        return subgraphs.call(...given);
      },
    };
    this.#executor = new Executor(world.contract, failing, log, { plans, costLimit: Number.POSITIVE_INFINITY });
  }

  /** @param down a subgraph that does not answer meanwhile. */
  async compare(source: string, down?: string): Promise<Verdict> {
    const document = parse(source);
    const { contract, whole, reset } = this.#world;
    if (!isWithinLimits(document) || validate(contract.schema, document).length > 0) return "no operation";
    reset();
    const expected = await execute({ schema: whole, document, variableValues: variables });
    reset();
    this.#down = down;
    const actual = await this.#executor.execute({ source, variables }, caller);
    const isLost = actual.errors?.some((error) => codeOf(error) === unplanned) ?? false;
    if (isLost && actual.data === undefined) return "no plan";
    const excused = new Set([unplanned, ...(down === undefined ? [] : unanswered)]);
    if (!isSame(...excusing(excused, plain(expected), plain(actual)))) return { source, expected, actual };
    return isLost ? "the same but for what has no plan" : "same";
  }
}

/** The code of what has no plan, and those of what a subgraph has not answered. */
const unplanned = "INTERNAL_SERVER_ERROR";
const unanswered = ["SUBGRAPH_UNAVAILABLE", "SUBGRAPH_ERROR"];

function codeOf({ extensions }: GraphQLError): unknown {
  return extensions["code"] ?? "SUBGRAPH_ERROR";
}

/** Both answers without what errors of these codes explain in the second; nothing explains that it has no data at all. */
function excusing(codes: ReadonlySet<string>, expected: Plain, actual: Plain): readonly [Plain, Plain] {
  const places = [...actual.errors].filter((error) => codes.has(error.split(" ")[1] ?? "")).map(placeOfNullIn(actual));
  if (places.length === 0 || actual.data === undefined) return [expected, actual];
  return [withoutPlaces(expected, places), withoutPlaces(actual, places)];
}

function withoutPlaces({ data, errors }: Plain, places: readonly string[]): Plain {
  const blank = (value: unknown, place: string): unknown => {
    if (places.includes(place)) return null;
    if (typeof value !== "object" || value === null) return value;
    const below = (key: string, part: unknown) => blank(part, place === "" ? key : `${place}.${key}`);
    if (Array.isArray(value)) return value.map((part, index) => below(String(index), part));
    return JSON.parse(
      `{${Object.entries(value)
        .map(([key, part]) => `${JSON.stringify(key)}:${JSON.stringify(below(key, part))}`)
        .join(",")}}`,
    );
  };
  const isBelow = (error: string) =>
    places.some((place) => place === "" || `${error.split(" ")[0]}.`.startsWith(`${place}.`));
  return {
    data: data === undefined ? undefined : JSON.stringify(blank(JSON.parse(data), "")),
    errors: new Set([...errors].filter((error) => !isBelow(error))),
  };
}

interface Plain {
  /** JSON, as the order of keys counts. */
  readonly data: string | undefined;
  /** Where which error stands. */
  readonly errors: ReadonlySet<string>;
}

function plain({ data, errors }: ExecutionResult): Plain {
  const places = (errors ?? []).map((error) => `${error.path?.join(".") ?? ""} ${codeOf(error)}`);
  return { data: JSON.stringify(data), errors: new Set(places) };
}

function isSame(expected: Plain, actual: Plain): boolean {
  return (
    expected.data === actual.data && untold(expected, actual).length === 0 && untold(actual, expected).length === 0
  );
}

/** Errors of the one that the other must tell. Of several below one null, the specification lets one do for all. */
function untold(one: Plain, other: Plain): string[] {
  const placeOf = placeOfNullIn(one);
  // Where nothing has travelled up, the code must be the same as well.
  const placeOrError = (error: string) => (placeOf(error) === error.split(" ")[0] ? error : placeOf(error));
  const explained = new Set([...other.errors].map(placeOrError));
  return [...one.errors].filter((error) => !explained.has(placeOrError(error)));
}

/** Says where the null is to which an error has led. */
function placeOfNullIn({ data }: Plain): (error: string) => string {
  const parsed: unknown = JSON.parse(data ?? "null");
  return (error) => {
    let value = parsed;
    const passed: string[] = [];
    for (const segment of error.split(" ")[0]?.split(".") ?? []) {
      if (value === null) break;
      value = Object.getOwnPropertyDescriptor(value, segment)?.value;
      passed.push(segment);
    }
    return passed.join(".");
  };
}
