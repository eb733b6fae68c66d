import { type DocumentNode, executeSync, type GraphQLSchema, type OperationTypeNode } from "graphql";
import { type Conditions, conditionVariables, outcomeOf, readConditions } from "../execution/conditions.ts";
import { type Cost, compileCost } from "../execution/cost.ts";
import { isJsonObject, type JsonObject } from "../execution/json.ts";
import type { Operation } from "../execution/operation.ts";
import { type CompiledPlan, compilePartialPlan } from "../execution/plan.ts";
import { splitOperation } from "../execution/planner-document.ts";
import { isFinal } from "../execution/planning.ts";
import { Refusal } from "../execution/refusal.ts";
import { compileShape, type SelectionShape } from "../execution/shape.ts";
import { coerceVariables, countUses } from "../execution/variables.ts";
import { weights } from "../execution/weights.ts";
import { compileDenied, type MarkDenied } from "../policy/denied-values.ts";
import { type Denial, OperationPolicy } from "../policy/operation-policy.ts";
import { withhold } from "../policy/withhold.ts";
import { RecentMap } from "../recent.ts";
import type { Supergraph } from "./supergraph.ts";

/** An admitted operation, with all that is worked out once however often it is run. */
export class PreparedOperation {
  readonly type: OperationTypeNode;
  /** What it asks of the caller; undefined where anybody may have all of it. */
  readonly policy: OperationPolicy | undefined;
  readonly #cost: Cost;
  readonly #supergraph: Supergraph;
  readonly #operation: Operation;
  readonly #conditionVariables: readonly string[];
  /** One for each outcome of its conditions, and of what callers are denied. */
  readonly #variants = new RecentMap<Promise<Variant>>(weights.variants);
  readonly #onGrown: () => void;

  /** @param onGrown is called when it weighs more than before. */
  constructor(supergraph: Supergraph, operation: Operation, onGrown: () => void = () => undefined) {
    this.type = operation.definition.operation;
    this.policy = OperationPolicy.of(supergraph.rules, supergraph.contract.schema, operation);
    this.#cost = compileCost(supergraph.contract.schema, operation);
    this.#supergraph = supergraph;
    this.#operation = operation;
    this.#conditionVariables = conditionVariables(operation);
    this.#onGrown = onGrown;
  }

  /** What its variants weigh. */
  get weight(): number {
    return this.#variants.weight;
  }

  /**
   * @param costLimit how many fields the answer may have under these variables.
   * @throws Fault BAD_USER_INPUT, Refusal OPERATION_TOO_LARGE
   */
  variables(given: unknown, costLimit: number): JsonObject {
    const { variableDefinitions = [] } = this.#operation.definition;
    const variables = coerceVariables(this.#supergraph.contract.schema, variableDefinitions, given);
    if (this.#cost(variables) > costLimit) throw new Refusal("OPERATION_TOO_LARGE");
    return variables;
  }

  /** Whether the operation and the fragments beside it use a variable in one place only. */
  namesOnce(variable: string): boolean {
    const { definition, fragments } = this.#operation;
    // Where it is declared, it is not used.
    const parts = [{ ...definition, variableDefinitions: [] }, ...fragments.values()];
    return parts.reduce((count, part) => count + countUses(part, variable), 0) === 1;
  }

  /**
   * The operation under the outcome that these variables give to its @skip and @include.
   * @param draw the one of the overrides that was drawn for the request.
   * @param denial what the caller is denied of it, if anything.
   * @throws Unplannable, and does so again without asking the planner anew.
   */
  variant(variables: JsonObject, draw: number, denial?: Denial): Promise<Variant> {
    const outcome = outcomeOf(this.#conditionVariables, variables);
    const key = draw === 0 && denial === undefined ? outcome : `${outcome}/${draw}/${denial?.key ?? ""}`;
    const known = this.#variants.get(key);
    if (known !== undefined) return known;
    const conditions = readConditions(this.#conditionVariables, variables);
    return this.#keep(key, prepareVariant(this.#supergraph, this.#operation, { conditions, draw, denial }));
  }

  #keep(key: string, variant: Promise<Variant>): Promise<Variant> {
    this.#variants.set(key, variant, weights.variant);
    this.#onGrown();
    variant.then(
      ({ weight }) => {
        this.#variants.weigh(key, variant, weight);
        this.#onGrown();
      },
      (error: unknown) => {
        if (!isFinal(error)) this.#variants.delete(key);
      },
    );
    return variant;
  }
}

/** An operation without conditions: its plan, its shape, and what it asks of the schema itself. */
export class Variant {
  /** Undefined where no subgraph has to be asked. */
  readonly plan: CompiledPlan | undefined;
  readonly shape: SelectionShape;
  /** Undefined where nothing is denied. */
  readonly markDenied: MarkDenied | undefined;
  /** About how many bytes it takes. */
  readonly weight: number;
  readonly #schema: GraphQLSchema;
  readonly #local: DocumentNode | undefined;

  constructor(
    parts: Pick<Variant, "plan" | "shape" | "markDenied" | "weight">,
    schema: GraphQLSchema,
    local?: DocumentNode,
  ) {
    this.plan = parts.plan;
    this.shape = parts.shape;
    this.markDenied = parts.markDenied;
    this.weight = parts.weight;
    this.#schema = schema;
    this.#local = local;
  }

  /** What the schema says of itself, by the client's keys. */
  introspect(variables: JsonObject): JsonObject {
    if (this.#local === undefined) return {};
    const { data } = executeSync({ schema: this.#schema, document: this.#local, variableValues: variables });
    return isJsonObject(data) ? data : {};
  }
}

/** What makes one variant of an operation differ from another. */
interface Circumstances {
  readonly conditions: Conditions;
  readonly draw: number;
  readonly denial: Denial | undefined;
}

async function prepareVariant(
  supergraph: Supergraph,
  operation: Operation,
  { conditions, draw, denial }: Circumstances,
): Promise<Variant> {
  const { types, keys } = supergraph;
  const { schema } = supergraph.contract;
  const root = schema.getRootType(operation.definition.operation);
  if (!root) throw new Refusal("GRAPHQL_VALIDATION_FAILED");
  const admitted = denial ? withhold(operation, schema, denial) : operation;
  const { remote, local } = splitOperation(schema, admitted, keys, conditions);
  const parts = {
    plan:
      remote === undefined ? undefined : compilePartialPlan(await supergraph.planAsFarAsPossible(remote, draw), types),
    shape: compileShape(schema, root, operation, keys, conditions),
    markDenied: denial && compileDenied(schema, operation, keys, denial),
    // Written out for the planner, it is as long as what is made of it, however short the client's text is.
    weight: weights.variant + weights.plannedCharacter * (remote?.length ?? 0),
  };
  return new Variant(parts, schema, local);
}
