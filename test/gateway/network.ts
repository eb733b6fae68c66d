import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginInlineTraceDisabled } from "@apollo/server/plugin/disabled";
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";
import type { IntrospectionConfig } from "../../gateway/introspection.ts";
import { type GatewayConfig, startGateway } from "../../gateway/part.ts";
import { claimsHeader, createClaimsVerifier } from "../../plumbing/claims.ts";
import { systemClock } from "../../plumbing/clock.ts";
import { openHttpDoor, type Post } from "../../plumbing/http.ts";
import { openLog } from "../../plumbing/log.ts";
import { openSubgraphSocket } from "../../plumbing/subgraph-socket.ts";
import { compose, type Subgraph } from "../../prove/differential/subgraphs.ts";

/** A gateway over subgraphs on real sockets, with a provider of tokens beside it. */

const audience = "https://gateway.example";
const log = openLog("test", "silent");

/** An OpenID provider that has nothing but keys. */
export interface Provider extends AsyncDisposable {
  readonly issuer: string;
  /** Signs a token; claims given override the valid ones. */
  token(claims?: JWTPayload, life?: number): Promise<string>;
  /** From now on it says of this token that it no longer holds, to those who sign in to ask. */
  revoke(token: string): void;
}

export async function openProvider(): Promise<Provider> {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const key = { ...(await exportJWK(publicKey)), kid: "one", alg: "ES256", use: "sig" };
  const revoked = new Set<string>();
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    response.setHeader("content-type", "application/json");
    const asked = new URLSearchParams(body);
    const answers: Record<string, object> = {
      "/keys": { keys: [key] },
      "/introspect": { active: asked.has("client_assertion") && !revoked.has(asked.get("token") ?? "") },
    };
    const discovery = { issuer, jwks_uri: `${issuer}/keys`, introspection_endpoint: `${issuer}/introspect` };
    response.end(JSON.stringify(answers[request.url ?? ""] ?? discovery));
  });
  const issuer = await listening(server);
  return {
    issuer,
    token: (claims, life = 600) => {
      const iat = Math.floor(Date.now() / 1000);
      const payload = { iss: issuer, aud: audience, sub: "someone", party: "everyone", iat, exp: iat + life };
      return new SignJWT({ ...payload, ...claims }).setProtectedHeader({ alg: "ES256", kid: "one" }).sign(privateKey);
    },
    revoke: (token) => revoked.add(token),
    [Symbol.asyncDispose]: () => closed(server),
  };
}

/** A subgraph behind the house's own doors, which refuses all that the gateway has not signed. */
export interface RunningSubgraph extends AsyncDisposable {
  readonly url: string;
  /** The headers of each request that it got. */
  readonly requests: IncomingHttpHeaders[];
  /** How many connections were made to it. */
  readonly connections: number;
  readonly post: Post;
}

export async function startSubgraph({ name, schema }: Subgraph, publicKey: JWK): Promise<RunningSubgraph> {
  const stack = new AsyncDisposableStack();
  const verify = await createClaimsVerifier(publicKey, name, systemClock);
  const server = new ApolloServer({ schema, plugins: [ApolloServerPluginInlineTraceDisabled()] });
  await server.start();
  stack.defer(() => server.stop());
  const requests: IncomingHttpHeaders[] = [];
  const http = stack.use(
    await openHttpDoor(
      { host: "127.0.0.1", port: 0 },
      {
        log,
        ready: async () => true,
        admit: async ({ headers }) => {
          requests.push(headers);
          await verify(String(headers[claimsHeader]));
          return { server, context: {} };
        },
      },
    ),
  );
  stack.use(openSubgraphSocket(http.server, { schema, verify, contextFor: (claims) => ({ claims }), log }));
  let connections = 0;
  http.server.on("connection", () => {
    connections += 1;
  });
  return {
    url: `${http.url}/graphql`,
    requests,
    get connections() {
      return connections;
    },
    post: http.post,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

export interface Network extends AsyncDisposable {
  readonly url: string;
  readonly provider: Provider;
  readonly subgraphs: ReadonlyMap<string, RunningSubgraph>;
  stopGateway(): Promise<void>;
  /** Posts an operation with a valid token. */
  ask(query: string, options?: AskOptions): Promise<Asked>;
}

export interface AskOptions {
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly headers?: Record<string, string>;
  readonly token?: string;
  readonly party?: string;
}

export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  readonly body: any;
}

export interface NetworkOptions {
  /** `none`: all are served everything. */
  readonly contracts?: Record<string, { tags: string[]; graphs: string[] }> | "none";
  /** Addresses that take the place of the subgraphs' own. */
  readonly urls?: Record<string, string>;
  readonly deadline?: number;
  readonly deadlines?: ReadonlyMap<string, number>;
  readonly provider?: Provider;
  readonly introspection?: IntrospectionConfig;
  /** Whether the gateway is told that the subgraphs are in its own process. */
  readonly isInProcess?: boolean;
}

export async function openNetwork(subgraphs: readonly Subgraph[], options: NetworkOptions = {}): Promise<Network> {
  const stack = new AsyncDisposableStack();
  const { publicKey, privateKey } = await generateKeyPair("EdDSA", { extractable: true });
  const provider = options.provider ?? stack.use(await openProvider());
  const running = new Map<string, RunningSubgraph>();
  for (const subgraph of subgraphs) {
    running.set(subgraph.name, stack.use(await startSubgraph(subgraph, await exportJWK(publicKey))));
  }
  const folder = await mkdtemp(join(tmpdir(), "gateway-"));
  stack.defer(() => rm(folder, { recursive: true }));
  const all = { everyone: { tags: ["everyone"], graphs: subgraphs.map(({ name }) => name) } };
  await writeFile(join(folder, "supergraph.graphql"), compose(subgraphs));
  await writeFile(join(folder, "contracts.json"), JSON.stringify(options.contracts ?? all));
  const urls = [...running].map(([name, { url }]): [string, string] => [name, options.urls?.[name] ?? url]);
  const inProcess = new Map(options.isInProcess ? [...running].map(([name, { post }]) => [name, post]) : []);
  const config: GatewayConfig = {
    listen: { host: "127.0.0.1", port: 0 },
    supergraph: join(folder, "supergraph.graphql"),
    contracts: options.contracts === "none" ? undefined : join(folder, "contracts.json"),
    subgraphUrls: new Map(urls),
    privateKey: await exportJWK(privateKey),
    provider: { issuer: provider.issuer, audience, introspection: options.introspection },
    allowedOrigins: ["https://app.example"],
    deadline: options.deadline ?? 2_000,
    ...(options.deadlines && { deadlines: options.deadlines }),
    logLevel: "silent",
  };
  const gateway = await startGateway(config, { inProcess });
  const stopping = new AsyncDisposableStack();
  stopping.use(gateway);
  const stopGateway = () => stopping.disposeAsync();
  stack.defer(stopGateway);
  return {
    url: gateway.url,
    provider,
    subgraphs: running,
    stopGateway,
    ask: async (query, { variables, operationName, headers, token, party = "everyone" } = {}) => {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${token ?? (await provider.token({ party }))}`,
          ...headers,
        },
        body: JSON.stringify({ query, variables, operationName }),
      });
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** Listens on a free port and returns the address. */
export async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
