import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createClient } from "graphql-ws";
import { Agent, fetch } from "undici";
import { WebSocket } from "ws";
import { DeadlineQueue } from "../../gateway/upstream/deadline-queue.ts";
import { CallFailed, TextCalls } from "../../gateway/upstream/text-calls.ts";
import { Config } from "../../plumbing/config.ts";
import { openHttpDoor } from "../../plumbing/http.ts";
import { openLog } from "../../plumbing/log.ts";
import { type ClientTls, readClientTls, readServerTls } from "../../plumbing/tls.ts";
import { parts } from "../../system/parts.ts";
import { type Authority, type Issued, makeAuthority } from "../certificates.ts";
import { until } from "../until.ts";
import { startWay, type WaySystem } from "./way-system.ts";

/* The whole system with TLS on every hop, and mutual TLS where the gateway calls a subgraph: over HTTP and WebSocket. */

let way: WaySystem;
let authority: Authority;
let stranger: Authority;
let own: Issued;

beforeAll(async () => {
  authority = await makeAuthority();
  stranger = await makeAuthority();
  own = await authority.issue();
  const { ca } = authority;
  way = await startWay((part, { gateway, subgraphs }) => ({
    TLS_CERTIFICATE: own.cert,
    TLS_KEY: own.key,
    TLS_CA: ca,
    ...(part === "gateway"
      ? { SUBGRAPH_URLS: parts.map(({ name }) => `${name}=https://127.0.0.1:${subgraphs[name]}/graphql`).join(",") }
      : { TLS_CLIENT_CA: ca, GATEWAY_URL: `https://127.0.0.1:${gateway}/graphql` }),
  }));
}, 90_000);
afterAll(async () => {
  await way[Symbol.asyncDispose]();
});

async function ask(persona: string, query: string, variables = {}) {
  const response = await fetch(`https://127.0.0.1:${way.addresses.gateway}/graphql`, {
    method: "POST",
    dispatcher: new Agent({ connect: { ca: authority.ca } }),
    headers: { "content-type": "application/json", authorization: `Bearer ${await way.token(persona)}` },
    body: JSON.stringify({ query, variables }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: of the shape that is asked for
  return ((await response.json()) as any).data;
}

test("a signal travels from the police to the school's open screen over TLS alone", async () => {
  class Trusting extends WebSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol, { ca: authority.ca });
    }
  }
  const client = createClient({
    url: `wss://127.0.0.1:${way.addresses.gateway}/graphql`,
    webSocketImpl: Trusting,
    connectionParams: { authorization: `Bearer ${await way.token("school-contact")}` },
    retryAttempts: 0,
  });
  const events = client.iterate<{ signalEvents: { kind: string } }>({
    query: "subscription { signalEvents { kind signal { id } } }",
  });
  const first = events.next();
  await new Promise<void>((resolve) => client.on("connected", () => resolve()));
  const input = {
    idempotencyKey: "over TLS",
    occurredAt: new Date().toISOString(),
    category: "OTHER",
    children: [{ bsn: "999990007" }],
  };
  const report = "mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { __typename } }";
  expect((await ask("police-integrator", report, { input })).reportIncident.__typename).toBe("IncidentReported");
  // A practice signal, which comes at any hour; the reported one may be held until the morning.
  await ask("school-contact", 'mutation { sendPracticeSignal(input: { schoolId: "99AA00" }) { __typename } }');
  expect((await first).value?.data?.signalEvents.kind).toBe("RAISED");
  await client.dispose();
  // What was reported has come to Leerplicht, over the gateway.
  const database = way.databases.get("leerplicht");
  if (database === undefined) throw new Error("No database");
  await until("the report at Leerplicht", async () => {
    const { sentSignals } = await ask("police-integrator", "{ sentSignals { edges { node { progress } } } }");
    return sentSignals.edges[0].node.progress === "DELIVERED";
  });
});

test("an operator is told how subgraphs are that ask for a certificate", async () => {
  const response = await fetch(`https://127.0.0.1:${way.addresses.gateway}/federation`, {
    dispatcher: new Agent({ connect: { ca: authority.ca } }),
    headers: { authorization: `Bearer ${await way.token("operator")}` },
  });
  const { subgraphs } = (await response.json()) as { subgraphs: { health: string }[] };
  expect(subgraphs.map(({ health }) => health)).toEqual(parts.map(() => "READY"));
});

/** Whether somebody who shows this may speak with the police's subgraph. */
function isLetIn(shown: ClientTls): Promise<boolean> {
  const port = Number(way.addresses.subgraphs["police"]);
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port, ca: authority.ca, ...shown });
    // With TLS 1.3 a refusal comes after the client's own handshake: so it asks, and sees whether it is answered.
    socket.on("secureConnect", () => socket.write("GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"));
    socket.on("data", (answer) => {
      resolve(String(answer).startsWith("HTTP/1.1 200"));
      socket.destroy();
    });
    socket.on("error", () => resolve(false));
    socket.on("close", () => resolve(false));
  });
}

describe("a subgraph lets in", () => {
  test("who has a certificate of the authority", async () => {
    expect(await isLetIn(own)).toBe(true);
  });

  test.each([
    ["who shows none", async () => ({})],
    ["who shows one of another authority", () => stranger.issue()],
    ["who shows one that has expired", () => authority.issue("127.0.0.1", "expired")],
  ])("nobody %s", async (_, shown) => {
    expect(await isLetIn(await shown())).toBe(false);
  });

  test("no WebSocket without a certificate", async () => {
    const socket = new WebSocket(
      `wss://127.0.0.1:${way.addresses.subgraphs["police"]}/graphql`,
      "graphql-transport-ws",
      {
        ca: authority.ca,
      },
    );
    const opened = new Promise((resolve) => {
      socket.on("open", () => resolve(true));
      socket.on("error", () => resolve(false));
    });
    expect(await opened).toBe(false);
  });

  test("no caller without TLS", async () => {
    await expect(fetch(`http://127.0.0.1:${way.addresses.subgraphs["police"]}/health`)).rejects.toThrow();
  });
});

describe("the gateway calls", () => {
  const answers = async (shown: Issued): Promise<number> => {
    await using door = await openHttpDoor(
      { host: "127.0.0.1", port: 0 },
      {
        admit: () => Promise.reject(new Error("Nobody comes so far")),
        ready: async () => true,
        tls: readServerTls(new Config({ TLS_CERTIFICATE: shown.cert, TLS_KEY: shown.key })),
        log: openLog("test", "silent"),
      },
    );
    const url = new URL(`${door.url}/health`);
    const calls = new TextCalls(url, new DeadlineQueue(), readClientTls(new Config({ TLS_CA: authority.ca })));
    try {
      return (await calls.post("", {}, performance.now() + 5_000)).status;
    } finally {
      await calls.close();
    }
  };

  test("whom the authority has signed", async () => {
    expect(await answers(own)).toBe(200);
  });

  test.each([
    ["of another authority", () => stranger.issue()],
    ["that has expired", () => authority.issue("127.0.0.1", "expired")],
    ["of another name", () => authority.issue("127.0.0.2")],
  ])("nobody with a certificate %s", async (_, shown) => {
    await expect(answers(await shown())).rejects.toBeInstanceOf(CallFailed);
  });
});

test.each([{ TLS_CERTIFICATE: "x" }, { TLS_KEY: "x" }, { TLS_CLIENT_CA: "x" }])(
  "half of the settings is refused: %p",
  (environment) => {
    expect(() => readServerTls(new Config(environment))).toThrow(/^(With TLS_CLIENT_CA|TLS_CERTIFICATE and TLS_KEY)/);
  },
);
