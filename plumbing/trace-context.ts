import { randomUUID } from "node:crypto";
import type { Claims } from "./claims.ts";

/** The header by which a call says where it belongs in a trace (W3C Trace Context). */
export const traceHeader = "traceparent";

/**
 * A new place, in a trace of its own: it leads nowhere but to what this one call has written. Whoever calls another part
 * on its own behalf begins anew, so that no trace crosses from one party to another.
 */
export function newTraceparent(): string {
  return `00-${newTraceId()}-${newTraceId().slice(0, 16)}-01`;
}

/** The id of a trace of its own: 16 bytes, hexadecimal. */
export function newTraceId(): string {
  return randomUUID().replaceAll("-", "");
}

const shape = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/;

/** The trace's id; undefined where there is none to be read. */
export function traceIdOf(traceparent: unknown): string | undefined {
  const id = typeof traceparent === "string" ? shape.exec(traceparent)?.[1] : undefined;
  return id === undefined || /^0+$/.test(id) ? undefined : id;
}

/** On whose behalf it is asked, and in which trace. */
export function inTrace(claims: Claims, traceparent: unknown): Claims {
  const trace = traceIdOf(traceparent);
  return trace === undefined ? claims : { ...claims, trace };
}
