import type {
  BatchFetchNode,
  EntityBatchAlias,
  FetchNode,
  FlattenNodePathSegment,
  RequiresSelection,
} from "@graphql-hive/router-query-planner";
import type { Answer } from "./answers.ts";
import type { Execution, Step } from "./execution.ts";
import { compileMissing } from "./expected.ts";
import { Failure } from "./failure.ts";
import { isJsonObject, type JsonObject, own } from "./json.ts";
import { merge } from "./merge.ts";
import { compilePath } from "./paths.ts";
import type { PossibleTypes } from "./possible-types.ts";
import { compileRepresentation } from "./representations.ts";
import { compileRequest } from "./requests.ts";
import { compileRewrites } from "./rewrites.ts";

/** A fetch of entities at one path: a batch of one. */
export function compileEntityFetch(
  node: FetchNode,
  requires: readonly RequiresSelection[],
  path: readonly FlattenNodePathSegment[],
  types: PossibleTypes,
): Step {
  const { inputRewrites, outputRewrites } = node;
  const alias: EntityBatchAlias = {
    alias: "_entities",
    representationsVariableName: "representations",
    paths: [[...path]],
    requires: [...requires],
    ...(inputRewrites ? { inputRewrites } : {}),
    ...(outputRewrites ? { outputRewrites } : {}),
  };
  return compileBatchFetch({ ...node, kind: "BatchFetch", entityBatch: { aliases: [alias] } }, types);
}

/** A fetch of several lists of entities from one subgraph in one operation. */
export function compileBatchFetch(node: BatchFetchNode, types: PossibleTypes): Step {
  const send = compileRequest(node);
  const aliases = node.entityBatch.aliases.map((alias) => compileAlias(alias, node.operation, types));
  return async (execution) => {
    const lists = new Map<string, Representations>();
    for (const { variable } of aliases) if (!lists.has(variable)) lists.set(variable, new Representations());
    const collected = aliases.map(({ variable, collect }) => {
      const list = lists.get(variable) ?? new Representations();
      return collect(execution, list);
    });
    if (collected.every((targets) => targets.size === 0)) return;
    const answer = await send(execution, new Map([...lists].map(([name, list]) => [name, list.toJson()])));
    execution.stray.push(...answer.stray);
    for (const [index, { absorb }] of aliases.entries()) absorb(answer, collected[index] ?? new Map());
  };
}

/** The distinct representations under one variable: equal ones are asked for once. */
class Representations {
  readonly #indices = new Map<string, number>();

  /** @returns the place of the representation in the list. */
  add(text: string): number {
    const known = this.#indices.get(text);
    if (known !== undefined) return known;
    const index = this.#indices.size;
    this.#indices.set(text, index);
    return index;
  }

  toJson(): string {
    return `[${[...this.#indices.keys()].join(",")}]`;
  }
}

/** The objects of the data that wait for the entity at each place of the list. */
type Targets = Map<number, JsonObject[]>;

interface CompiledAlias {
  readonly variable: string;
  collect(execution: Execution, list: Representations): Targets;
  absorb(answer: Answer, targets: Targets): void;
}

function compileAlias(alias: EntityBatchAlias, operation: string, types: PossibleTypes): CompiledAlias {
  const walks = alias.paths.map((path) => compilePath(path, types));
  const represent = compileRepresentation(alias.requires, alias.inputRewrites, types);
  const rewrite = compileRewrites(alias.outputRewrites, types);
  const missing = compileMissing(operation, alias.alias, types);
  return {
    variable: alias.representationsVariableName,
    collect: ({ data }, list) => {
      const targets: Targets = new Map();
      const add = (target: JsonObject) => {
        const text = represent(target);
        if (text === undefined) return;
        const index = list.add(text);
        const sharers = targets.get(index);
        if (sharers === undefined) targets.set(index, [target]);
        else sharers.push(target);
      };
      for (const walk of walks) walk(data, add);
      return targets;
    },
    absorb: ({ data }, targets) => {
      // Errors of a failed answer lead to the list first; told from its entities on, they start at an index.
      const entities = data instanceof Failure ? data.at(alias.alias) : own(data, alias.alias);
      for (const [index, sharers] of targets) {
        const entity = entityAt(entities, index);
        for (const [nth, target] of sharers.entries()) {
          const isLast = nth === sharers.length - 1;
          const source = rewrite(entity instanceof Failure ? missing(entity, own(target, "__typename")) : entity);
          if (isJsonObject(source)) merge(target, source, !isLast, types);
        }
      }
    },
  };
}

/** The entity, null where the subgraph knows none, or why it is missing. */
function entityAt(entities: unknown, index: number): unknown {
  if (entities instanceof Failure) return entities.at(index);
  const entity: unknown = Array.isArray(entities) ? entities[index] : undefined;
  return entity === undefined ? Failure.of("SUBGRAPH_UNAVAILABLE") : entity;
}
