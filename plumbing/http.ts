import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { BaseContext } from "@apollo/server";
import type { ListenConfig } from "./config.ts";
import { type Admit, answerPosted } from "./graphql-door.ts";
import { type HttpAnswer, problem, send, sendPermission, sendProblem } from "./http-answer.ts";
import { isJson, readBody } from "./http-body.ts";
import { Leases } from "./leases.ts";
import { errorFacts, type Log } from "./log.ts";
import { NewestAnswers } from "./newest-answers.ts";
import type { ServerTls } from "./tls.ts";

/** The largest request body that is read, in bytes. */
const bodyLimit = 256 * 1024;

/** How long a client may take to send a request, in milliseconds. */
const requestTimeout = 30_000;

/** How long what is under way may take when the door closes, in milliseconds. */
const closingPatience = 5_000;

export interface HttpDoor<TContext extends BaseContext> {
  readonly admit: Admit<TContext>;
  /** Whether a page of this origin may ask; without it, none may. A request without an Origin is no page's. */
  allowsOrigin?(origin: string): boolean;
  /** Whether the part can do its work now; decides the answer of GET /ready. */
  ready(): Promise<boolean>;
  /** Further pages, for example metrics; returns false where the path is not its own. */
  page?(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** With it, nobody is answered but over TLS. */
  readonly tls?: ServerTls | undefined;
  readonly log: Log;
}

/**
 * Takes what would be posted to /graphql from within the process, past the network and no other guard.
 * Rejects where the door is closed, as a connection would be refused.
 * @param headers by their names in lower case.
 */
export type Post = (headers: IncomingHttpHeaders, body: string) => Promise<HttpAnswer>;

/** A listening HTTP server. Disposing it lets what is under way end, for five seconds at most. */
export interface ListeningServer extends AsyncDisposable {
  readonly server: Server;
  /** `http://host:port` */
  readonly url: string;
  readonly post: Post;
}

/** The one HTTP door: POST /graphql for @apollo/server, GET /health and GET /ready for the operator. */
export async function openHttpDoor<TContext extends BaseContext>(
  listen: ListenConfig,
  door: HttpDoor<TContext>,
): Promise<ListeningServer> {
  const newest = new NewestAnswers();
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    newest.begin(request.socket, response);
    try {
      await answer(request, response, door);
    } catch (error) {
      // Who has hung up is not told anything, and what they left undone is no failure of ours.
      if (request.errored || response.destroyed) return;
      const failure = fail(error);
      if (!response.headersSent) send(response, failure);
      else response.destroy();
    }
  };
  const { tls } = door;
  const server = tls
    ? createTlsServer({ ...tls, requestTimeout }, listener)
    : createServer({ requestTimeout }, listener);
  const fail = (error: unknown): HttpAnswer => {
    door.log.error(errorFacts(error), "request failed");
    return problem(500, "INTERNAL_SERVER_ERROR");
  };
  const posts = new Leases();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(listen.port, listen.host, () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return {
    server,
    url: `${tls ? "https" : "http"}://${listen.host === "0.0.0.0" ? "127.0.0.1" : listen.host}:${port}`,
    async post(headers, body) {
      if (!server.listening) throw new Error("The door is closed");
      const bytes = Buffer.from(body);
      const read = async () => (bytes.length > bodyLimit ? "too large" : bytes);
      const done = posts.take();
      try {
        return await answerPosted(door.admit, headers, read);
      } catch (error) {
        return fail(error);
      } finally {
        done();
      }
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      newest.makeLast();
      const late = Promise.withResolvers<void>();
      const deadline = setTimeout(() => {
        server.closeAllConnections();
        late.resolve();
      }, closingPatience);
      await Promise.all([closed, Promise.race([posts.allReturned(), late.promise])]);
      clearTimeout(deadline);
    },
  };
}

function answer<TContext extends BaseContext>(
  request: IncomingMessage,
  response: ServerResponse,
  door: HttpDoor<TContext>,
): Promise<void> {
  const path = pathOf(request);
  return path === "/graphql" ? answerGraphQL(request, response, door) : answerOther(path, request, response, door);
}

/** A path only: anything after `?` could carry what must not stand in a URL, so it is not read. */
function pathOf({ url = "/" }: IncomingMessage): string {
  const end = url.indexOf("?");
  return end === -1 ? url : url.slice(0, end);
}

async function answerOther<TContext extends BaseContext>(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  door: HttpDoor<TContext>,
): Promise<void> {
  if (path === "/health" || path === "/ready") {
    const well = path === "/health" || (await door.ready());
    if (well) send(response, { status: 200, text: JSON.stringify({ status: "ok" }) });
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
  send(response, await answerPosted(door.admit, request.headers, () => readBody(request, bodyLimit)));
}
