import type { Caller } from "../upstream/port.ts";

const keys = new WeakMap<Caller["rights"], string>();

/** Equal for callers of the same contract and equal rights, whichever token says so. */
export function rightsKey({ party, rights }: Caller): string {
  const known = keys.get(rights);
  if (known !== undefined) return `${party}\n${known}`;
  const key = JSON.stringify(rights, (_, value: unknown) => sorted(value));
  keys.set(rights, key);
  return `${party}\n${key}`;
}

/** With the keys of objects in one order, whichever they came in. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
