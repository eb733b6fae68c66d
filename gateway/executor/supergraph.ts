import { QueryPlanner } from "@graphql-hive/router-query-planner";
import type { Contract } from "../contracts/contract.ts";
import { PossibleTypes } from "./possible-types.ts";
import { SourceKeys } from "./source-keys.ts";

/** A contract's supergraph with what is worked out of it once, for all of its operations. */
export class Supergraph {
  readonly contract: Contract;
  readonly planner: QueryPlanner;
  readonly types: PossibleTypes;
  readonly keys: SourceKeys;

  constructor(contract: Contract) {
    this.contract = contract;
    this.planner = new QueryPlanner(contract.supergraphSdl);
    this.types = new PossibleTypes(contract.supergraph);
    this.keys = new SourceKeys(contract.supergraph);
  }
}
