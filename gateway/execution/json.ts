import { Failure } from "./failure.ts";

/** An object of parsed JSON. Its keys are the sender's: read them with `own` only. */
export type JsonObject = { [key: string]: unknown };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Failure);
}

/**
 * The object's own property: never what `Object.prototype` holds under that name. That is functions, of
 * which JSON has none, and `__proto__`; to ask the object itself each time would cost several times as much.
 */
export function own(object: JsonObject, key: string): unknown {
  if (key === "__proto__") return Object.hasOwn(object, key) ? object[key] : undefined;
  const value = object[key];
  return typeof value === "function" ? undefined : value;
}

/** Sets an own property: a plain assignment to `__proto__` would exchange the prototype. */
export function put(object: JsonObject, key: string, value: unknown): void {
  if (key !== "__proto__") object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

/** What cannot stand in JSON text as it is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are the ones that JSON escapes.
const escaped = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A string as JSON text. */
export function quote(text: string): string {
  return escaped.test(text) ? JSON.stringify(text) : `"${text}"`;
}
