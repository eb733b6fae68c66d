import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type ApolloServer, type BaseContext, HeaderMap } from "@apollo/server";
import type { ListenConfig } from "./config.ts";
import { Fault, type FaultCode, faultText } from "./faults.ts";
import { errorFacts, type Log } from "./log.ts";

/** The largest request body that is read, in bytes. */
const bodyLimit = 256 * 1024;

/** How long a client may take to send a request, in milliseconds. */
const requestTimeout = 30_000;

/** Which GraphQL server answers a request, and with which context. */
export interface Admission<TContext extends BaseContext> {
  readonly server: ApolloServer<TContext>;
  readonly context: TContext;
}

export interface HttpDoor<TContext extends BaseContext> {
  /**
   * Says who answers, before a byte of the body is parsed.
   * Refuses by throwing a Fault: UNAUTHENTICATED (401), FORBIDDEN (403) or SUBGRAPH_UNAVAILABLE (503).
   */
  admit(request: IncomingMessage): Promise<Admission<TContext>>;
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
  response.setHeader("cache-control", "no-store");
  response.setHeader("x-content-type-options", "nosniff");
  if (path === "/health" || path === "/ready") {
    const well = path === "/health" || (await door.ready());
    if (well) sendJson(response, 200, JSON.stringify({ status: "ok" }));
    else sendProblem(response, 503, "SUBGRAPH_UNAVAILABLE");
    return;
  }
  if (path === "/graphql") return answerGraphQL(request, response, door);
  if (door.page && (await door.page(request, response))) return;
  sendProblem(response, 404, "BAD_REQUEST");
}

async function answerGraphQL<TContext extends BaseContext>(
  request: IncomingMessage,
  response: ServerResponse,
  door: HttpDoor<TContext>,
): Promise<void> {
  if (request.method !== "POST") {
    response.setHeader("allow", "POST");
    return sendProblem(response, 405, "BAD_REQUEST");
  }
  if (!isJson(request.headers["content-type"])) return sendProblem(response, 415, "BAD_REQUEST");
  let admission: Admission<TContext>;
  try {
    admission = await door.admit(request);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return refuse(response, error);
  }
  const body = await readBody(request);
  if (body === "too large") {
    response.setHeader("connection", "close");
    return sendProblem(response, 413, "OPERATION_TOO_LARGE");
  }
  const parsed = parseJson(body);
  if (parsed === undefined) return sendProblem(response, 400, "BAD_REQUEST");
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const result = await admission.server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: "POST", headers, body: parsed, search: "" },
    context: async () => admission.context,
  });
  for (const [name, value] of result.headers) response.setHeader(name, value);
  response.setHeader("cache-control", "no-store");
  response.statusCode = result.status ?? 200;
  if (result.body.kind === "complete") {
    response.end(result.body.string);
    return;
  }
  for await (const chunk of result.body.asyncIterator) response.write(chunk);
  response.end();
}

/** RFC 8259 JSON in UTF-8 only: an odd charset could smuggle a body past a filter in front of us. */
function isJson(contentType: string | undefined): boolean {
  return contentType !== undefined && /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType.trim());
}

/** Reads by events: leaving a `for await` early would destroy the socket before the answer is out. */
function readBody(request: IncomingMessage): Promise<Buffer | "too large"> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > bodyLimit) {
        request.removeAllListeners("data");
        request.resume();
        resolve("too large");
      } else chunks.push(chunk);
    });
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("error", reject);
  });
}

/** @returns the JSON object of a body, or undefined where it is anything else (a batch included). */
function parseJson(body: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The status of a refusal before GraphQL. */
const refusals: Partial<Record<FaultCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  SUBGRAPH_UNAVAILABLE: 503,
};

function refuse(response: ServerResponse, { code }: Fault): void {
  if (code === "UNAUTHENTICATED") response.setHeader("www-authenticate", "Bearer");
  if (code === "SUBGRAPH_UNAVAILABLE") response.setHeader("retry-after", "5");
  sendProblem(response, refusals[code] ?? 400, code);
}

/** An error below GraphQL, as RFC 9457 problem details (NL API Design Rules). */
function sendProblem(response: ServerResponse, status: number, code: FaultCode): void {
  response.setHeader("content-type", "application/problem+json");
  response.statusCode = status;
  response.end(JSON.stringify({ type: "about:blank", status, title: faultText(code), code }));
}

function sendJson(response: ServerResponse, status: number, body: string): void {
  response.setHeader("content-type", "application/json");
  response.statusCode = status;
  response.end(body);
}
