import { buildASTSchema, type DocumentNode, type GraphQLSchema, printSchema, validateSchema } from "graphql";
import { type ContractDefinition, ContractError } from "./definition.ts";
import { assertHonoured } from "./honoured.ts";
import { narrowToGraphs } from "./narrow.ts";
import { publish } from "./publish.ts";

/** A contract as the gateway serves it. */
export interface Contract {
  readonly name: string;
  /** The supergraph of the contract's own subgraphs, hidden fields included: for the planner only. */
  readonly supergraph: DocumentNode;
  /** What the party sees: requests are validated and answers are shaped by it. */
  readonly schema: GraphQLSchema;
  /** The same as text, descriptions included. */
  readonly sdl: string;
}

/**
 * Derives one contract from a supergraph.
 * @throws ContractError where it leaves no valid schema.
 */
export function deriveContract(name: string, supergraph: DocumentNode, definition: ContractDefinition): Contract {
  const narrowed = definition.graphs ? narrowToGraphs(supergraph, new Set(definition.graphs)) : supergraph;
  assertHonoured(name, narrowed);
  const published = publish(narrowed, definition.tags && new Set(definition.tags));
  const schema = buildASTSchema(published, { assumeValidSDL: true });
  const [problem] = validateSchema(schema);
  if (problem) throw new ContractError(`The contract ${name} leaves no valid schema: ${problem.message}`);
  return { name, supergraph: narrowed, schema, sdl: printSchema(schema) };
}
