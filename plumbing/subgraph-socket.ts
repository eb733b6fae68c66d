import type { Server } from "node:http";
import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import type { Claims, ClaimsVerifier } from "./claims.ts";
import { documentLimits, limitedDepth } from "./document-limits.ts";
import { Fault, maskError } from "./faults.ts";
import { errorFacts, type Log } from "./log.ts";
import { inTrace, traceHeader } from "./trace-context.ts";
import { openSocketDoor } from "./websocket.ts";

export interface SubgraphSocket {
  readonly schema: GraphQLSchema;
  readonly verify: ClaimsVerifier;
  contextFor(claims: Claims): unknown;
  readonly log: Log;
}

/** The largest message of the gateway that is read, in bytes. */
const frameLimit = 256 * 1024;

/**
 * The subgraph's WebSocket door. It opens to the gateway alone, which states its own name in
 * `connection_init` (`claims`) and, in `extensions.claims` of each operation, on whose behalf it asks.
 */
export function openSubgraphSocket(http: Server, { schema, verify, contextFor, log }: SubgraphSocket): AsyncDisposable {
  const mask = (errors: readonly GraphQLError[]) => errors.map((error) => maskError(error.toJSON()));
  return openSocketDoor(
    http,
    // One gateway runs the subscriptions of all its callers over one socket, however many they are.
    { frameLimit, allowsOrigin: () => false, log },
    {
      onConnect: ({ connectionParams }) =>
        verify(text(connectionParams?.["claims"])).then(
          () => true,
          () => false,
        ),
      onSubscribe: async (_, __, { query, operationName, variables, extensions }): Promise<Prepared> => {
        try {
          const claims = inTrace(await verify(text(extensions?.["claims"])), extensions?.[traceHeader]);
          const document = read(schema, query);
          if (document instanceof Fault) return [document];
          const [operation] = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
          const { errors } = getVariableValues(schema, operation?.variableDefinitions ?? [], variables ?? {});
          if (errors !== undefined) return [new Fault("BAD_USER_INPUT")];
          return { schema, document, operationName, variableValues: variables, contextValue: contextFor(claims) };
        } catch (error) {
          if (!(error instanceof Fault)) log.error(errorFacts(error), "subscription could not be read");
          return [error instanceof Fault ? error : new Fault("INTERNAL_SERVER_ERROR")];
        }
      },
      onError: (_, __, ___, errors) => mask(errors),
      onNext: (_, __, ___, ____, { errors, data }) => {
        if (errors === undefined) return;
        for (const { originalError } of errors) {
          // Faults, and what graphql-js says of a request, are the client's to mend.
          if (originalError && !(originalError instanceof GraphQLError))
            log.error(errorFacts(originalError), "event failed");
        }
        return { data: data ?? null, errors: mask(errors) };
      },
    },
  );
}

const rules = [...specifiedRules, limitedDepth];

function read(schema: GraphQLSchema, query: string): DocumentNode | Fault {
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: documentLimits.tokens });
  } catch {
    return new Fault("GRAPHQL_PARSE_FAILED");
  }
  try {
    if (validate(schema, document, rules).length === 0) return document;
  } catch {
    // graphql-js 16 throws at a subscription whose root field hangs on a variable.
  }
  return new Fault("GRAPHQL_VALIDATION_FAILED");
}

type Prepared = readonly GraphQLError[] | ExecutionArgs;

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
