import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isCompositeType,
  isRequiredArgument,
  OperationTypeNode,
} from "graphql";
import type { Contract } from "./contract.ts";
import { ContractError } from "./definition.ts";

/** Settles when there is a plan for an operation under the contract, and rejects where there is none. */
type Plan = (operation: string) => Promise<unknown>;

/** Whether a planner that rejects will always do so. */
type IsFinal = (error: unknown) => boolean;

/** How often a planner is asked that has not come to an end: on a busy machine it may just have had no processor. */
const attempts = 6;

/**
 * Plans each root field of a contract once: one that none of the contract's own subgraphs can answer
 * would else be found by a client.
 * @throws ContractError that names the field, or says that it could not be found out.
 */
export async function assertPlannable({ name, schema }: Contract, plan: Plan, isFinal: IsFinal): Promise<void> {
  for (const type of Object.values(OperationTypeNode)) {
    const root: GraphQLObjectType | undefined | null = schema.getRootType(type);
    for (const field of Object.values(root?.getFields() ?? {})) {
      try {
        await planPatiently(smallestOperation(type, field), plan, isFinal);
      } catch (error) {
        // One who was too slow again and again, or had too much to do, says nothing about the field.
        if (!isFinal(error)) throw new ContractError(`The planner has not come to an end of the contract ${name}`);
        throw new ContractError(
          `The contract ${name} shows ${root?.name}.${field.name}, which its subgraphs cannot answer`,
        );
      }
    }
  }
}

async function planPatiently(operation: string, plan: Plan, isFinal: IsFinal): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await plan(operation);
      return;
    } catch (error) {
      if (isFinal(error) || attempt === attempts) throw error;
    }
  }
}

/** Asks a field for as little as it can be asked for. */
function smallestOperation(type: OperationTypeNode, field: GraphQLField<unknown, unknown>): string {
  const given = field.args.filter(isRequiredArgument);
  const variables = given.map((argument) => `$${argument.name}: ${argument.type}`).join(" ");
  const uses = given.map((argument) => `${argument.name}: $${argument.name}`).join(" ");
  const below = isCompositeType(getNamedType(field.type)) ? " { __typename }" : "";
  return `${type}${variables && `(${variables})`} { ${field.name}${uses && `(${uses})`}${below} }`;
}
