import type { QueryPlan } from "@graphql-hive/router-query-planner";
import type { Contract } from "../contracts/contract.ts";
import { AccessRules } from "../policy/rules.ts";
import { BareFields } from "./bare-fields.ts";
import { InterfaceObjects } from "./interface-objects.ts";
import { supergraphsForPlanner } from "./planner-supergraph.ts";
import { Planning, Unplannable } from "./planning.ts";
import { PossibleTypes } from "./possible-types.ts";
import { SourceKeys } from "./source-keys.ts";

/** One for all contracts: a process costs more memory than what it plans with. */
export const planning = new Planning();

/** Who plans: usually the process of its own. */
export type Plans = Pick<Planning, "plan">;

/** A contract's supergraph with what is worked out of it once, for all of its operations. */
export class Supergraph {
  readonly contract: Contract;
  readonly planning: Plans;
  readonly types: PossibleTypes;
  readonly keys: SourceKeys;
  readonly rules: AccessRules;
  readonly #texts: readonly string[];
  readonly #bareFields: BareFields;
  readonly #interfaceObjects: InterfaceObjects;

  constructor(contract: Contract, plans: Plans = planning) {
    this.contract = contract;
    this.planning = plans;
    this.types = new PossibleTypes(contract.supergraph);
    this.keys = new SourceKeys(contract.supergraph);
    this.rules = new AccessRules(contract.supergraph);
    this.#bareFields = new BareFields(contract.supergraph);
    this.#interfaceObjects = new InterfaceObjects(contract);
    this.#texts = supergraphsForPlanner(contract.supergraph);
  }

  /** @throws Unplannable */
  async plan(operation: string): Promise<QueryPlan> {
    const asked = this.#interfaceObjects.askTypes(operation);
    let isFinal = true;
    for (const text of this.#texts) {
      try {
        return this.#bareFields.mend(await this.planning.plan(text, asked));
      } catch (error) {
        if (!(error instanceof Unplannable)) throw error;
        isFinal &&= error.isFinal;
      }
    }
    throw new Unplannable(isFinal);
  }
}
