import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "graphql";
import { type Client, createClient } from "graphql-ws";
import { exportJWK, generateKeyPair } from "jose";
import { WebSocket } from "ws";
import { startGateway } from "../../gateway/part.ts";
import { startAnyProvider } from "../provider.ts";
import { type ContractTerms, SupergraphReading } from "./reading.ts";
import { type Call, recordingSchema, startRecordingSubgraph } from "./recording-subgraph.ts";
import type { Written } from "./writing.ts";

const audience = "urn:prove:gateway";

/** Who asks: nobody where there is no party. */
export interface Asker {
  readonly party: string | undefined;
  readonly scopes: readonly string[];
}

export type Transport = "HTTP" | "WebSocket";

export interface Asked {
  readonly text: string;
  /** What the gateway asked of the subgraphs for it. */
  readonly calls: readonly Call[];
}

/** A gateway over subgraphs that answer everything: what a caller does not get, the gateway itself has kept back. */
export interface OpenGateway extends AsyncDisposable {
  ask(asker: Asker, written: Pick<Written, "query" | "variables">, transport: Transport): Promise<Asked>;
}

export async function openGateway(
  supergraph: string,
  contracts: Readonly<Record<string, ContractTerms>>,
): Promise<OpenGateway> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "handle-with-care-prove-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const files = { supergraph: join(folder, "supergraph.graphql"), contracts: join(folder, "contracts.json") };
  await writeFile(files.supergraph, supergraph);
  await writeFile(files.contracts, JSON.stringify(contracts));

  const provider = stack.use(await startAnyProvider(audience));
  const document = parse(supergraph);
  const { types } = new SupergraphReading(document);
  const entities = [...types.values()].filter(({ isEntity }) => isEntity).map(({ name }) => name);
  const schema = recordingSchema(document, entities);
  let calls: Call[] = [];
  const graphs = new Set(Object.values(contracts).flatMap((terms) => terms.graphs));
  const subgraph = stack.use(await startRecordingSubgraph(schema, (call) => calls.push(call)));
  const { privateKey } = await generateKeyPair("EdDSA", { extractable: true });
  const gateway = stack.use(
    await startGateway({
      listen: { host: "127.0.0.1", port: 0 },
      ...files,
      subgraphUrls: new Map([...graphs].map((graph) => [graph, subgraph.url])),
      privateKey: await exportJWK(privateKey),
      provider: { issuer: provider.issuer, audience },
      allowedOrigins: [],
      deadline: 5_000,
      logLevel: "silent",
    }),
  );

  const tokens = new Map<string, Promise<string>>();
  const sockets = new Map<string, Client>();
  stack.defer(async () => {
    for (const socket of sockets.values()) await socket.dispose();
  });
  const tokenOf = ({ party, scopes }: Asker): Promise<string> => {
    const key = `${party} ${scopes.join(" ")}`;
    const claims = { party, organisation: "00000099000000001000", schools: ["99AA00"], scope: scopes.join(" ") };
    const token = tokens.get(key) ?? provider.token(claims);
    tokens.set(key, token);
    return token;
  };
  const all = stack.move();
  return {
    async ask(asker, { query, variables }, transport) {
      calls = [];
      const authorization = asker.party === undefined ? undefined : `Bearer ${await tokenOf(asker)}`;
      const text =
        transport === "HTTP"
          ? await overHttp(gateway.url, authorization, { query, variables })
          : await overSocket(socketOf(authorization), { query, variables });
      return { text, calls };
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };

  function socketOf(authorization: string | undefined): Client {
    const key = authorization ?? "";
    const socket =
      sockets.get(key) ??
      createClient({
        url: `${gateway.url.replace("http", "ws")}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: { authorization },
        retryAttempts: 0,
        lazyCloseTimeout: 60_000,
      });
    sockets.set(key, socket);
    return socket;
  }
}

type Request = Pick<Written, "query" | "variables">;

async function overHttp(url: string, authorization: string | undefined, request: Request): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(authorization === undefined ? {} : { authorization }) },
    body: JSON.stringify(request),
  });
  return response.text();
}

/** @returns the first answer as text, be it an event, or why there is none. */
async function overSocket(socket: Client, { query, variables }: Request): Promise<string> {
  try {
    for await (const answer of socket.iterate({ query, variables: { ...variables } })) return JSON.stringify(answer);
    return "";
  } catch (reason) {
    // Errors before any answer come as a list; a socket that is closed, as its close event.
    if (Array.isArray(reason)) return JSON.stringify({ errors: reason });
    const { code, reason: text } = reason as { code?: number; reason?: string };
    return JSON.stringify({ closed: code, reason: text });
  }
}
