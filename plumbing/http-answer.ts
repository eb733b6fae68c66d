import type { ServerResponse } from "node:http";
import { type Fault, type FaultCode, faultText } from "./faults.ts";

type Headers = Readonly<Record<string, string>>;

/** Sends a whole answer. Whatever it is, no cache may keep it. */
export function send(response: ServerResponse, status: number, contentType: string, text: string, others?: Headers) {
  // All at once and with its length: headers set one by one, or a body in chunks, cost more than the rest.
  response.writeHead(status, {
    ...others,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-type": contentType,
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}

export const json = "application/json; charset=utf-8";

/** An error below GraphQL, as RFC 9457 problem details (NL API Design Rules). */
export function sendProblem(response: ServerResponse, status: number, code: FaultCode, others?: Headers): void {
  const problem = JSON.stringify({ type: "about:blank", status, title: faultText(code), code });
  send(response, status, "application/problem+json", problem, others);
}

/** The status of a refusal before GraphQL. */
const refusals: Partial<Record<FaultCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  SUBGRAPH_UNAVAILABLE: 503,
};

export function refuse(response: ServerResponse, { code }: Fault): void {
  const others: Partial<Record<FaultCode, Headers>> = {
    UNAUTHENTICATED: { "www-authenticate": "Bearer" },
    SUBGRAPH_UNAVAILABLE: { "retry-after": "5" },
  };
  sendProblem(response, refusals[code] ?? 400, code, others[code]);
}
