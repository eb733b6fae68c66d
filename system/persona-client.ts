import { type Client, createClient } from "graphql-ws";
import { WebSocket } from "ws";
import type { SystemFile } from "./system-file.ts";

// biome-ignore lint/suspicious/noExplicitAny: an answer is of the shape that was asked for
type Json = any;

/** What a subscription brings, in its order. */
export interface Subscribed {
  /** The next event that is the one; those before it are passed over. */
  next(isTheOne: (event: Json) => boolean): Promise<Json>;
}

/** Asks and listens as one of the demo personas, as any client of the gateway does. */
export class PersonaClient implements AsyncDisposable {
  readonly #system: SystemFile;
  readonly #token: string;
  readonly #socket: Client;
  readonly #patience: number;

  /** @param patience how long an answer or event may take, in milliseconds */
  constructor(system: SystemFile, persona: string, patience: number) {
    const token = system.personas.find(({ name }) => name === persona)?.token;
    if (token === undefined) throw new Error(`There is no persona ${persona}`);
    this.#system = system;
    this.#token = token;
    this.#patience = patience;
    this.#socket = createClient({
      url: system.gateway.ws,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: 0,
    });
  }

  /** @returns the answer's `data`. @throws Error with the code of the first fault */
  async ask(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Json> {
    const response = await fetch(this.#system.gateway.http, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${this.#token}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(this.#patience),
    });
    const answer = (await response.json()) as Json;
    const fault = answer.errors?.[0]?.extensions.code ?? answer.code;
    if (fault !== undefined) throw new Error(`The gateway answers ${fault}`);
    return answer.data;
  }

  /** Begins to listen. A round trip on the same socket shows that the gateway has taken it up. */
  async subscribe(query: string): Promise<Subscribed> {
    const events = this.#socket.iterate<Json>({ query });
    let coming = events.next();
    for await (const _ of this.#socket.iterate({ query: "{ __typename }" })) break;
    return {
      next: async (isTheOne) => {
        const late = AbortSignal.timeout(this.#patience);
        const timeout = new Promise<never>((_, reject) => {
          late.addEventListener("abort", () => reject(new Error("The event did not come")));
        });
        for (;;) {
          const { value, done } = await Promise.race([coming, timeout]);
          if (done) throw new Error("The subscription ended");
          if (value.errors) throw new Error(`The gateway answers ${value.errors[0]?.extensions?.["code"]}`);
          coming = events.next();
          if (isTheOne(value.data)) return value.data;
        }
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#socket.dispose();
  }
}
