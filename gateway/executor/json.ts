import { Failure } from "./failure.ts";

/** An object of parsed JSON. Its keys are the sender's: read them with `own` only. */
export type JsonObject = { [key: string]: unknown };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Failure);
}

/** The object's own property: never what `Object.prototype` holds under that name. */
export function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Sets an own property: a plain assignment to `__proto__` would exchange the prototype. */
export function put(object: JsonObject, key: string, value: unknown): void {
  if (key !== "__proto__") object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
