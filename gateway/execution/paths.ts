import type { FlattenNodePathSegment } from "@graphql-hive/router-query-planner";
import { isJsonObject, type JsonObject, own } from "./json.ts";
import type { PossibleTypes } from "./possible-types.ts";

/** Calls back for each object that a path of the plan leads to. */
export type Walk = (value: unknown, visit: (object: JsonObject) => void) => void;

export function compilePath(path: readonly FlattenNodePathSegment[], types: PossibleTypes): Walk {
  return path.reduceRight<Walk>((next, segment) => compileSegment(segment, next, types), arrive);
}

const arrive: Walk = (value, visit) => {
  if (Array.isArray(value)) for (const item of value) arrive(item, visit);
  else if (isJsonObject(value)) visit(value);
};

function compileSegment(segment: FlattenNodePathSegment, next: Walk, types: PossibleTypes): Walk {
  if (segment === "@") {
    // One segment stands for a list and all lists in it.
    const each: Walk = (value, visit) => {
      if (!Array.isArray(value)) return;
      for (const item of value) (Array.isArray(item) ? each : next)(item, visit);
    };
    return each;
  }
  if ("Field" in segment) {
    return (value, visit) => {
      if (isJsonObject(value)) next(own(value, segment.Field), visit);
    };
  }
  const walk: Walk = (value, visit) => {
    if (Array.isArray(value)) for (const item of value) walk(item, visit);
    else if (isJsonObject(value) && types.admits(own(value, "__typename"), segment.TypeCondition)) next(value, visit);
  };
  return walk;
}
