import type { PlanNode, QueryPlan } from "@graphql-hive/router-query-planner";
import { parse, print } from "graphql";

/** A plan as nested boxes: what follows stands below, what goes on at once stands side by side. */
export interface PlanBox {
  readonly title: string;
  /** The operation that is sent to a subgraph, printed to be read. */
  readonly operation?: string;
  readonly below: readonly PlanBox[];
}

export function boxOf(plan: QueryPlan): PlanBox {
  return plan.node ? boxOfNode(plan.node, "") : { title: "Nothing to fetch", below: [] };
}

function boxOfNode(node: PlanNode, at: string): PlanBox {
  switch (node.kind) {
    case "Sequence":
    case "Parallel":
      return { title: node.kind, below: node.nodes.map((inner) => boxOfNode(inner, at)) };
    case "Flatten":
      return boxOfNode(node.node, pathText(node.path));
    case "Fetch":
    case "BatchFetch":
      return fetchBox(node.kind, node, at);
    case "Subscription":
      return fetchBox("Subscription", node.primary, at);
    case "Condition": {
      const clauses = [node.ifClause, node.elseClause].flatMap((inner) => (inner ? [boxOfNode(inner, at)] : []));
      return { title: `Condition $${node.condition}`, below: clauses };
    }
    case "Defer":
      return { title: node.kind, below: [] };
    default:
      return node satisfies never;
  }
}

function fetchBox(kind: string, node: { serviceName: string; operation: string }, at: string): PlanBox {
  const title = `${kind} ${node.serviceName}${at && ` at ${at}`}`;
  return { title, operation: print(parse(node.operation)), below: [] };
}

function pathText(path: readonly unknown[]): string {
  return path
    .map((segment) => {
      if (segment === "@") return "[]";
      const { Field, TypeCondition } = segment as { Field?: string; TypeCondition?: readonly string[] };
      return Field ?? `|${TypeCondition?.join(",")}`;
    })
    .join(".");
}

/** The same as a mermaid flowchart. */
export function toMermaid(box: PlanBox): string {
  const lines = ["flowchart TB"];
  let count = 0;
  const quoted = (text: string) =>
    `"${text.replaceAll('"', "#quot;").replaceAll("<", "&lt;").replaceAll("\n", "<br/>")}"`;
  /** @returns the nodes with which the box begins and ends. */
  const draw = (one: PlanBox): { first: readonly string[]; last: readonly string[] } => {
    if (one.title === "Sequence" || one.title === "Parallel") {
      const parts = one.below.map(draw);
      if (one.title === "Parallel") {
        return { first: parts.flatMap(({ first }) => first), last: parts.flatMap(({ last }) => last) };
      }
      for (const [index, { first }] of parts.slice(1).entries()) {
        for (const from of parts[index]?.last ?? []) for (const to of first) lines.push(`  ${from} --> ${to}`);
      }
      return { first: parts[0]?.first ?? [], last: parts.at(-1)?.last ?? [] };
    }
    const name = `n${count++}`;
    lines.push(`  ${name}[${quoted(one.operation ? `${one.title}\n${one.operation}` : one.title)}]`);
    const inner = one.below.map(draw);
    for (const { first } of inner) for (const to of first) lines.push(`  ${name} --> ${to}`);
    return { first: [name], last: inner.length === 0 ? [name] : inner.flatMap(({ last }) => last) };
  };
  draw(box);
  return `${lines.join("\n")}\n`;
}
