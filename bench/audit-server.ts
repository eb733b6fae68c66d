import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

/** The audit's subgraphs, supergraphs and test cases, as served from its checkout. */
export interface AuditServer extends AsyncDisposable {
  /** The names of the suites. */
  suites(): Promise<readonly string[]>;
  /** The supergraph of a suite, by the audit's own composer. */
  supergraph(suite: string): Promise<string>;
  cases(suite: string): Promise<readonly AuditCase[]>;
}

export interface AuditCase {
  readonly query: string;
  /** Without `errors`, it does not matter whether there are any. */
  readonly expected: { readonly data?: unknown; readonly errors?: boolean };
}

/** Listens on the loopback only, which the audit's own command does not. */
const program = (sources: string) => `
  import { createServer } from "node:http";
  const { createRouter } = await import(${JSON.stringify(sources)});
  const server = createServer(createRouter());
  server.listen(0, "127.0.0.1", () => console.log("listening on " + server.address().port));
`;

/**
 * Serves a checkout of https://github.com/graphql-hive/federation-gateway-audit, with its packages
 * installed, in a process of its own.
 */
export async function serveAudit(checkout: string): Promise<AuditServer> {
  const sources = pathToFileURL(join(checkout, "src/index.ts")).href;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program(sources)], {
    cwd: checkout,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = once(child, "exit");
  const port = await Promise.race([readPort(child.stdout), exit.then(() => undefined)]);
  if (port === undefined) throw new Error("The audit does not start. Are its packages installed?");
  const get = async (path: string): Promise<Response> => {
    const response = await fetch(`http://127.0.0.1:${port}/${path}`);
    if (!response.ok) throw new Error(`The audit answers ${path} with ${response.status}`);
    return response;
  };
  return {
    suites: async () => (await (await get("ids")).json()) as string[],
    supergraph: async (suite) => (await get(`${suite}/supergraph`)).text(),
    cases: async (suite) => (await (await get(`${suite}/tests`)).json()) as AuditCase[],
    async [Symbol.asyncDispose]() {
      child.kill();
      await exit;
    },
  };
}

async function readPort(output: NodeJS.ReadableStream): Promise<number | undefined> {
  for await (const line of createInterface({ input: output })) {
    const port = /^listening on (\d+)$/.exec(line)?.[1];
    if (port !== undefined) return Number(port);
  }
  return undefined;
}
