import { type DocumentNode, Kind, parse, type SelectionSetNode } from "graphql";
import type { Failure } from "./failure.ts";
import { type JsonObject, own } from "./json.ts";
import type { PossibleTypes } from "./possible-types.ts";

/** A key that a subgraph was asked for, and the type on which it was. */
interface ExpectedKey {
  readonly key: string;
  readonly on: string | undefined;
}

/** Says what is missing from an object when a fetch has failed: a Failure under each key of it. */
export type Missing = (failure: Failure, typename: unknown) => JsonObject;

/**
 * Reads from a fetch's operation what it asks for.
 * @param under the response key of the entities, or undefined for the root of the operation.
 */
export function compileMissing(operation: string, under: string | undefined, types: PossibleTypes): Missing {
  const document = parse(operation, { noLocation: true });
  const keys = expectedKeys(document, under);
  return (failure, typename) => {
    const missing: JsonObject = typeof typename === "string" ? { __typename: typename } : {};
    for (const { key, on } of keys) {
      if (own(missing, key) !== undefined) continue;
      if (on === undefined || types.admits(typename, [on])) missing[key] = failure.at(key);
    }
    return missing;
  };
}

function expectedKeys(document: DocumentNode, under: string | undefined): ExpectedKey[] {
  const keys: ExpectedKey[] = [];
  const collect = (selectionSet: SelectionSetNode, on: string | undefined, isWanted: boolean): void => {
    for (const selection of selectionSet.selections) {
      switch (selection.kind) {
        case Kind.FIELD: {
          const key = selection.alias?.value ?? selection.name.value;
          if (isWanted) keys.push({ key, on });
          else if (key === under && selection.selectionSet) collect(selection.selectionSet, undefined, true);
          break;
        }
        case Kind.INLINE_FRAGMENT:
          collect(selection.selectionSet, selection.typeCondition?.name.value ?? on, isWanted);
          break;
        case Kind.FRAGMENT_SPREAD:
          for (const definition of document.definitions) {
            if (definition.kind !== Kind.FRAGMENT_DEFINITION || definition.name.value !== selection.name.value)
              continue;
            collect(definition.selectionSet, definition.typeCondition.name.value, isWanted);
          }
          break;
        default:
          selection satisfies never;
      }
    }
  };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) collect(definition.selectionSet, undefined, under === undefined);
  }
  return keys;
}
