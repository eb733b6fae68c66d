import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type ApolloServer, type BaseContext, HeaderMap } from "@apollo/server";
import type { ListenConfig } from "./config.ts";
import { Fault } from "./faults.ts";
import { json, refuse, send, sendPermission, sendProblem } from "./http-answer.ts";
import { isJson, parseJsonObject, readBody } from "./http-body.ts";
import { errorFacts, type Log } from "./log.ts";

/** The largest request body that is read, in bytes. */
const bodyLimit = 256 * 1024;

/** How long a client may take to send a request, in milliseconds. */
const requestTimeout = 30_000;

/** Which GraphQL server answers a request, and with which context. */
export interface Admission<TContext extends BaseContext> {
  readonly server: ApolloServer<TContext>;
  readonly context: TContext;
  /**
   * Says which request a body stands for, where it is not itself one.
   * Refuses by throwing a Fault, which the client gets as the error of its operation.
   */
  readonly translate?: ((body: Record<string, unknown>) => Record<string, unknown>) | undefined;
  /**
   * Answers a request without the server, where that would add nothing but its cost.
   * @returns undefined where the request has to go to the server.
   */
  readonly shortWay?: ((body: Record<string, unknown>) => Promise<HttpAnswer> | undefined) | undefined;
}

/** An answer to a GraphQL request as it is sent. */
export interface HttpAnswer {
  readonly status: number;
  /** JSON */
  readonly text: string;
}

export interface HttpDoor<TContext extends BaseContext> {
  /**
   * Says who answers, before a byte of the body is parsed.
   * Refuses by throwing a Fault: UNAUTHENTICATED (401), FORBIDDEN (403) or SUBGRAPH_UNAVAILABLE (503).
   */
  admit(request: IncomingMessage): Promise<Admission<TContext>>;
  /** Whether a page of this origin may ask; without it, none may. A request without an Origin is no page's. */
  allowsOrigin?(origin: string): boolean;
  /** Whether the part can do its work now; decides the answer of GET /ready. */
  ready(): Promise<boolean>;
  /** Further pages, for example metrics; returns false where the path is not its own. */
  page?(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  readonly log: Log;
}

/** A listening HTTP server. Disposing it lets what is under way end, for five seconds at most. */
export interface ListeningServer extends AsyncDisposable {
  readonly server: Server;
  /** `http://host:port` */
  readonly url: string;
}

/** The one HTTP door: POST /graphql for @apollo/server, GET /health and GET /ready for the operator. */
export async function openHttpDoor<TContext extends BaseContext>(
  listen: ListenConfig,
  door: HttpDoor<TContext>,
): Promise<ListeningServer> {
  const underWay = new Set<ServerResponse>();
  const server = createServer({ requestTimeout }, (request, response) => {
    underWay.add(response);
    response.once("close", () => underWay.delete(response));
    answer(request, response, door).catch((error: unknown) => {
      door.log.error(errorFacts(error), "request failed");
      if (!response.headersSent) sendProblem(response, 500, "INTERNAL_SERVER_ERROR");
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(listen.port, listen.host, () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return {
    server,
    url: `http://${listen.host === "0.0.0.0" ? "127.0.0.1" : listen.host}:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      // Else their connections would be kept alive, and hold up the end, once they are answered.
      for (const response of underWay) if (!response.headersSent) response.setHeader("connection", "close");
      const deadline = setTimeout(() => server.closeAllConnections(), 5_000);
      await closed;
      clearTimeout(deadline);
    },
  };
}

async function answer<TContext extends BaseContext>(
  request: IncomingMessage,
  response: ServerResponse,
  door: HttpDoor<TContext>,
): Promise<void> {
  // A path only: anything after `?` could carry what must not stand in a URL, so it is not read.
  const path = (request.url ?? "/").split("?", 1)[0];
  if (path === "/graphql") return answerGraphQL(request, response, door);
  if (path === "/health" || path === "/ready") {
    const well = path === "/health" || (await door.ready());
    if (well) send(response, 200, json, JSON.stringify({ status: "ok" }));
    else sendProblem(response, 503, "SUBGRAPH_UNAVAILABLE");
    return;
  }
  if (door.page && (await door.page(request, response))) return;
  sendProblem(response, 404, "BAD_REQUEST");
}

async function answerGraphQL<TContext extends BaseContext>(
  request: IncomingMessage,
  response: ServerResponse,
  door: HttpDoor<TContext>,
): Promise<void> {
  const { origin } = request.headers;
  if (origin !== undefined) {
    // A cache in between must not take the answer to one page for the answer to another.
    response.setHeader("vary", "origin");
    if (door.allowsOrigin?.(origin) !== true) return sendProblem(response, 403, "FORBIDDEN");
    response.setHeader("access-control-allow-origin", origin);
    if (request.method === "OPTIONS") return sendPermission(response);
  }
  if (request.method !== "POST") return sendProblem(response, 405, "BAD_REQUEST", { allow: "POST" });
  if (!isJson(request.headers["content-type"])) return sendProblem(response, 415, "BAD_REQUEST");
  let admission: Admission<TContext>;
  try {
    admission = await door.admit(request);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return refuse(response, error);
  }
  const body = await readBody(request, bodyLimit);
  if (body === "too large") return sendProblem(response, 413, "OPERATION_TOO_LARGE", { connection: "close" });
  const parsed = parseJsonObject(body);
  if (parsed === undefined) return sendProblem(response, 400, "BAD_REQUEST");
  const operation = translated(parsed, admission);
  if (operation instanceof Fault) return send(response, 400, json, JSON.stringify({ errors: [operation] }));
  const { accept } = request.headers;
  const answered = isPlain(accept) ? await admission.shortWay?.(operation) : undefined;
  if (answered !== undefined) return send(response, answered.status, json, answered.text);
  return askServer(response, admission, operation, accept);
}

async function askServer<TContext extends BaseContext>(
  response: ServerResponse,
  { server, context }: Admission<TContext>,
  body: Record<string, unknown>,
  accept: string | undefined,
): Promise<void> {
  const { status = 200, ...result } = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: "POST", headers: headersFor(accept), body, search: "" },
    context: async () => context,
  });
  // In parts it would come of `@defer`, which no schema of ours has.
  if (result.body.kind !== "complete") return sendProblem(response, 500, "INTERNAL_SERVER_ERROR");
  const { "content-type": type = json, ...others } = Object.fromEntries(result.headers);
  return send(response, status, type, result.body.string, others);
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

function translated<TContext extends BaseContext>(
  body: Record<string, unknown>,
  { translate }: Admission<TContext>,
): Record<string, unknown> | Fault {
  try {
    return translate ? translate(body) : body;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}
