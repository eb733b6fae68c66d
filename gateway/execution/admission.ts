import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  MaxIntrospectionDepthRule,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import { hasConditionalRoot } from "./conditional-root.ts";
import { type DocumentLimits, isWithinLimits, usualLimits } from "./limits.ts";
import type { Operation } from "./operation.ts";
import { Refusal } from "./refusal.ts";

const rules = [...new Set([...specifiedRules, MaxIntrospectionDepthRule])];

/**
 * Lets a document pass that is fit to run: within the limits, which are looked at first as validation
 * itself is not cheap, and valid against the caller's own contract.
 * @throws Refusal
 */
export function admitDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  limits: DocumentLimits = usualLimits,
): void {
  if (!isWithinLimits(document, limits)) throw new Refusal("OPERATION_TOO_LARGE");
  if (hasConditionalRoot(document)) throw new Refusal("GRAPHQL_VALIDATION_FAILED");
  const errors = validate(schema, document, rules, { maxErrors: 10 });
  if (errors.length > 0) throw new Refusal("GRAPHQL_VALIDATION_FAILED", errors);
}

/** @throws Refusal OPERATION_RESOLUTION_FAILURE where it cannot be told which operation is meant. */
export function operationOf(document: DocumentNode, operationName?: string | null): Operation {
  const definition = getOperationAST(document, operationName);
  if (!definition) throw new Refusal("OPERATION_RESOLUTION_FAILURE");
  const fragments = document.definitions.filter(
    (node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION,
  );
  return { definition, fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])) };
}

/** @throws Refusal GRAPHQL_PARSE_FAILED where the text is no document, or one of too many tokens. */
export function parseDocument(source: string, limits: DocumentLimits = usualLimits): DocumentNode {
  try {
    return parse(source, { maxTokens: limits.tokens });
  } catch {
    throw new Refusal("GRAPHQL_PARSE_FAILED");
  }
}
