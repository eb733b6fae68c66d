import type { ServerResponse } from "node:http";
import { type Fault, type FaultCode, faultText } from "./faults.ts";

type Headers = Readonly<Record<string, string>>;

/**
 * What goes with every answer (NL API Design Rules, transport security): no cache may keep it, no browser may take it
 * for a page, put it in a frame, or tell another site where it came from.
 */
const always: Headers = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** Sends a whole answer. */
export function send(response: ServerResponse, status: number, contentType: string, text: string, others?: Headers) {
  // All at once and with its length: headers set one by one, or a body in chunks, cost more than the rest.
  response.writeHead(status, {
    ...others,
    ...always,
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

/** The answer to a page that asks beforehand whether it may ask (CORS preflight). The permission is in its headers. */
export function sendPermission(response: ServerResponse): void {
  response.writeHead(204, {
    ...always,
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "authorization, content-type",
    "access-control-max-age": "600",
  });
  response.end();
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
