import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../../system/root.ts";

/** A gateway as a process of its own, as `npm run gateway` starts it. Disposing it stops it. */
export interface GatewayProcess extends AsyncDisposable {
  readonly url: string;
  /** Has it read its files anew. */
  hangUp(): void;
  /**
   * Stops it as an operator does, with SIGTERM.
   * @throws Error unless it ends in good order.
   */
  stop(): Promise<void>;
}

export async function startGatewayProcess(
  supergraph: string,
  environment: Record<string, string> = {},
): Promise<GatewayProcess> {
  const command = [join(root, "system", "bootstrap.mjs"), "gateway", "--supergraph", supergraph, "--port", "0"];
  const env = { ...process.env, ...environment };
  const gateway = spawn(process.execPath, command, { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(gateway, "close");
  const stop = async () => {
    gateway.kill("SIGTERM");
    const [code, signal] = await ended;
    if (code !== 0) throw new Error(`The gateway ended with ${code ?? signal}`);
  };
  return {
    url: await urlAmong(createInterface(gateway.stdout)),
    hangUp: () => gateway.kill("SIGHUP"),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** The address that a gateway writes into its log once it is ready. */
async function urlAmong(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const entry = JSON.parse(line) as { readonly url?: string };
    if (entry.url !== undefined) return entry.url;
  }
  throw new Error("The gateway ended before it was ready");
}
