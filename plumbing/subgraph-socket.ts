import type { Server } from "node:http";
import { type ExecutionArgs, GraphQLError, type GraphQLSchema, parse, validate } from "graphql";
import type { Claims, ClaimsVerifier } from "./claims.ts";
import { Fault, maskError } from "./faults.ts";
import { errorFacts, type Log } from "./log.ts";
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
          const claims = await verify(text(extensions?.["claims"]));
          const document = parse(query);
          const problems = validate(schema, document);
          if (problems.length > 0) return problems;
          return { schema, document, operationName, variableValues: variables, contextValue: contextFor(claims) };
        } catch (error) {
          return [error instanceof GraphQLError ? error : new Fault("INTERNAL_SERVER_ERROR")];
        }
      },
      onError: (_, __, ___, errors) => mask(errors),
      onNext: (_, __, ___, ____, { errors, data }) => {
        if (errors === undefined) return;
        for (const { originalError } of errors) if (originalError) log.error(errorFacts(originalError), "event failed");
        return { data: data ?? null, errors: mask(errors) };
      },
    },
  );
}

type Prepared = readonly GraphQLError[] | ExecutionArgs;

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
