import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ListenConfig } from "../../plumbing/config.ts";
import { errorFacts, type Log } from "../../plumbing/log.ts";

/** One page of the operator's: its type, and what stands on it. */
export interface Page {
  readonly type: string;
  readonly text: string;
  readonly status?: number;
}

/** Makes a page; the body is the request's, empty for a GET. */
export type MakePage = (body: string) => Promise<Page>;

/** The largest body that is read, in bytes. */
const bodyLimit = 64 * 1024;

/**
 * The operator's own door, on a port that clients do not reach. It opens before all else and closes
 * after it, so that it can say that the gateway is not ready.
 */
export class OperatorDoor implements AsyncDisposable {
  readonly #server: Server;
  readonly #pages = new Map<string, MakePage>();

  private constructor(log: Log) {
    this.#pages.set("/health", async () => ({ type: "application/json", text: '{"status":"ok"}' }));
    this.setReady(async () => false);
    this.#server = createServer({ requestTimeout: 10_000 }, (request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        log.error(errorFacts(error), "operator's request failed");
        send(response, { type: "text/plain", text: "", status: 500 });
      });
    });
  }

  static async open(listen: ListenConfig, log: Log): Promise<OperatorDoor> {
    const door = new OperatorDoor(log);
    await new Promise<void>((resolve, reject) => {
      door.#server.once("error", reject);
      door.#server.listen(listen.port, listen.host, resolve);
    });
    return door;
  }

  get url(): string {
    const { address, port } = this.#server.address() as AddressInfo;
    return `http://${address}:${port}`;
  }

  setReady(isReady: () => Promise<boolean>): void {
    this.#pages.set("/ready", async () => {
      const [text, status] = (await isReady()) ? ['{"status":"ok"}', 200] : ['{"status":"not ready"}', 503];
      return { type: "application/json", text: text as string, status: status as number };
    });
  }

  add(path: string, make: MakePage): void {
    this.#pages.set(path, make);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const make = this.#pages.get(request.url ?? "/");
    if (make === undefined) return send(response, { type: "text/plain", text: "", status: 404 });
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) {
      body += chunk;
      if (body.length > bodyLimit) return send(response, { type: "text/plain", text: "", status: 413 });
    }
    send(response, await make(body));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function send(response: ServerResponse, { type, text, status = 200 }: Page): void {
  if (response.headersSent) return;
  response.writeHead(status, {
    "content-type": type,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
  });
  response.end(text);
}
