import type { HttpAnswer } from "../../plumbing/http-answer.ts";
import { isJsonObject } from "../execution/json.ts";
import type { Executor } from "../executor/executor.ts";
import type { Caller } from "../upstream/port.ts";
import { answerOverHttp } from "./http-answer.ts";

/**
 * Answers in the place of Apollo Server what it would only look at again: a registered document, where no others
 * are run, and a text that has been admitted before and is still kept as it was prepared then. What Apollo
 * Server does for a text that anybody may have written (to read it, to find its operation) has been done for this one,
 * and it costs more than a small answer does. All that guards stays in the way: sign-in and the limit of the body
 * stand before it at the door; registration, the limits of the document, the contract, cost, access, the masking of
 * errors, the log and what is counted behind it in the executor. What a contract no longer allows is not known to the
 * executor that takes the old one's place.
 * @returns undefined where the text is new, or the request not of the usual form: to say what is wrong is Apollo
 *   Server's part.
 */
export function answerShortly(
  executor: Executor,
  body: Readonly<Record<string, unknown>>,
  caller: Caller,
): Promise<HttpAnswer> | undefined {
  const { query, operationName, variables, extensions } = body;
  if (typeof query !== "string" || !executor.trusts(query)) return undefined;
  if (!isObjectIfGiven(variables) || !isUsual(extensions)) return undefined;
  if (operationName !== undefined && operationName !== null && typeof operationName !== "string") return undefined;
  return answerOverHttp(executor, { source: query, operationName, variables }, caller);
}

function isObjectIfGiven(value: unknown): boolean {
  return value === undefined || value === null || isJsonObject(value);
}

/** Of extensions, one means something here: a hash that goes with a text, which Apollo Server refuses. */
function isUsual(extensions: unknown): boolean {
  return (
    isObjectIfGiven(extensions) && !(extensions as { persistedQuery?: unknown } | null | undefined)?.persistedQuery
  );
}
