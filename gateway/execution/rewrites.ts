import type { FetchNodePathSegment, FetchRewrite } from "@graphql-hive/router-query-planner";
import { isJsonObject, type JsonObject, own } from "./json.ts";
import type { PossibleTypes } from "./possible-types.ts";

/** Returns the value with a rewrite of the plan applied; what is given stays as it is. */
export type Rewrite = (value: unknown) => unknown;

/** A subgraph that answers under the names of the plan, not of the client, is brought back to these. */
export function compileRewrites(rewrites: readonly FetchRewrite[] | undefined | null, types: PossibleTypes): Rewrite {
  const compiled = (rewrites ?? []).map((rewrite) => compileRewrite(rewrite, types));
  return (value) => compiled.reduce((rewritten, rewrite) => rewrite(rewritten), value);
}

function compileRewrite(rewrite: FetchRewrite, types: PossibleTypes): Rewrite {
  if ("KeyRenamer" in rewrite) {
    const { path, renameKeyTo } = rewrite.KeyRenamer;
    const last = path.at(-1);
    if (last === undefined || !("Key" in last)) return (value) => value;
    return along(path.slice(0, -1), (value) => renamed(value, last.Key, renameKeyTo), types);
  }
  const { path, setValueTo } = "ValueSetter" in rewrite ? rewrite.ValueSetter : rewrite;
  return along(path, () => setValueTo, types);
}

function along(path: readonly FetchNodePathSegment[], change: Rewrite, types: PossibleTypes): Rewrite {
  const [segment, ...rest] = path;
  // A list in between is not part of the path: each of its items is meant.
  if (segment === undefined) return each(change);
  const next = along(rest, change, types);
  return each((value) => {
    if (!isJsonObject(value)) return value;
    if ("TypenameEquals" in segment) {
      return types.admits(own(value, "__typename"), segment.TypenameEquals) ? next(value) : value;
    }
    const present = own(value, segment.Key);
    return present === undefined ? value : { ...value, [segment.Key]: next(present) };
  });
}

function each(change: Rewrite): Rewrite {
  const eachOf: Rewrite = (value) => (Array.isArray(value) ? value.map(eachOf) : change(value));
  return eachOf;
}

function renamed(value: unknown, from: string, to: string): unknown {
  if (from === to || !isJsonObject(value) || !Object.hasOwn(value, from)) return value;
  const { [from]: moved, ...others }: JsonObject = value;
  return { ...others, [to]: moved };
}
