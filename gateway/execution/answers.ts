import { codeOf } from "../../plumbing/faults.ts";
import { Failure } from "./failure.ts";
import { isJsonObject, type JsonObject, own, put } from "./json.ts";

/** A subgraph's answer, with each error put where the value is missing. */
export interface Answer {
  readonly data: JsonObject | Failure;
  /** Codes of errors that belong to no missing value. */
  readonly stray: readonly string[];
}

/** The answer of a subgraph that gave none. */
export const noAnswer: Answer = { data: Failure.of("SUBGRAPH_UNAVAILABLE"), stray: [] };

/** Reads whatever a subgraph sent. Of its errors only codes and paths are taken, never a text. */
export function readAnswer(answer: unknown): Answer {
  if (!isJsonObject(answer)) return noAnswer;
  const errors = readErrors(own(answer, "errors"));
  const data = own(answer, "data");
  if (!isJsonObject(data)) {
    const [first, ...others] = errors.map(({ code, path }) => Failure.of(code, path));
    return first ? { data: others.reduce((all, one) => all.and(one), first), stray: [] } : noAnswer;
  }
  const stray = errors.filter((error) => !place(data, error)).map(({ code }) => code);
  return { data, stray };
}

interface SubgraphError {
  readonly code: string;
  readonly path: readonly unknown[];
}

function readErrors(errors: unknown): SubgraphError[] {
  if (!Array.isArray(errors)) return [];
  return errors.map((error: unknown) => {
    const path = isJsonObject(error) ? own(error, "path") : undefined;
    return { code: codeOf(error), path: Array.isArray(path) ? path : [] };
  });
}

/** Follows an error's path to the null that it explains. @returns false where there is none. */
function place(data: JsonObject, { code, path }: SubgraphError): boolean {
  let container: JsonObject | unknown[] = data;
  for (const [depth, segment] of path.entries()) {
    const present: unknown = Array.isArray(container) ? container[Number(segment)] : own(container, String(segment));
    if (isJsonObject(present) || Array.isArray(present)) {
      container = present;
      continue;
    }
    const isMissing = present === null || present === undefined || present instanceof Failure;
    if (!isMissing) return false;
    const cause = Failure.of(code, path.slice(depth + 1));
    const failure = present instanceof Failure ? present.and(cause) : cause;
    if (!Array.isArray(container)) put(container, String(segment), failure);
    else if (Number(segment) in container) container[Number(segment)] = failure;
    else return false;
    return true;
  }
  return false;
}
