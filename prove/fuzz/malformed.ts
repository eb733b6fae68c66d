import type { Random } from "../random.ts";
import type { Canaries } from "./canaries.ts";
import { attackSocket, send, type Target } from "./target.ts";

/** Sound operations, to be spoilt: with a `$input` or `$id` that speaks of somebody. */
const operations: readonly ((
  somebody: string,
  bsn: string,
) => { query: string; variables: Record<string, unknown> })[] = [
  (name, bsn) => ({
    query: "mutation R($input: ReportIncidentInput!) { reportIncident(input: $input) { __typename } }",
    variables: {
      input: {
        idempotencyKey: name,
        occurredAt: new Date(Date.now() - 60_000).toISOString(),
        category: "OTHER",
        children: [{ bsn, name: { givenName: name, familyName: name }, birthDate: "2018-04-01" }],
      },
    },
  }),
  (name) => ({
    query: "mutation W($id: ID!) { withdrawSignal(input: { sentSignalId: $id }) { __typename } }",
    variables: { id: name },
  }),
  (name) => ({ query: "query ($id: ID!) { signal(id: $id) { id } }", variables: { id: name } }),
  (name) => ({ query: "query ($id: ID!) { school(id: $id) { name } }", variables: { id: name } }),
  (name) => ({
    query: "query ($a: String, $f: Int) { signals(after: $a, first: $f) { edges { cursor } } }",
    variables: { a: name, f: 5 },
  }),
  (name) => ({
    query: "mutation ($i: AcknowledgeSignalInput!) { acknowledgeSignal(input: $i) { __typename } }",
    variables: { i: { signalId: name } },
  }),
  (name, bsn) => ({
    query: "mutation ($i: RouteToSchoolInput!) { routeToSchool(input: $i) { __typename } }",
    variables: { i: { taskId: name, schoolId: bsn, candidateId: name } },
  }),
  (name) => ({
    query: "query ($r: [RoutingReason!], $a: String) { routingTasks(reason: $r, after: $a) { edges { cursor } } }",
    variables: { r: ["NO_MATCH"], a: name },
  }),
  (name) => ({
    query: "query ($from: Date!, $to: Date!) { statistics(from: $from, to: $to) { signals } }",
    variables: { from: name, to: "2026-12-31" },
  }),
  (name) => ({ query: `{ sentSignals(after: "${name}") { edges { cursor } } }`, variables: {} }),
  (name) => ({ query: `{ schools { name(x: "${name}") ${name} } }`, variables: {} }),
  (name) => ({ query: "subscription ($a: String) { signalEvents(after: $a) { cursor } }", variables: { a: name } }),
  (name) => ({ query: "subscription ($a: String) { sentSignalEvents(after: $a) { cursor } }", variables: { a: name } }),
];

/** What an answer may not be. */
export type Judge = (what: string, answer: { status?: number; text: string }) => void;

/** Makes requests and frames that nobody should send, about people who must not come back. */
export class Spoiler {
  readonly #random: Random;
  readonly #canaries: Canaries;

  constructor(random: Random, canaries: Canaries) {
    this.#random = random;
    this.#canaries = canaries;
  }

