import type { PlanNode, QueryPlan } from "@graphql-hive/router-query-planner";
import {
  type GraphQLCompositeType,
  type GraphQLSchema,
  isCompositeType,
  isNonNullType,
  Kind,
  OperationTypeNode,
  parse,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { typenameField } from "./operation.ts";
import { below, keyOf, type Path, printOperation } from "./operation-text.ts";
import { isFinal, Unplannable } from "./planning.ts";

/** How often the planner is asked to find out for which part of an operation it has no plan. */
const attempts = 20;

/** A field for which there is no plan. */
export interface Lost {
  /** Leads to the objects that lack it. */
  readonly path: Path;
  readonly key: string;
}

/** A plan for an operation, but for what is lost of it. */
export interface PartialPlan {
  readonly plan: QueryPlan;
  readonly lost: readonly Lost[];
}

/** @throws Unplannable */
type Plan = (operation: string) => Promise<QueryPlan>;

/**
 * Plans of an operation what can be planned, where the whole cannot be: each root field by itself, and of one
 * that cannot be planned as much as is found to be possible within a few attempts.
 * @param text as the planner is given it.
 * @throws Unplannable where of a root field nothing that the client asks for can be planned: what is wrong then is the
 *   supergraph, and the public audit of gateways wants no data. Also where the planner took too long.
 */
export async function planPartially(text: string, schema: GraphQLSchema, plan: Plan): Promise<PartialPlan> {
  const { definitions } = parse(text, { noLocation: true });
  const operation = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) throw new Unplannable(true);
  const search = new Search(schema, plan);
  const nodes: PlanNode[] = [];
  for (const selection of operation.selectionSet.selections) {
    const part = await search.within(selection, { type: root, path: [] }, (selections) =>
      printOperation({ ...operation, selectionSet: setOf(selections) }),
    );
    if (part === undefined) throw new Unplannable(true);
    if (part.node) nodes.push(part.node);
  }
  // Fields of a mutation are done one after another.
  const kind = operation.operation === OperationTypeNode.MUTATION ? "Sequence" : "Parallel";
  const [first, ...others] = nodes;
  const node: PlanNode = first && others.length === 0 ? first : { kind, nodes };
  return { plan: { kind: "QueryPlan", node }, lost: search.lost };
}

/** Where a selection stands. */
interface Place {
  readonly type: GraphQLCompositeType;
  readonly path: Path;
}

/** The operation with these selections in the place of the one that is looked at. */
type Around = (selections: readonly SelectionNode[]) => string;

class Search {
  readonly lost: Lost[] = [];
  readonly #schema: GraphQLSchema;
  readonly #plan: Plan;
  #left = attempts;
  /** Whether there is a plan for anything that the client asks for of the root field. */
  #hasFound = false;
  /** Of the largest part so far: each that is tried holds all that has been found before. */
  #best: QueryPlan | undefined;

  constructor(schema: GraphQLSchema, plan: Plan) {
    this.#schema = schema;
    this.#plan = plan;
  }

  /** @returns the plan of as much of one root field as could be found; undefined where that is nothing. */
  async within(selection: SelectionNode, place: Place, around: Around): Promise<QueryPlan | undefined> {
    this.#best = undefined;
    this.#hasFound = false;
    await this.#keep(selection, place, around);
    return this.#hasFound ? this.#best : undefined;
  }

  async #keep(selection: SelectionNode, place: Place, around: Around): Promise<SelectionNode | undefined> {
    if (await this.#isPlannable(around([selection]))) {
      this.#hasFound = true;
      return selection;
    }
    const inner = this.#inside(selection, place);
    if (inner !== undefined && selection.kind !== Kind.FRAGMENT_SPREAD) {
      const kept: SelectionNode[] = [typenameField];
      const withKept: Around = (more) => around([{ ...selection, selectionSet: setOf([...kept, ...more]) }]);
      if (await this.#isPlannable(withKept([]))) {
        for (const one of inner.selections) {
          const found = await this.#keep(one, inner.place, withKept);
          if (found) kept.push(found);
        }
        return { ...selection, selectionSet: setOf(kept) };
      }
    }
    this.#lose(selection, place);
    return undefined;
  }

  async #isPlannable(operation: string): Promise<boolean> {
    if (this.#left === 0) return false;
    this.#left -= 1;
    try {
      this.#best = await this.#plan(operation);
      return true;
    } catch (error) {
      if (isFinal(error)) return false;
      throw error;
    }
  }

  #inside(selection: SelectionNode, { type, path }: Place) {
    if (selection.kind === Kind.FRAGMENT_SPREAD || selection.selectionSet === undefined) return undefined;
    const { selections } = selection.selectionSet;
    if (selection.kind === Kind.FIELD) {
      const place = below(selection, type, path);
      return place && { selections, place };
    }
    const condition = this.#schema.getType(selection.typeCondition?.name.value ?? type.name);
    if (!isCompositeType(condition)) return undefined;
    return { selections, place: { type: condition, path: [...path, { TypeCondition: [condition.name] }] } };
  }

  #lose(selection: SelectionNode, place: Place): void {
    if (selection.kind === Kind.FIELD) {
      const { type, path } = place;
      const field = "getFields" in type ? type.getFields()[selection.name.value] : undefined;
      // It would take with it what has a plan. The public audit of gateways wants no data then.
      if (field && isNonNullType(field.type)) throw new Unplannable(true);
      this.lost.push({ path, key: keyOf(selection) });
    } else {
      const inner = this.#inside(selection, place);
      for (const one of inner?.selections ?? []) this.#lose(one, inner?.place ?? place);
    }
  }
}

function setOf(selections: readonly SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections };
}
