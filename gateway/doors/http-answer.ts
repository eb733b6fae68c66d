import type { HttpAnswer } from "../../plumbing/http-answer.ts";
import type { AnswerText } from "../execution/printed.ts";
import type { Executor, OperationRequest } from "../executor/executor.ts";
import type { Caller } from "../upstream/port.ts";

/** Runs a request for a door of HTTP. The text goes out as the executor has made it. */
export function answerOverHttp(executor: Executor, request: OperationRequest, caller: Caller): Promise<HttpAnswer> {
  return executor.executeText(request, caller).then(asHttpAnswer);
}

function asHttpAnswer({ text, ok, errors }: AnswerText): HttpAnswer {
  if (ok) return { status: 200, text };
  // A request that was not run: 400, or 500 where that is our own fault.
  const isOurs = errors.some(({ extensions }) => extensions["code"] === "INTERNAL_SERVER_ERROR");
  return { status: isOurs ? 500 : 400, text };
}
