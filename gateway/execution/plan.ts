import type { FlattenNode, PlanNode, QueryPlan, SubscriptionNode } from "@graphql-hive/router-query-planner";
import { compileBatchFetch, compileEntityFetch } from "./entity-fetch.ts";
import type { Step } from "./execution.ts";
import { Failure } from "./failure.ts";
import { clientsName } from "./given-variables.ts";
import { own, put } from "./json.ts";
import type { PartialPlan } from "./partial-plan.ts";
import { compilePath } from "./paths.ts";
import type { PossibleTypes } from "./possible-types.ts";
import { type Absorb, compileAbsorb, compileRootFetch } from "./root-fetch.ts";

/** A plan as closures: what opens it, when it is a subscription, and what each answer or event takes. */
export interface CompiledPlan {
  readonly source: EventSource | undefined;
  readonly run: Step;
}

/** Where the events of a subscription come from, and how one is taken into the data. */
export interface EventSource {
  readonly node: SubscriptionNode["primary"];
  readonly absorb: Absorb;
}

function compilePlan(plan: QueryPlan, types: PossibleTypes): CompiledPlan {
  const nodes = plan.node?.kind === "Sequence" ? plan.node.nodes : plan.node ? [plan.node] : [];
  const [first, ...rest] = nodes;
  if (first?.kind !== "Subscription") return { source: undefined, run: inSequence(nodes, types) };
  const source = { node: first.primary, absorb: compileAbsorb(first.primary, types) };
  return { source, run: inSequence(rest, types) };
}

/** What is lost of the operation is a failure of its own wherever it is wanted. */
export function compilePartialPlan({ plan, lost }: PartialPlan, types: PossibleTypes): CompiledPlan {
  const compiled = compilePlan(plan, types);
  if (lost.length === 0) return compiled;
  const places = lost.map(({ path, key }) => ({ key, walk: compilePath(path, types) }));
  return {
    ...compiled,
    run: async (execution) => {
      await compiled.run(execution);
      const failure = Failure.of("INTERNAL_SERVER_ERROR");
      for (const { key, walk } of places) {
        walk(execution.data, (object) => {
          if (own(object, key) === undefined) put(object, key, failure);
        });
      }
    },
  };
}

function compileNode(node: PlanNode, types: PossibleTypes): Step {
  switch (node.kind) {
    case "Fetch":
      return compileRootFetch(node, types);
    case "BatchFetch":
      return compileBatchFetch(node, types);
    case "Flatten":
      return compileFlatten(node, types);
    case "Sequence":
      return inSequence(node.nodes, types);
    case "Parallel": {
      const steps = node.nodes.map((inner) => compileNode(inner, types));
      return async (execution) => {
        await Promise.all(steps.map((step) => step(execution)));
      };
    }
    case "Condition": {
      const met = node.ifClause ? compileNode(node.ifClause, types) : nothing;
      const unmet = node.elseClause ? compileNode(node.elseClause, types) : nothing;
      const condition = clientsName(node.condition);
      return (execution) => (own(execution.variables, condition) === true ? met : unmet)(execution);
    }
    case "Subscription":
    case "Defer":
      throw new Error(`The plan holds a ${node.kind} node where none can run`);
    default:
      return node satisfies never;
  }
}

function compileFlatten({ node, path }: FlattenNode, types: PossibleTypes): Step {
  if (node.kind !== "Fetch") throw new Error(`The plan flattens a ${node.kind} node`);
  return node.requires ? compileEntityFetch(node, node.requires, path, types) : compileRootFetch(node, types, path);
}

function inSequence(nodes: readonly PlanNode[], types: PossibleTypes): Step {
  const steps = nodes.map((node) => compileNode(node, types));
  const [only] = steps;
  if (only !== undefined && steps.length === 1) return only;
  return async (execution) => {
    for (const step of steps) await step(execution);
  };
}

const nothing: Step = async () => {};
