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

/** An answer as it is sent. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  /** JSON where this is left out. */
  readonly type?: string | undefined;
  /** Besides those that go with every answer. */
  readonly headers?: Headers | undefined;
}

/** Sends a whole answer. */
export function send(response: ServerResponse, { status, text, type = json, headers }: HttpAnswer): void {
  const length = Buffer.byteLength(text);
  // All at once, as a list, and with its length: an object that is put together, headers set one by one, or a body
  // in chunks would cost more than the rest.
  const first = headers === undefined ? alwaysInTurn : inTurn({ ...headers, ...always });
  response.writeHead(status, [...first, "content-type", type, "content-length", String(length)]);
  // Text of as many bytes as characters is ASCII: its bytes are the same in Latin-1, in which Node writes faster.
  response.end(text, length === text.length ? "latin1" : "utf8");
}

function inTurn(headers: Headers): readonly string[] {
  return Object.entries(headers).flat();
}

const alwaysInTurn = inTurn(always);
const json = "application/json; charset=utf-8";

/** An error below GraphQL, as RFC 9457 problem details (NL API Design Rules). */
export function problem(status: number, code: FaultCode, headers?: Headers): HttpAnswer {
  const text = JSON.stringify({ type: "about:blank", status, title: faultText(code), code });
  return { status, text, type: "application/problem+json", headers };
}

export function sendProblem(response: ServerResponse, status: number, code: FaultCode, headers?: Headers): void {
  send(response, problem(status, code, headers));
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

/** What is answered to who is not let in. */
export function refusal({ code }: Fault): HttpAnswer {
  const others: Partial<Record<FaultCode, Headers>> = {
    UNAUTHENTICATED: { "www-authenticate": "Bearer" },
    SUBGRAPH_UNAVAILABLE: { "retry-after": "5" },
  };
  return problem(refusals[code] ?? 400, code, others[code]);
}