  async overHttp(target: Target, judge: Judge): Promise<void> {
    const random = this.#random;
    const { body, headers, query } = { body: this.#body(), headers: this.#headers(), query: this.#query() };
    const method = random.chance(0.95) ? "POST" : random.pick(["GET", "PUT", "OPTIONS", "PATCH", "DELETE", "HEAD"]);
    const reply = await send(target, { method, headers, query, body });
    judge(`${method} ${query} ${JSON.stringify(headers)} ${String(body).slice(0, 300)}`, reply);
  }

  async overSocket(target: Target, judge: Judge): Promise<void> {
    const random = this.#random;
    const frames = Array.from({ length: 1 + random.below(4) }, () => this.#frame(target));
    const isSignedIn = random.chance(0.9);
    const headers = random.chance(0.1) ? { "x-name": this.#canaries.any() } : {};
    const { messages } = await attackSocket(target, { frames, isSignedIn, headers });
    // What came with a ping goes back with its pong: so the protocol has it.
    const said = messages.filter((message) => !message.startsWith('{"type":"pong"'));
    judge(`frames ${frames.map(String).join(" ").slice(0, 300)}`, { text: said.join("\n") });
  }

  #body(): Buffer | string {
    const random = this.#random;
    const operation = this.#operation();
    const request = { ...operation, operationName: undefined as unknown, extensions: undefined as unknown };
    if (random.chance(0.3)) Object.assign(request, { [random.pick(Object.keys(request))]: this.#odd() });
    if (random.chance(0.3)) Object.assign(request, { variables: this.#spoilt(operation.variables) });
    if (random.chance(0.2)) Object.assign(request, { query: this.#scratched(operation.query) });
    let text = JSON.stringify(random.chance(0.05) ? [request, request] : request);
    if (random.chance(0.2)) text = this.#scratched(text);
    if (random.chance(0.05)) text = text.replace("{", `{"query":"{ __typename }",`);
    const bytes = Buffer.from(text);
    if (random.chance(0.1)) {
      for (let count = 1 + random.below(4); count > 0; count -= 1)
        bytes[random.below(bytes.length)] = random.below(256);
      return bytes;
    }
    return bytes;
  }

  #headers(): Record<string, string> {
    const random = this.#random;
    if (random.chance(0.7)) return {};
    const name = random.pick([
      "content-type",
      "accept",
      "x-request-id",
      "traceparent",
      "cookie",
      "authorization",
      "x-gateway-claims",
      "user-agent",
      "accept-language",
      "content-encoding",
    ]);
    const odd = [
      "application/json;charset=UTF-8",
      "application/json, text/html",
      "*/*;q=x",
      "gzip",
      "",
      "Bearer ",
      "00-0-0-0",
    ];
    return { [name]: random.chance(0.5) ? `${random.pick(odd)} ${this.#canaries.any()}` : random.pick(odd) };
  }

  #query(): string {
    return this.#random.chance(0.1)
      ? `?name=${this.#canaries.name()}&query=${encodeURIComponent("{ __typename }")}`
      : "";
  }

  #frame(target: Target): string | Buffer {
    const random = this.#random;
    const type = random.chance(0.8)
      ? "subscribe"
      : random.pick([
          "connection_init",
          "complete",
          "next",
          "error",
          "pong",
          "ping",
          "start",
          "__proto__",
          this.#canaries.name(),
        ]);
    const { query, variables } = this.#operation();
    const payload = random.chance(0.8)
      ? { query, variables: random.chance(0.5) ? variables : this.#spoilt(variables), extensions: target.extensions }
      : this.#odd();
    const id = random.chance(0.8)
      ? String(random.below(3))
      : random.pick<unknown>([undefined, 1, null, {}, "", "__proto__"]);
    const text = JSON.stringify({ id, type, payload });
    if (random.chance(0.15)) return this.#scratched(text);
    return random.chance(0.1) ? Buffer.from(text) : text;
  }

  #operation() {
    return this.#random.pick(operations)(this.#canaries.name(), this.#canaries.bsn());
  }

  /** The same with one value somewhere in it replaced. */
  #spoilt(value: unknown): unknown {
    const random = this.#random;
    if (typeof value !== "object" || value === null || random.chance(0.15)) return this.#odd();
    if (Array.isArray(value)) {
      if (random.chance(0.3)) return Array.from({ length: random.below(40) }, () => value[0]);
      return value.map((item, place) => (place === 0 ? this.#spoilt(item) : item));
    }
    const entries = Object.entries(value);
    if (entries.length === 0) return this.#odd();
    const chosen = random.pick(entries)[0];
    return Object.fromEntries(entries.map(([name, item]) => [name, name === chosen ? this.#spoilt(item) : item]));
  }

  #odd(): unknown {
    const canary = this.#canaries.any();
    return this.#random.pick<unknown>([
      null,
      true,
      -1,
      0,
      2 ** 53,
      1e308,
      1.5,
      "",
      " ",
      "\0",
      "\ud800",
      `${canary}\0`,
      `${canary}'; drop table care.outbox; --`,
      `\${${canary}}`,
      canary,
      canary.repeat(2_000),
      Number(canary) || canary,
      [],
      [canary],
      {},
      { [canary]: canary },
      { __proto__: { name: canary } },
      JSON.parse(`{"__proto__":{"name":"${canary}"},"constructor":{"prototype":"${canary}"}}`),
      { toString: canary, valueOf: canary, toJSON: canary },
      JSON.parse(`${"[".repeat(1_000)}"${canary}"${"]".repeat(1_000)}`),
      "2026-02-30",
      "9999-12-31T23:59:59.999999999Z",
      "-271821-04-20T00:00:00.000Z",
      { sha256Hash: canary },
      { persistedQuery: { version: 1, sha256Hash: canary } },
    ]);
  }

  #scratched(text: string): string {
    const random = this.#random;
    const place = random.below(text.length);
    const more = random.pick([
      "{",
      "}",
      '"',
      "\\",
      "\n",
      "...",
      "@",
      "$",
      ":",
      "!",
      "\u202e",
      "\ufeff",
      "#",
      this.#canaries.any(),
    ]);
    return random.chance(0.5) ? text.slice(0, place) : text.slice(0, place) + more + text.slice(place + 1);
  }
}
