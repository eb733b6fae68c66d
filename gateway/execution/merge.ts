import { Failure } from "./failure.ts";
import { isJsonObject, type JsonObject, own, put } from "./json.ts";
import type { PossibleTypes } from "./possible-types.ts";

/**
 * Merges a subgraph's object into what is known already. Nothing that is known is lost to a null, nor the
 * type of an object to the name of an interface, which is all that some subgraphs know of it.
 * @param copy whether the source is needed again: objects reached under different arguments must
 *   never be shared, or what is merged into the one would show in the other.
 */
export function merge(target: JsonObject, source: JsonObject, copy: boolean, types: PossibleTypes): void {
  for (const key of Object.keys(source)) {
    const incoming = source[key];
    if (key === "__typename" && types.isAbstract(incoming) && target[key] !== undefined) continue;
    put(target, key, merged(own(target, key), incoming, copy, types));
  }
}

function merged(present: unknown, incoming: unknown, copy: boolean, types: PossibleTypes): unknown {
  if (present === undefined) return copy ? clone(incoming) : incoming;
  if (incoming === null || incoming === undefined) return present;
  if (incoming instanceof Failure) return present ?? incoming;
  if (isJsonObject(present) && isJsonObject(incoming)) {
    merge(present, incoming, copy, types);
    return present;
  }
  if (Array.isArray(present) && Array.isArray(incoming)) {
    for (const [index, item] of incoming.entries()) present[index] = merged(present[index], item, copy, types);
    return present;
  }
  return copy ? clone(incoming) : incoming;
}

function clone(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clone);
  if (!isJsonObject(value)) return value;
  const copied: JsonObject = {};
  for (const key of Object.keys(value)) put(copied, key, clone(value[key]));
  return copied;
}
