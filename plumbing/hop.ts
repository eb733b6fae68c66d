import { Agent, fetch } from "undici";
import type { ServiceToken } from "./service-token.ts";
import type { ClientTls } from "./tls.ts";

/** Why a hop was not acknowledged; it is tried again whatever the reason. */
export class HopFailed extends Error {
  override readonly name = "HopFailed";
  readonly code: string;

  constructor(code: string) {
    super("The hop was not acknowledged");
    this.code = code;
  }
}

/** How long the gateway may take to answer a hop, in milliseconds. */
const patience = 10_000;

/** Sends one GraphQL mutation through the gateway, as the part itself. */
export interface GatewayClient {
  /**
   * @returns the answer's `data`.
   * @throws HopFailed on any error, in transport or in the answer.
   */
  mutate<T>(document: string, input: unknown): Promise<T>;
}

/** @param tls with which to connect, where the gateway is reached by https and not as usual. */
export function openGatewayClient(url: string, token: ServiceToken, tls?: ClientTls): GatewayClient {
  const way = tls && { dispatcher: new Agent({ connect: tls }) };
  return {
    async mutate<T>(document: string, input: unknown): Promise<T> {
      const response = await fetch(url, {
        ...way,
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${await token.get()}` },
        body: JSON.stringify({ query: document, variables: { input } }),
        signal: AbortSignal.timeout(patience),
      });
      if (response.status === 401) token.refused();
      if (!response.headers.get("content-type")?.includes("json")) throw new HopFailed(`HTTP_${response.status}`);
      const answer = (await response.json()) as Answer<T>;
      if (answer.errors?.[0] !== undefined) throw new HopFailed(answer.errors[0].extensions?.code ?? "UNKNOWN");
      if (!response.ok || answer.data == null) throw new HopFailed(`HTTP_${response.status}`);
      return answer.data;
    },
  };
}

interface Answer<T> {
  readonly data?: T | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}
