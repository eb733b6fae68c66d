import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { graphql } from "graphql";
import { handleProtocols } from "graphql-ws";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { type Gateway, type Outside, readArguments, readGatewayConfig, startGateway } from "../../gateway/part.ts";
import { Config } from "../../plumbing/config.ts";
import { compose, type Subgraph } from "../../prove/differential/subgraphs.ts";
import { closed, listening } from "./network.ts";

/** A gateway as anybody would try it: a supergraph file, subgraphs that ask for nothing, and no sign-in. */
export interface OpenHouse extends AsyncDisposable {
  readonly folder: string;
  readonly supergraph: string;
  /** The headers of each request that a subgraph got. */
  readonly headers: IncomingHttpHeaders[];
  start(environment?: Record<string, string>, outside?: Outside): Promise<Gateway>;
  /** Replaces the supergraph by one of other subgraphs. */
  recompose(subgraphs: readonly Subgraph[]): Promise<void>;
}

export async function openHouse(subgraphs: readonly Subgraph[]): Promise<OpenHouse> {
  const stack = new AsyncDisposableStack();
  const headers: IncomingHttpHeaders[] = [];
  const folder = await mkdtemp(join(tmpdir(), "gateway-"));
  stack.defer(() => rm(folder, { recursive: true }));
  const supergraph = join(folder, "supergraph.graphql");
  const recompose = async (served: readonly Subgraph[]) => {
    const urls = new Map<string, string>();
    for (const subgraph of served) urls.set(subgraph.name, await serve(subgraph));
    await writeFile(supergraph, compose(served, urls));
  };
  /** A subgraph that asks nobody who they are, as most do. */
  const serve = async ({ schema }: Subgraph): Promise<string> => {
    const server = createServer(async (request, response) => {
      headers.push(request.headers);
      if (request.url === "/ready") return void response.end();
      let body = "";
      for await (const chunk of request) body += chunk;
      const { query, variables } = JSON.parse(body);
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(await graphql({ schema, source: query, variableValues: variables })));
    });
    const sockets = new WebSocketServer({ server, handleProtocols });
    const events = useServer({ schema }, sockets);
    const url = await listening(server);
    stack.defer(async () => {
      await events.dispose();
      await closed(server);
    });
    return url;
  };
  await recompose(subgraphs);
  return {
    folder,
    supergraph,
    headers,
    recompose,
    start: async (environment = {}, outside = {}) => {
      const settings = new Config({ LOG_LEVEL: "silent", ...environment });
      const config = settings.with(readArguments(["--supergraph", supergraph, "--port", "0"]));
      return stack.use(await startGateway(readGatewayConfig(config), outside));
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

export interface Posted {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  readonly body: any;
}

/** Posts a GraphQL request without any token. */
export async function post(url: string, request: object): Promise<Posted> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
  });
  return { status: response.status, body: await response.json() };
}
