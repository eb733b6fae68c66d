import type { PlanNode } from "@graphql-hive/router-query-planner";
import { Kind, parse, print } from "graphql";
import type { Detour } from "./detour-map.ts";
import type { Path } from "./operation-text.ts";
import { Unplannable } from "./planning.ts";

/**
 * Moves the plan of a field, which was planned as a root field, to the entities that lack it.
 * @param path leads to them.
 * @throws Unplannable where the plan is none that can be moved.
 */
export function movePlan(plan: PlanNode | undefined, detour: Detour, path: Path): PlanNode {
  const [first, ...others] = plan?.kind === "Sequence" ? plan.nodes : plan ? [plan] : [];
  if (first?.kind !== "Fetch") throw new Unplannable(true);
  const to = [...path, { TypeCondition: [detour.type] }];
  const node: PlanNode = {
    ...first,
    operation: askEntities(first.operation, detour),
    requires: [...detour.requires],
  };
  return {
    kind: "Sequence",
    nodes: [{ kind: "Flatten", path: to, node }, ...others.map((other) => moveNode(other, to))],
  };
}

function moveNode(node: PlanNode, to: Path): PlanNode {
  switch (node.kind) {
    case "Sequence":
    case "Parallel":
      return { ...node, nodes: node.nodes.map((inner) => moveNode(inner, to)) };
    case "Flatten":
      return { ...node, path: [...to, ...node.path] };
    case "BatchFetch": {
      const aliases = node.entityBatch.aliases.map((alias) => ({
        ...alias,
        paths: alias.paths.map((path) => [...to, ...path]),
      }));
      return { ...node, entityBatch: { aliases } };
    }
    default:
      throw new Unplannable(true);
  }
}

/** The operation that asks entities for what the given one asks of a root field. */
function askEntities(operation: string, { entry, field, type }: Detour): string {
  const { definitions } = parse(operation, { noLocation: true });
  const texts = definitions.map((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return print(definition);
    const { selectionSet, variableDefinitions = [] } = definition;
    const selections = selectionSet.selections.map((selection) => {
      if (selection.kind !== Kind.FIELD || selection.name.value !== entry) throw new Unplannable(true);
      return { ...selection, name: { kind: Kind.NAME, value: field } } as const;
    });
    const variables = ["$representations:[_Any!]!", ...variableDefinitions.map(print)].join(",");
    const asked = `... on ${type} ${print({ ...selectionSet, selections })}`;
    return `query(${variables}){_entities(representations:$representations){${asked}}}`;
  });
  return texts.join("\n");
}
