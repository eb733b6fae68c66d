import type { IncomingHttpHeaders } from "node:http";
import { type ApolloServer, type BaseContext, HeaderMap } from "@apollo/server";
import { Fault } from "./faults.ts";
import { type HttpAnswer, problem, refusal } from "./http-answer.ts";
import { parseJsonObject } from "./http-body.ts";

/** Which GraphQL server answers a request, and with which context. */
export interface Admission<TContext extends BaseContext> {
  readonly server: ApolloServer<TContext>;
  readonly context: TContext;
  /**
   * Says which request a body stands for, where it is not itself one.
   * Refuses by throwing a Fault, which the client gets as the error of its operation.
   */
  readonly translate?: ((body: Body) => Body) | undefined;
  /**
   * Answers a request without the server, where that would add nothing but its cost.
   * @returns undefined where the request has to go to the server.
   */
  readonly shortWay?: ((body: Body, context: TContext) => Promise<HttpAnswer> | undefined) | undefined;
  /** Is called once the request has been answered, in whichever way: what answers it may end from then on. */
  readonly leave?: (() => void) | undefined;
}

/** A request as it was posted. */
export type Body = Record<string, unknown>;

/**
 * Says who answers, by the headers and before a byte of the body is parsed.
 * Refuses by throwing a Fault: UNAUTHENTICATED (401), FORBIDDEN (403) or SUBGRAPH_UNAVAILABLE (503).
 */
export type Admit<TContext extends BaseContext> = (request: {
  readonly headers: IncomingHttpHeaders;
}) => Promise<Admission<TContext>>;

/** Answers what is posted, whether it came over the network or from within this process. */
export async function answerPosted<TContext extends BaseContext>(
  admit: Admit<TContext>,
  headers: IncomingHttpHeaders,
  readBody: () => Promise<Buffer | "too large">,
): Promise<HttpAnswer> {
  let admission: Admission<TContext>;
  try {
    admission = await admit({ headers });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return refusal(error);
  }
  try {
    return await answerAdmitted(admission, await readBody(), headers.accept);
  } finally {
    admission.leave?.();
  }
}

function answerAdmitted<TContext extends BaseContext>(
  admission: Admission<TContext>,
  body: Buffer | "too large",
  accept: string | undefined,
): HttpAnswer | Promise<HttpAnswer> {
  if (body === "too large") return problem(413, "OPERATION_TOO_LARGE", { connection: "close" });
  const parsed = parseJsonObject(body);
  if (parsed === undefined) return problem(400, "BAD_REQUEST");
  const operation = translated(parsed, admission);
  if (operation instanceof Fault) return { status: 400, text: JSON.stringify({ errors: [operation] }) };
  const answered = isPlain(accept) ? admission.shortWay?.(operation, admission.context) : undefined;
  return answered ?? askServer(admission, operation, accept);
}

async function askServer<TContext extends BaseContext>(
  { server, context }: Admission<TContext>,
  body: Body,
  accept: string | undefined,
): Promise<HttpAnswer> {
  const result = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: "POST", headers: headersFor(accept), body, search: "" },
    context: async () => context,
  });
  // In parts it would come of `@defer`, which no schema of ours has.
  if (result.body.kind !== "complete") return problem(500, "INTERNAL_SERVER_ERROR");
  const { "content-type": type, ...headers } = Object.fromEntries(result.headers);
  return { status: result.status ?? 200, text: result.body.string, type, headers };
}

/** Whether a client takes JSON, without the server having to weigh what it says it takes. */
function isPlain(accept: string | undefined): boolean {
  return accept === undefined || accept === "*/*" || accept === "application/json";
}

const plainHeaders = headerMap("");

/**
 * What the server is told of a request's headers: it has no use for any but these. It weighs what
 * the client accepts twice in each request, so where that is plain, it is told of nothing to weigh.
 */
function headersFor(accept: string | undefined): HeaderMap {
  return isPlain(accept) ? plainHeaders : headerMap(accept ?? "");
}

function headerMap(accept: string): HeaderMap {
  return new HeaderMap([
    ["content-type", "application/json"],
    ["accept", accept],
  ]);
}

function translated<TContext extends BaseContext>(body: Body, { translate }: Admission<TContext>): Body | Fault {
  try {
    return translate ? translate(body) : body;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}
