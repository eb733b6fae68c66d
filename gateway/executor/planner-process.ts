import { type QueryPlan, QueryPlanner } from "@graphql-hive/router-query-planner";

/*
 * Plans for the gateway in a process of its own. A defect in the planner's native code ends the process
 * in which it runs, and nothing can catch it: so a query that meets one must not meet it in the gateway.
 */

/** What the gateway sends: a supergraph under a number, once, and then operations by that number. */
export type PlannerRequest =
  | { readonly supergraph: string; readonly planner: number }
  | { readonly operation: string; readonly planner: number };

/** What it gets for each operation, in their order: a plan, or none where the planner refuses. */
export interface PlannerAnswer {
  readonly plan?: QueryPlan;
}

const planners = new Map<number, QueryPlanner>();

process.on("message", (request: PlannerRequest) => {
  if ("supergraph" in request) planners.set(request.planner, new QueryPlanner(request.supergraph));
  else process.send?.(plan(request.operation, planners.get(request.planner)));
});
process.on("disconnect", () => process.exit());

function plan(operation: string, planner: QueryPlanner | undefined): PlannerAnswer {
  try {
    // Overrides by label are not offered: no label is active, and no share of the requests.
    return planner ? { plan: planner.plan(operation, null, new Set(), 0) } : {};
  } catch {
    return {};
  }
}
