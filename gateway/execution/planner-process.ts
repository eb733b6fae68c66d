import { type QueryPlan, QueryPlanner } from "@graphql-hive/router-query-planner";

/*
 * Plans for the gateway in a process of its own. A defect in the planner's native code ends the process
 * in which it runs, and nothing can catch it: so a query that meets one must not meet it in the gateway.
 */

/** What the gateway sends: a supergraph under a number, once, and then operations by that number. */
export type PlannerRequest = { readonly supergraph: string; readonly planner: number } | PlanRequest;

interface PlanRequest {
  readonly operation: string;
  readonly planner: number;
  /** What was drawn for the request, where an `@override` goes by per cent. */
  readonly draw: number;
}

/** What it gets for each operation, in their order: a plan, or none where the planner refuses. */
export interface PlannerAnswer {
  readonly plan?: QueryPlan;
}

/** What it gets before all else, once the process is ready to plan. */
export const ready = "ready";

const planners = new Map<number, QueryPlanner>();

process.on("message", (request: PlannerRequest) => {
  if ("supergraph" in request) planners.set(request.planner, new QueryPlanner(request.supergraph));
  else process.send?.(plan(request, planners.get(request.planner)));
});
process.on("disconnect", () => process.exit());
process.send?.(ready);

function plan({ operation, draw }: PlanRequest, planner: QueryPlanner | undefined): PlannerAnswer {
  try {
    return planner ? { plan: planner.plan(operation, null, new Set(), draw) } : {};
  } catch {
    return {};
  }
}
