import { Agent } from "undici";
import { claimsHeader } from "../../plumbing/claims.ts";
import { Fault } from "../../plumbing/faults.ts";
import type { Credentials } from "./credentials.ts";
import type { Caller } from "./port.ts";

/** The largest answer that is read from a subgraph, in bytes. */
const answerLimit = 64 * 1024 * 1024;

/** Calls subgraphs over kept-alive HTTP connections. */
export class HttpCalls implements AsyncDisposable {
  readonly #urls: ReadonlyMap<string, URL>;
  readonly #credentials: Credentials;
  readonly #deadline: number;
  readonly #agent: Agent;

  /** @param deadline how long a subgraph may take to answer, in milliseconds. */
  constructor(urls: ReadonlyMap<string, URL>, credentials: Credentials, deadline: number) {
    this.#urls = urls;
    this.#credentials = credentials;
    this.#deadline = deadline;
    this.#agent = new Agent({ connections: 128, maxResponseSize: answerLimit });
  }

  /**
   * Nothing is sent twice: a mutation that may have been done must not be done again.
   * Of the client's own headers none goes on.
   */
  async call(subgraph: string, body: string, caller: Caller): Promise<unknown> {
    const url = this.#urls.get(subgraph);
    if (url === undefined) throw new Fault("SUBGRAPH_UNAVAILABLE");
    const response = await this.#agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        [claimsHeader]: await this.#credentials.of(caller, subgraph),
      },
      body,
      signal: AbortSignal.timeout(this.#deadline),
    });
    return response.body.json();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.close();
  }
}
