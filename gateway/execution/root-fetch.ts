import type { FetchNode, FlattenNodePathSegment } from "@graphql-hive/router-query-planner";
import type { Answer } from "./answers.ts";
import type { Execution, Step } from "./execution.ts";
import { compileMissing } from "./expected.ts";
import { Failure } from "./failure.ts";
import { isJsonObject, type JsonObject } from "./json.ts";
import { merge } from "./merge.ts";
import { compilePath } from "./paths.ts";
import type { PossibleTypes } from "./possible-types.ts";
import { compileRequest } from "./requests.ts";
import { compileRewrites } from "./rewrites.ts";

/** Takes a subgraph's answer to root fields into the data. */
export type Absorb = (answer: Answer, execution: Execution) => void;

/**
 * A fetch of root fields.
 * @param path where they belong, when the operation comes back to the root below itself.
 */
export function compileRootFetch(
  node: FetchNode,
  types: PossibleTypes,
  path: readonly FlattenNodePathSegment[] = [],
): Step {
  const send = compileRequest(node);
  const absorb = compileAbsorb(node, types, path);
  return (execution) => send(execution).then((answer) => absorb(answer, execution));
}

export function compileAbsorb(
  node: Pick<FetchNode, "operation" | "outputRewrites">,
  types: PossibleTypes,
  path: readonly FlattenNodePathSegment[] = [],
): Absorb {
  const walk = compilePath(path, types);
  const missing = compileMissing(node.operation, undefined, types);
  const rewrite = compileRewrites(node.outputRewrites, types);
  return ({ data, stray }, execution) => {
    execution.stray.push(...stray);
    const source = rewrite(data instanceof Failure ? missing(data, undefined) : data);
    if (!isJsonObject(source)) return;
    const targets: JsonObject[] = [];
    walk(execution.data, (target) => targets.push(target));
    for (const [index, target] of targets.entries()) merge(target, source, index < targets.length - 1, types);
  };
}
