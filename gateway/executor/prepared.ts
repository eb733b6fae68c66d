import { type DocumentNode, executeSync, type GraphQLSchema, type OperationTypeNode } from "graphql";
import { RecentMap } from "../recent.ts";
import { type Conditions, conditionVariables, readConditions } from "./conditions.ts";
import { isJsonObject, type JsonObject } from "./json.ts";
import type { Operation } from "./operation.ts";
import { type CompiledPlan, compilePlan } from "./plan.ts";
import { splitOperation } from "./planner-document.ts";
import { Refusal } from "./refusal.ts";
import { compileShape, type SelectionShape } from "./shape.ts";
import type { Supergraph } from "./supergraph.ts";
import { coerceVariables } from "./variables.ts";

/** The most variants that are kept of one operation: it has one for each outcome of its conditions. */
const variantsKept = 16;

/** An admitted operation, with all that is worked out once however often it is run. */
export class PreparedOperation {
  readonly type: OperationTypeNode;
  readonly #supergraph: Supergraph;
  readonly #operation: Operation;
  readonly #conditionVariables: readonly string[];
  readonly #variants = new RecentMap<Variant>(variantsKept);

  constructor(supergraph: Supergraph, operation: Operation) {
    this.type = operation.definition.operation;
    this.#supergraph = supergraph;
    this.#operation = operation;
    this.#conditionVariables = conditionVariables(operation);
  }

  /** @throws Fault BAD_USER_INPUT */
  variables(given: unknown): JsonObject {
    const { variableDefinitions = [] } = this.#operation.definition;
    return coerceVariables(this.#supergraph.contract.schema, variableDefinitions, given);
  }

  /** The operation under the outcome that these variables give to its @skip and @include. */
  variant(variables: JsonObject): Variant {
    const conditions = readConditions(this.#conditionVariables, variables);
    const key = [...conditions.values()].map(Number).join("");
    const known = this.#variants.get(key);
    if (known !== undefined) return known;
    const variant = new Variant(this.#supergraph, this.#operation, conditions);
    this.#variants.set(key, variant);
    return variant;
  }
}

/** An operation without conditions: its plan, its shape, and what it asks of the schema itself. */
export class Variant {
  /** Undefined where no subgraph has to be asked. */
  readonly plan: CompiledPlan | undefined;
  readonly shape: SelectionShape;
  readonly #schema: GraphQLSchema;
  readonly #local: DocumentNode | undefined;

  constructor({ contract, planner, types, keys }: Supergraph, operation: Operation, conditions: Conditions) {
    const root = contract.schema.getRootType(operation.definition.operation);
    if (!root) throw new Refusal("GRAPHQL_VALIDATION_FAILED");
    const { remote, local } = splitOperation(operation, keys, conditions);
    // Overrides by label are not offered: no label is active, and no share of the requests.
    this.plan = remote === undefined ? undefined : compilePlan(planner.plan(remote, null, new Set(), 0), types);
    this.shape = compileShape(contract.schema, root, operation, keys, conditions);
    this.#schema = contract.schema;
    this.#local = local;
  }

  /** What the schema says of itself, by the client's keys. */
  introspect(variables: JsonObject): JsonObject {
    if (this.#local === undefined) return {};
    const { data } = executeSync({ schema: this.#schema, document: this.#local, variableValues: variables });
    return isJsonObject(data) ? data : {};
  }
}
