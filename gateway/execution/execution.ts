import type { Caller, Subgraphs } from "../upstream/port.ts";
import type { JsonObject } from "./json.ts";

/** One run of a plan: what it is run with, and the data that grow as the subgraphs answer. */
export interface Execution {
  readonly subgraphs: Subgraphs;
  readonly caller: Caller;
  /** The coerced variables of the operation. */
  readonly variables: JsonObject;
  readonly data: JsonObject;
  /** Codes of errors that no place in the data explains. */
  readonly stray: string[];
}

/** A node of the plan, ready to run. It never rejects: what fails is marked in the data. */
export type Step = (execution: Execution) => Promise<void>;
