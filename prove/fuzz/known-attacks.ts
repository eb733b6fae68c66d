import { isRequiredArgument } from "graphql";
import type { Check } from "./checks.ts";
import { ask, askSocket, attackSocket, type Reply, send, sendBytes, type Target } from "./target.ts";

/**
 * How long an answer may take, in milliseconds, or as how many times one to a harmless document of the same length, where
 * others work on the machine too; of both the fastest of a few counts.
 */
const answerLimit = 50;
const mostTimes = 10;
const attempts = 5;

const times = (count: number, text: (place: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(" ");

const wasRun = (text: string) => text.includes('"data":{');
const said = ({ status, text }: Reply) => `${status} ${text.slice(0, 120)}`;

/** Documents that are small to send and large to plan, to validate or to run. */
const bombs: Readonly<Record<string, string>> = {
  "named fragments in named fragments (CVE-2025-32032, CVE-2025-32034)": `{ ...F0 } ${times(24, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F24 on Query { __typename }`,
  "inline fragments that double (CVE-2025-31496)": `{ ${times(100, () => "... on Query { ... on Query { __typename } }")} }`,
  "many introspections of one type (CVE-2024-43414)": `{ ${times(60, (i) => `a${i}: __schema { types { name } }`)} }`,
  "overlap through fragments (CVE-2023-26144)": `{ ${times(60, (i) => `...A${i}`)} } ${times(60, (i) => `fragment A${i} on Query { __schema { types { name } } }`)}`,
  "a fragment that leads to itself": "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
  "two hundred levels": `{ __type(name: "ID") { ${times(200, () => "ofType {")} name ${times(200, () => "}")} } }`,
  "tokens by the ten thousand": `{ ${times(8_000, (i) => `a${i}: __typename`)} }`,
  "a list of lists without an end": `{ a(b: ${"[".repeat(20_000)} }`,
  "variables by the thousand": `query (${times(900, (i) => `$v${i}: Int`)}) { __typename }`,
};

/** The same, of documents that may be run, as long as that takes no longer. */
const costly: Readonly<Record<string, string>> = {
  "fields that overlap (CVE-2023-26144)": `{ __schema { ${times(600, () => "types { name fields { name } }")} } }`,
};

/** What a subgraph refuses as well; all else it may run, as a gateway has limited it. */
const anywhere = new Set(["two hundred levels", "tokens by the ten thousand", "a list of lists without an end"]);

const bombCheck = ([name, query]: readonly [string, string], mayRun: boolean): Check => ({
  name,
  isOfClients: !anywhere.has(name),
  async find(target) {
    let [fastest, harmless] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const reply = await ask(target, { query });
      if (reply.status === 0 || reply.status >= 500) return said(reply);
      if (wasRun(reply.text) && !mayRun) return `was run: ${said(reply)}`;
      fastest = Math.min(fastest, reply.milliseconds);
      const { milliseconds } = await ask(target, { query: `{ __typename } # ${"x".repeat(query.length)}` });
      harmless = Math.min(harmless, milliseconds);
    }
    if (fastest > Math.max(answerLimit, mostTimes * harmless))
      return `took ${fastest.toFixed(0)} ms, harmless text ${harmless.toFixed(0)} ms`;
    // CVE-2026-30241: limits that hold over HTTP only.
    return wasRun(await askSocket(target, { query })) && !mayRun ? "was run over WebSocket" : undefined;
  },
});

const overHttp = (name: string, find: Check["find"]): Check => ({ name, find });
const ofClients = (name: string, find: Check["find"]): Check => ({ name, find, isOfClients: true });

/** A root field of the target's own that takes an id. @throws Error where it has none: then the attack attacks nothing */
function byId({ name, schema }: Target): string {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  const found = fields.find(({ args }) => args.length === 1 && args.every((one) => String(one.type) === "ID!"));
  if (found === undefined) throw new Error(`${name} has no field that takes an id`);
  return found.name;
}

/** A subscription of the target's own. @throws Error where it has none */
function subscriptionAt({ name, schema }: Target): string {
  const fields = Object.values(schema.getSubscriptionType()?.getFields() ?? {});
  const found = fields.find(({ args }) => !args.some(isRequiredArgument));
  if (found === undefined) throw new Error(`${name} has nothing to subscribe to`);
  return `subscription { ${found.name} { cursor } }`;
}

/** The published attacks on other GraphQL servers and gateways, by name. */
export const knownAttacks: readonly Check[] = [
  ...Object.entries(bombs).map((bomb) => bombCheck(bomb, false)),
  ...Object.entries(costly).map((bomb) => bombCheck(bomb, true)),
  overHttp("GET with an odd content type (GHSA-9q82-xgwf-vj6h)", async (target) => {
    for (const type of ["application/json", "application/json; charset=utf-8", "x", "application/graphql"]) {
      const reply = await send(target, {
        method: "GET",
        query: "?query=%7B__typename%7D",
        headers: { "content-type": type, "apollo-require-preflight": "1" },
      });
      if (wasRun(reply.text) || reply.status === 200) return said(reply);
    }
    return undefined;
  }),
  overHttp("an odd charset (CVE-2026-23897)", async (target) => {
    for (const charset of [
      "utf-16",
      "utf-7",
      "latin1",
      "utf-8,utf-16",
      "x".repeat(1_000),
      '"',
      "utf-8; charset=utf-16",
    ]) {
      const body =
        charset === "utf-16" ? Buffer.from('{"query":"{__typename}"}', "utf16le") : '{"query":"{__typename}"}';
      const reply = await send(target, { headers: { "content-type": `application/json; charset=${charset}` }, body });
      if (wasRun(reply.text) || reply.status >= 500) return `${charset.slice(0, 10)}: ${said(reply)}`;
    }
    return undefined;
  }),
  overHttp("names of the prototype (CVE-2026-32621)", async (target) => {
    const bodies = [
      '{"query":"{ __proto__: __typename constructor: __typename }"}',
      '{"query":"query ($__proto__: Int) { __typename }","variables":{"__proto__":{"polluted":1}}}',
      '{"query":"{ __typename }","variables":{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}}',
      '{"query":"{ __typename }","extensions":{"__proto__":{"polluted":"yes"}},"__proto__":{"query":"{ a }"}}',
      '{"query":"query A { __typename }","operationName":"__proto__"}',
      '{"query":"query A { __typename }","operationName":"constructor"}',
      '{"query":"{ __proto__ }"}',
      '{"query":"{ __typename @constructor }"}',
    ];
    for (const body of bodies) {
      const reply = await send(target, { body });
      if (reply.status >= 500) return `${body}: ${said(reply)}`;
    }
    // What one request has left where the next one looks.
    const { text } = await ask(target, { query: "{ __typename }" });
    if (text.includes("polluted")) return "the prototype was polluted";
    const aliased = await ask(target, { query: "{ __proto__: __typename constructor: __typename }" });
    const { data = {} } = JSON.parse(aliased.text || "{}") as { data?: object };
    const isWhole =
      aliased.text.includes("errors") || (Object.hasOwn(data, "__proto__") && Object.hasOwn(data, "constructor"));
    return isWhole ? undefined : "an alias was lost";
  }),
  overHttp("an object where a text belongs (CVE-2025-60542)", async (target) => {
    for (const value of [{ id: "1" }, ["1"], { $ne: null }, { toString: 1 }, true, 1.5, { length: 36 }]) {
      const reply = await ask(target, {
        query: `query ($a: ID!) { ${byId(target)}(id: $a) { id } }`,
        variables: { a: value },
      });
      if (reply.status >= 500 || wasRun(reply.text)) return said(reply);
    }
    return undefined;
  }),
  overHttp("the protocol that skips sign-in (CVE-2026-35523)", async (target) => {
    for (const protocol of ["graphql-ws", "subscriptions-transport-ws"]) {
      const frames = ['{"type":"start","id":"1","payload":{"query":"{ __typename }"}}'];
      const { messages, code } = await attackSocket(target, { protocol, isSignedIn: false, frames });
      if (messages.some(wasRun) || code === undefined)
        return `${protocol} is spoken: ${messages.join(" ").slice(0, 80)}`;
    }
    return undefined;
  }),
  overHttp("an operation before sign-in (CVE-2023-41317)", async (target) => {
    for (const query of ["subscription { __typename }", subscriptionAt(target), "{ __typename }"]) {
      const frames = [JSON.stringify({ id: "1", type: "subscribe", payload: { query } })];
      const { messages, code } = await attackSocket(target, { isSignedIn: false, frames });
      if (messages.some(wasRun) || code !== 4401) return `the socket was closed with ${code}`;
    }
    return undefined;
  }),
  ofClients("subscriptions without number on one socket (CVE-2026-35526)", async (target) => {
    const frames = Array.from({ length: 200 }, (_, place) =>
      JSON.stringify({
        id: String(place),
        type: "subscribe",
        payload: { query: subscriptionAt(target), extensions: target.extensions },
      }),
    );
    const { code } = await attackSocket(target, { frames });
    return code === 4429 || code === 4400 ? undefined : `200 of them, and the socket ended with ${code}`;
  }),
  overHttp("a frame of many megabytes", async (target) => {
    const payload = { query: `{ __typename } # ${"x".repeat(4_000_000)}` };
    const { code } = await attackSocket(target, { frames: [JSON.stringify({ id: "1", type: "subscribe", payload })] });
    return code === 1009 ? undefined : `the socket ended with ${code}`;
  }),
  overHttp("a body of many megabytes", async (target) => {
    const reply = await ask(target, { query: `{ __typename } # ${"x".repeat(4_000_000)}` });
    return reply.status === 413 || reply.status === 0 ? undefined : said(reply);
  }),
  overHttp("a page of another origin that opens a socket", async (target) => {
    const { code, messages } = await attackSocket(target, {
      headers: { origin: "https://elsewhere.example" },
      frames: [],
    });
    return messages.length === 0 ? undefined : `the socket was opened, and ended with ${code}`;
  }),
  overHttp("a request hidden behind another's body", async (target) => {
    const body = '{"query":"{__typename}"}';
    const head = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`;
    const smuggled = [
      `${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /graphql HTTP/1.1\r\nhost: x\r\n\r\n`,
      `${head}transfer-encoding: chunked\r\n\r\nzz\r\n${body}\r\n0\r\n\r\n`,
      `${head}content-length: ${body.length}\r\ncontent-length: 1\r\n\r\n${body}`,
      `${head}content-length: -1\r\n\r\n${body}`,
      `${head}x: ${"y".repeat(100_000)}\r\n\r\n`,
    ];
    for (const bytes of smuggled) {
      const heard = await sendBytes(target, Buffer.from(bytes));
      if (/HTTP\/1\.1 (200|5\d\d)/.test(heard)) return heard.split("\r\n")[0];
    }
    return undefined;
  }),
];
