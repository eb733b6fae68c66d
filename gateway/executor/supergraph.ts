import type { QueryPlan } from "@graphql-hive/router-query-planner";
import type { Contract } from "../contracts/contract.ts";
import { GradualOverrides } from "../contracts/overrides.ts";
import { AccessRules } from "../policy/rules.ts";
import { Detours } from "./detours.ts";
import { MendedPlanner, type Plans } from "./mended-planner.ts";
import { Planning, Unplannable } from "./planning.ts";
import { PossibleTypes } from "./possible-types.ts";
import { SourceKeys } from "./source-keys.ts";

/** One for all contracts: a process costs more memory than what it plans with. */
export const planning = new Planning();

/** A contract's supergraph with what is worked out of it once, for all of its operations. */
export class Supergraph {
  readonly contract: Contract;
  readonly types: PossibleTypes;
  readonly keys: SourceKeys;
  readonly rules: AccessRules;
  readonly overrides: GradualOverrides;
  readonly #plans: Plans;
  readonly #planner: MendedPlanner;
  #detours: Detours | undefined;

  constructor(contract: Contract, plans: Plans = planning) {
    this.contract = contract;
    this.types = new PossibleTypes(contract.supergraph);
    this.keys = new SourceKeys(contract.supergraph);
    this.rules = new AccessRules(contract.supergraph);
    this.overrides = new GradualOverrides(contract.supergraph);
    this.#plans = plans;
    this.#planner = new MendedPlanner(contract.supergraph, plans);
  }

  /**
   * @param draw one of those of the overrides.
   * @throws Unplannable
   */
  async plan(operation: string, draw = 0): Promise<QueryPlan> {
    try {
      return await this.#planner.plan(operation, draw);
    } catch (error) {
      if (!(error instanceof Unplannable && error.isFinal)) throw error;
      this.#detours ??= new Detours(this.contract.supergraph, this.#plans);
      return this.#detours.plan(operation, draw);
    }
  }
}
