import type { QueryPlan } from "@graphql-hive/router-query-planner";
import { buildASTSchema, type DocumentNode, type GraphQLSchema } from "graphql";
import { DetourMap } from "./detour-map.ts";
import { movePlan } from "./detour-plan.ts";
import { takeDetours } from "./detour-taking.ts";
import { MendedPlanner } from "./mended-planner.ts";
import { isFinal, type Plans, Unplannable } from "./planning.ts";

/** How many fields may rest on one another, each taken out of what is asked for the one before. */
const deepest = 5;

/**
 * Plans what the planner refuses, in parts that it does not refuse. Each field on which it may have
 * failed is taken out, and in its place the entity is asked for a key and for what the field requires.
 * Then the field is fetched by a call of its own, which is planned as if it were a root field of the
 * subgraph that answers it.
 */
export class Detours {
  readonly #map: DetourMap;
  readonly #schema: GraphQLSchema;
  readonly #planner: MendedPlanner;

  constructor(supergraph: DocumentNode, plans: Plans) {
    this.#map = new DetourMap(supergraph);
    this.#schema = buildASTSchema(this.#map.supergraph, { assumeValidSDL: true });
    this.#planner = new MendedPlanner(this.#map.supergraph, plans);
  }

  /** @throws Unplannable */
  async plan(operation: string, draw: number, depth = 0): Promise<QueryPlan> {
    const { rest, taken } = takeDetours(operation, this.#schema, this.#map);
    if (taken.length === 0 || depth === deepest) throw new Unplannable(true);
    const { node: first } = await this.#planPart(rest, draw, depth);
    const others = await Promise.all(
      taken.map(async ({ operation: part, detour, path }) => {
        const { node } = await this.#planPart(part, draw, depth);
        return movePlan(node, detour, path);
      }),
    );
    // A subscription has to stay in front of all else.
    const nodes = first?.kind === "Sequence" ? first.nodes : first ? [first] : [];
    return { kind: "QueryPlan", node: { kind: "Sequence", nodes: [...nodes, ...others] } };
  }

  async #planPart(operation: string, draw: number, depth: number): Promise<QueryPlan> {
    try {
      return await this.#planner.plan(operation, draw);
    } catch (error) {
      if (!isFinal(error)) throw error;
      return this.plan(operation, draw, depth + 1);
    }
  }
}
