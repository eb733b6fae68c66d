import { ask, askSocket, type Reply, send, type Target } from "./target.ts";

/** One thing that a server must not do. */
export interface Check {
  readonly name: string;
  /** Whether only what clients reach has to withstand it: a subgraph is asked by the gateway alone. */
  readonly isOfClients?: boolean;
  /** @returns what was found, in one line; undefined where all is well. */
  find(target: Target): Promise<string | undefined>;
}

const times = (count: number, text: (place: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(" ");

/** Whether an operation was run, as opposed to refused. */
const wasRun = (text: string) => text.includes('"data":{') || text.includes('"data": {');

/** What must be refused over HTTP and over WebSocket alike. */
const refused = (name: string, query: string): Check => ({
  name,
  isOfClients: true,
  async find(target) {
    const http = await ask(target, { query });
    if (wasRun(http.text)) return "was run over HTTP";
    return wasRun(await askSocket(target, { query })) ? "was run over WebSocket" : undefined;
  },
});

const overHttp = (name: string, look: (target: Target) => Promise<string | undefined>): Check => ({ name, find: look });

const said = ({ status, text }: Reply) => `${status} ${text.slice(0, 120)}`;

const circular = `${times(10, () => "fields { type {")} name ${times(10, () => "} }")}`;

/** The checks of graphql-cop, written anew, over WebSocket as well where they can be asked there. */
export const checks: readonly Check[] = [
  refused("alias overloading", `{ ${times(101, (i) => `a${i}: __typename`)} }`),
  refused("field duplication", `{ ${times(500, () => "__typename")} }`),
  refused("circular introspection", `{ __schema { types { ${circular} } } }`),
  {
    name: "directive overloading",
    isOfClients: true,
    async find(target) {
      const query = `{ __typename ${times(60, (i) => `@a${i}`)} }`;
      const texts = [(await ask(target, { query })).text, await askSocket(target, { query })];
      const most = Math.max(...texts.map((text) => text.split('"message"').length - 1));
      return most > 10 ? `${most} errors came of one document` : undefined;
    },
  },
  overHttp("batches", async (target) => {
    const reply = await ask(
      target,
      times(10, () => '{"query":"{__typename}"}')
        .split(" ")
        .map((one) => JSON.parse(one)),
    );
    return wasRun(reply.text) ? said(reply) : undefined;
  }),
  overHttp("queries by GET", async (target) => {
    const reply = await send(target, { method: "GET", query: "?query=%7B__typename%7D" });
    return wasRun(reply.text) || reply.status === 200 ? said(reply) : undefined;
  }),
  overHttp("mutations by GET", async (target) => {
    const reply = await send(target, { method: "GET", query: "?query=mutation%7B__typename%7D" });
    return wasRun(reply.text) || reply.status === 200 ? said(reply) : undefined;
  }),
  overHttp("form-urlencoded POST", async (target) => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const reply = await send(target, { headers, body: "query=%7B__typename%7D" });
    return wasRun(reply.text) || reply.status < 400 ? said(reply) : undefined;
  }),
  overHttp("multipart POST", async (target) => {
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    const body =
      '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{"query":"{__typename}"}\r\n--x--\r\n';
    const reply = await send(target, { headers, body });
    return wasRun(reply.text) || reply.status < 400 ? said(reply) : undefined;
  }),
  overHttp("text/plain POST, which any page may send", async (target) => {
    const reply = await send(target, { headers: { "content-type": "text/plain" }, body: '{"query":"{__typename}"}' });
    return wasRun(reply.text) ? said(reply) : undefined;
  }),
  overHttp("tracing", async (target) => {
    const { text } = await ask(target, { query: "{ __typename }" });
    return text.includes('"tracing"') ? "an answer tells how it was made" : undefined;
  }),
  {
    name: "suggestions",
    async find(target) {
      const { text } = await ask(target, { query: "{ __schema { queryType { fields { name } } } }" });
      const [, name = "no"] = /"name":"(\w{5,})"/.exec(text) ?? [];
      const query = `{ ${name}x { __typename } }`;
      const texts = [(await ask(target, { query })).text, await askSocket(target, { query })];
      return texts.some((answer) => /did you mean/i.test(answer)) ? "a name was suggested" : undefined;
    },
  },
  {
    name: "stack traces",
    async find(target) {
      const bodies = [{ query: "{ qwerty { abc } }" }, { query: "{" }, { query: 1 }, { query: "{ a }", variables: 7 }];
      const texts = [];
      for (const body of bodies) texts.push((await ask(target, body)).text, await askSocket(target, body));
      return texts.some((text) => /stacktrace|\bat .*\.js:|node_modules/.test(text)) ? "a stack came back" : undefined;
    },
  },
  overHttp("a page to explore with", async (target) => {
    const reply = await send(target, { method: "GET", headers: { accept: "text/html" } });
    return reply.status === 200 || /<html/i.test(reply.text) ? said(reply) : undefined;
  }),
  overHttp("answers that a cache may keep", async (target) => {
    for (const reply of [await ask(target, { query: "{ __typename }" }), await ask(target, { query: "{" })])
      if (!String(reply.headers["cache-control"]).includes("no-store")) return said(reply);
    return undefined;
  }),
  overHttp("answers without security headers", async (target) => {
    const { headers } = await ask(target, { query: "{ __typename }" });
    const missing = [
      ["x-content-type-options", "nosniff"],
      ["x-frame-options", "DENY"],
      ["content-security-policy", "frame-ancestors 'none'"],
      ["strict-transport-security", "max-age="],
      ["referrer-policy", "no-referrer"],
    ].filter(([name = "", value = ""]) => !String(headers[name]).includes(value));
    return missing.length > 0 ? missing.map(([name]) => name).join(", ") : undefined;
  }),
  overHttp("pages of any origin", async (target) => {
    const origin = "https://elsewhere.example";
    for (const method of ["POST", "OPTIONS"]) {
      const reply = await send(target, {
        method,
        headers: { origin, "access-control-request-method": "POST" },
        body: '{"query":"{__typename}"}',
      });
      if (wasRun(reply.text) || reply.headers["access-control-allow-origin"] !== undefined) return said(reply);
    }
    return undefined;
  }),
];
