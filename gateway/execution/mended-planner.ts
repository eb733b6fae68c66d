import type { QueryPlan } from "@graphql-hive/router-query-planner";
import type { DocumentNode } from "graphql";
import { BareFields } from "./bare-fields.ts";
import { InterfaceObjects } from "./interface-objects.ts";
import { supergraphsForPlanner } from "./planner-supergraph.ts";
import { type Plans, Unplannable } from "./planning.ts";

/** The planner for one supergraph, with what is known of its defects, version 0.0.38, kept out of its way. */
export class MendedPlanner {
  readonly #plans: Plans;
  readonly #texts: readonly string[];
  readonly #bareFields: BareFields;
  readonly #interfaceObjects: InterfaceObjects;

  constructor(supergraph: DocumentNode, plans: Plans) {
    this.#plans = plans;
    this.#texts = supergraphsForPlanner(supergraph);
    this.#bareFields = new BareFields(supergraph);
    this.#interfaceObjects = new InterfaceObjects(supergraph);
  }

  /** @throws Unplannable */
  async plan(operation: string, draw: number): Promise<QueryPlan> {
    const asked = this.#interfaceObjects.askTypes(operation);
    let isFinal = true;
    for (const text of this.#texts) {
      try {
        return this.#bareFields.mend(await this.#plans.plan(text, asked, draw));
      } catch (error) {
        if (!(error instanceof Unplannable)) throw error;
        isFinal &&= error.isFinal;
      }
    }
    throw new Unplannable(isFinal);
  }
}
