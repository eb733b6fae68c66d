import type { InputRewrite, RequiresSelection } from "@graphql-hive/router-query-planner";
import { Failure } from "./failure.ts";
import { isJsonObject, type JsonObject, own } from "./json.ts";
import type { PossibleTypes } from "./possible-types.ts";
import { compileRewrites } from "./rewrites.ts";

/** The JSON text by which a subgraph knows an entity, or undefined where too little is known of it. */
export type Represent = (entity: JsonObject) => string | undefined;

export function compileRepresentation(
  requires: readonly RequiresSelection[],
  inputRewrites: readonly InputRewrite[] | undefined,
  types: PossibleTypes,
): Represent {
  const rewrite = compileRewrites(inputRewrites, types);
  return (entity) => {
    const representation = select(rewrite(entity), requires, types);
    return representation === undefined ? undefined : JSON.stringify(representation);
  };
}

type Selections = readonly RequiresSelection[] | undefined;

function select(value: unknown, selections: Selections, types: PossibleTypes): unknown {
  if (Array.isArray(value)) return value.map((item) => select(item, selections, types) ?? null);
  // An object without selections is the value of a custom scalar.
  if (!isJsonObject(value) || !selections || selections.length === 0) return value;
  const typename = own(value, "__typename");
  const selected: JsonObject = typeof typename === "string" ? { __typename: typename } : {};
  const found = selectInto(selected, value, selections, types);
  return found || isTypenameOnly(selections) ? selected : undefined;
}

/** @returns whether any field but `__typename` was there. */
function selectInto(
  selected: JsonObject,
  value: JsonObject,
  selections: readonly RequiresSelection[],
  types: PossibleTypes,
): boolean {
  const typename = own(value, "__typename");
  let found = false;
  for (const selection of selections) {
    switch (selection.kind) {
      case "InlineFragment": {
        const condition = selection.typeCondition;
        const overlaps =
          typeof typename !== "string" || types.fits(typename, condition) || types.fits(condition, typename);
        if (overlaps) found = selectInto(selected, value, selection.selections, types) || found;
        break;
      }
      case "Field": {
        // A field whose name the client uses for another is fetched under a name of the plan,
        // and required under its own, which then stands in `alias`.
        const key = selection.alias ?? selection.name;
        if (key === "__typename") break;
        const present = own(value, selection.name) ?? own(value, key);
        const part = present instanceof Failure ? null : select(present, selection.selections, types);
        if (part === undefined) break;
        selected[key] = part;
        found = true;
        break;
      }
      case "FragmentSpread":
        throw new Error("The plan requires a named fragment");
      default:
        selection satisfies never;
    }
  }
  return found;
}

function isTypenameOnly(selections: readonly RequiresSelection[]): boolean {
  return selections.every((selection) =>
    selection.kind === "InlineFragment"
      ? isTypenameOnly(selection.selections)
      : selection.kind === "Field" && selection.name === "__typename",
  );
}
