import type { QueryPlan } from "@graphql-hive/router-query-planner";
import type { Contract } from "../contracts/contract.ts";
import { GradualOverrides } from "../contracts/overrides.ts";
import { Detours } from "../execution/detours.ts";
import { MendedPlanner } from "../execution/mended-planner.ts";
import { type PartialPlan, planPartially } from "../execution/partial-plan.ts";
import { isFinal, type Plans } from "../execution/planning.ts";
import { PossibleTypes } from "../execution/possible-types.ts";
import { SourceKeys } from "../execution/source-keys.ts";
import { AccessRules } from "../policy/rules.ts";

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

  constructor(contract: Contract, plans: Plans) {
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
   * @throws Unplannable where there is no plan for the whole of it.
   */
  async plan(operation: string, draw = 0): Promise<QueryPlan> {
    try {
      return await this.#plan(operation, draw);
    } catch (error) {
      if (!isFinal(error)) throw error;
      // The planner finds now this way and now that, by numbers which it draws once for all that it plans.
      this.#plans.renew();
      return this.#plan(operation, draw);
    }
  }

  /**
   * As `plan`, but where there is no plan for the whole, one for as much of it as can be.
   * @throws Unplannable
   */
  async planAsFarAsPossible(operation: string, draw: number): Promise<PartialPlan> {
    try {
      return { plan: await this.plan(operation, draw), lost: [] };
    } catch (error) {
      if (!isFinal(error)) throw error;
      return planPartially(operation, this.contract.schema, (part) => this.#plan(part, draw));
    }
  }

  async #plan(operation: string, draw: number): Promise<QueryPlan> {
    try {
      return await this.#planner.plan(operation, draw);
    } catch (error) {
      if (!isFinal(error)) throw error;
      this.#detours ??= new Detours(this.contract.supergraph, this.#plans);
      return this.#detours.plan(operation, draw);
    }
  }
}
